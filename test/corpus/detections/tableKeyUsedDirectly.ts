import { after, by, byDynamodb, denied, from, identities, kms, tableContext, tableKeyUse } from "../../support/events";
import type { Corpus } from "../corpus";

export const tableKeyUsedDirectly: Corpus = {
  detection: "table-key-used-directly",
  fires: {
    decrypted: tableKeyUse("Decrypt"),
    "a data key": tableKeyUse("GenerateDataKey"),
    "a grant": tableKeyUse("CreateGrant"),
    "re-encrypted": kms("ReEncrypt", { sourceEncryptionContext: tableContext(), destinationKeyId: "other" }),
    refused: tableKeyUse("Decrypt", denied),
    "once in ten minutes": {
      events: ["0", "3", "9"].map((clock) => after(clock, tableKeyUse("Decrypt"))),
      alerts: 1,
    },
    "again after ten minutes": {
      events: ["0", "11"].map((clock) => after(clock, tableKeyUse("Decrypt"))),
      alerts: 2,
    },
    "two principals": {
      events: [after("0", tableKeyUse("Decrypt")), after("2", tableKeyUse("Decrypt", by(identities.user("eve"))))],
      alerts: 2,
    },
  },
  quiet: {
    "decrypted by DynamoDB": byDynamodb("Decrypt"),
    "a data key by DynamoDB": byDynamodb("GenerateDataKey"),
    "a grant by DynamoDB": byDynamodb("CreateGrant"),
    "another encryption context": kms("Decrypt", { encryptionContext: { Department: "Engineering" } }),
    "no encryption context": kms("Decrypt", { encryptionAlgorithm: "SYMMETRIC_DEFAULT" }),
    described: kms("DescribeKey", { keyId: "1234abcd", encryptionContext: tableContext() }),
    "by another service": tableKeyUse("Decrypt", by(identities.throughService("ops", "backup.amazonaws.com"))),
    "another service's call": tableKeyUse("Decrypt", from("example.amazonaws.com")),
  },
  evasions: {
    caught: {
      "a source named like DynamoDB": tableKeyUse("Decrypt", {
        sourceIPAddress: "dynamodb.amazonaws.com",
        userAgent: "dynamodb.amazonaws.com",
      }),
      "without the plaintext": kms("GenerateDataKeyWithoutPlaintext", { encryptionContext: tableContext() }),
      "a grant with an equal context": kms("CreateGrant", {
        constraints: { encryptionContextEquals: tableContext() },
      }),
    },
    missed: {
      "a key of a table, without a table's context": {
        what: kms("Encrypt", { encryptionContext: { any: "thing" } }),
        limit: "one that names no table is missed",
      },
      "through another service": {
        what: tableKeyUse("Decrypt", by(identities.throughService("ops", "states.amazonaws.com"))),
        limit: "A use through another AWS service",
      },
    },
  },
};
