import { by, byDynamodb, failing, from, identities, keyArn, kms } from "../../support/events";
import type { Corpus } from "../corpus";

/** documented, with the message; the error's code is inferred. */
const pending = { ...failing("KMSInvalidStateException"), errorMessage: `${keyArn()} is pending deletion.` };

export const keyPendingDeletionUsed: Corpus = {
  detection: "key-pending-deletion-used",
  fires: {
    "by DynamoDB": byDynamodb("Decrypt", pending),
    directly: kms("Encrypt", undefined, pending),
    "by another service": kms("GenerateDataKey", undefined, {
      ...pending,
      ...by(identities.throughService("app", "s3.amazonaws.com")),
    }),
  },
  quiet: {
    "a disabled key": kms("Decrypt", undefined, { ...pending, errorMessage: `${keyArn()} is disabled.` }),
    used: byDynamodb("Decrypt"),
    "scheduled for deletion": kms("ScheduleKeyDeletion"),
    "another error": kms("Decrypt", undefined, { ...failing("AccessDenied"), errorMessage: "not authorized" }),
    "another service": kms("Decrypt", undefined, { ...pending, ...from("secretsmanager.amazonaws.com") }),
  },
  evasions: {
    caught: { "a grant": kms("CreateGrant", undefined, pending) },
    missed: {
      "another wording": {
        what: kms("Decrypt", undefined, { ...pending, errorMessage: "Key is in state PendingDeletion" }),
        limit: "words the message otherwise",
      },
    },
  },
};
