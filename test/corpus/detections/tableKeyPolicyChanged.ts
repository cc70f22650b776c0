import { by, byDynamodb, denied, event, from, identities, kms } from "../../support/events";
import type { Corpus } from "../corpus";

const policy = { keyId: "1234abcd", policyName: "default", policy: "{}" };

export const tableKeyPolicyChanged: Corpus = {
  detection: "table-key-policy-changed",
  fires: {
    changed: kms("PutKeyPolicy", policy),
    "with the lockout check bypassed": kms("PutKeyPolicy", { ...policy, bypassPolicyLockoutSafetyCheck: true }),
    "by root": kms("PutKeyPolicy", policy, by(identities.root())),
  },
  quiet: {
    read: kms("GetKeyPolicy"),
    refused: kms("PutKeyPolicy", policy, denied),
    "a grant": kms("CreateGrant"),
    "a new key": kms("CreateKey", { policy: "{}" }),
    "a table's policy": event("PutResourcePolicy", { resourceArn: "x", policy: "{}" }),
    "used by DynamoDB": byDynamodb("CreateGrant"),
    "another service": kms("PutKeyPolicy", policy, from("example.amazonaws.com")),
  },
  evasions: {
    caught: {
      "through CloudFormation": kms(
        "PutKeyPolicy",
        policy,
        by(identities.throughService("ops", "cloudformation.amazonaws.com")),
      ),
    },
    missed: {
      "an IAM policy": {
        what: event("PutRolePolicy", { roleName: "eve", policyDocument: "kms:Decrypt" }, from("iam.amazonaws.com")),
        limit: "a changed IAM policy",
      },
    },
  },
};
