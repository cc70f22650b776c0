import { by, byDynamodb, denied, from, identities, inRegion, kms } from "../../support/events";
import type { Corpus } from "../corpus";

export const tableKeyDisabled: Corpus = {
  detection: "table-key-disabled",
  fires: {
    disabled: kms("DisableKey"),
    "scheduled for deletion": kms("ScheduleKeyDeletion", { keyId: "1234abcd", pendingWindowInDays: 7 }),
    "a replica key": kms("ScheduleKeyDeletion", { keyId: "mrk-1" }, inRegion("eu-west-1")),
    "by a user": kms("DisableKey", undefined, by(identities.user("eve"))),
  },
  quiet: {
    enabled: kms("EnableKey"),
    "deletion cancelled": kms("CancelKeyDeletion"),
    refused: kms("DisableKey", undefined, denied),
    described: kms("DescribeKey"),
    "rotation switched off": kms("DisableKeyRotation"),
    "used by DynamoDB": [byDynamodb("Decrypt"), byDynamodb("GenerateDataKey"), byDynamodb("CreateGrant")],
    "another service": kms("DisableKey", undefined, from("example.amazonaws.com")),
  },
  evasions: {
    caught: {
      "by its bare id": kms("DisableKey", { keyId: "1234abcd-12ab-34cd-56ef-1234567890ab" }),
      "through CloudFormation": kms(
        "ScheduleKeyDeletion",
        undefined,
        by(identities.throughService("ops", "cloudformation.amazonaws.com")),
      ),
    },
    missed: {
      "a key store disconnected": {
        what: kms("DisconnectCustomKeyStore", { customKeyStoreId: "cks-1" }),
        limit: "DisconnectCustomKeyStore",
      },
      "material deleted": { what: kms("DeleteImportedKeyMaterial"), limit: "a detection of its own" },
    },
  },
};
