import { by, byDynamodb, denied, from, identities, kms, tableKeyUse } from "../../support/events";
import type { Corpus } from "../corpus";

const through = (service: string) => by(identities.throughService("ops", service));

export const tableKeyGrantsChanged: Corpus = {
  detection: "table-key-grants-changed",
  fires: {
    "DynamoDB's grant revoked": kms("RevokeGrant", { keyId: "1234abcd", grantId: "abcde" }),
    "a grant made": kms("CreateGrant", { keyId: "1234abcd", granteePrincipal: "arn:aws:iam::444455556666:root" }),
    "DynamoDB's own grant, made directly": tableKeyUse("CreateGrant"),
    "a grant retired": kms("RetireGrant", null),
  },
  quiet: {
    "made by DynamoDB": byDynamodb("CreateGrant"),
    "retired by DynamoDB": kms("RetireGrant", null, through("dynamodb.amazonaws.com")),
    listed: kms("ListGrants"),
    refused: kms("CreateGrant", undefined, denied),
    "made by another service": kms("CreateGrant", undefined, through("ec2.amazonaws.com")),
    "a policy": kms("PutKeyPolicy"),
    "another service": kms("CreateGrant", undefined, from("license-manager.amazonaws.com")),
  },
  evasions: {
    caught: {
      "a service's host name as source": kms("CreateGrant", undefined, { sourceIPAddress: "dynamodb.amazonaws.com" }),
    },
    missed: {
      "through a service": {
        what: kms("CreateGrant", undefined, through("states.amazonaws.com")),
        limit: "Grants that an AWS service makes",
      },
    },
  },
};
