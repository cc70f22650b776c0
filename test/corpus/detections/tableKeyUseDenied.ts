import { by, byDynamodb, denied, failing, from, identities, kms, tableKeyUse } from "../../support/events";
import type { Corpus } from "../corpus";

export const tableKeyUseDenied: Corpus = {
  detection: "table-key-use-denied",
  fires: {
    "a read": byDynamodb("Decrypt", denied),
    "a new table": byDynamodb("CreateGrant", denied),
    "by its other name": byDynamodb("Decrypt", failing("AccessDeniedException")),
  },
  quiet: {
    allowed: byDynamodb("Decrypt"),
    "another error": byDynamodb("Decrypt", failing("ThrottlingException")),
    "by AWS Config": kms("Decrypt", undefined, {
      ...denied,
      ...by(identities.throughService("config", "config.amazonaws.com")),
    }),
    described: kms("DescribeKey", undefined, {
      ...denied,
      ...by(identities.throughService("ops", "dynamodb.amazonaws.com")),
    }),
    "another service": byDynamodb("Decrypt", { ...denied, ...from("dynamodb.amazonaws.com") }),
  },
  evasions: {
    caught: { "a service without a caller": byDynamodb("GenerateDataKey", denied) },
    missed: { directly: { what: tableKeyUse("Decrypt", denied), limit: "A direct use that is refused" } },
  },
};
