import { all, any, notByService, present } from "../../condition";
import type { Detection } from "../../detection";
import { oneOfList } from "../../lists";
import { keyTiers, usesKey } from "./keyCalls";

const tableName = "['aws:dynamodb:tableName']";

/**
 * What is encrypted for a table can be decrypted with the table's encryption context only, so a direct call that names a table
 * is after its key, whichever it is. A colon in a selector is nothing that AWS documents: a function reads it.
 */
const namesTable = any(
  ...[
    "encryptionContext",
    "sourceEncryptionContext",
    "constraints.encryptionContextSubset",
    "constraints.encryptionContextEquals",
  ].map((context) => present(`requestParameters.${context}.${tableName}`)),
);

/** The same calls that DynamoDB makes, by somebody else. */
export const tableKeyUsedDirectly: Detection = {
  id: "table-key-used-directly",
  title: "Table key used outside DynamoDB",
  severity: "high",
  source: "kms",
  evidence: "inferred",
  evidenceNote:
    "AWS prints Decrypt, GenerateDataKey and CreateGrant by DynamoDB, with the encryption context, and direct calls without " +
    "invokedBy. A direct call with a table's context is both together, and no page prints it.",
  // Refused calls count: who tries knows what the key is for.
  when: all(usesKey(), notByService(), any(namesTable, oneOfList("resources[0].ARN", "tableKeyArns"))),
  refusedCalls: "count",
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: { kind: "each", per: ["principal"], withinSeconds: 600 },
  attack: [
    { version: "18.1", tactic: "TA0009", technique: "T1213.006", note: "Data of tables decrypted outside DynamoDB." },
    { version: "18.1", tactic: "TA0040", technique: "T1486", note: "Data encrypted with a key that tables share." },
  ],
  impact: "Somebody works with the key that protects a table, past DynamoDB's permissions and its log of reads.",
  response: [
    "Read operation, key and encryption context in the event, and `dynamodb-detective key-use` for who else used the key.",
    "Ask the caller why the key was used directly; an application that encrypts by itself should have a key of its own.",
    "If nobody can say, revoke the role's sessions or disable the user's access keys.",
    "Let the key be used through DynamoDB only: a kms:ViaService condition in its policy.",
  ],
  falsePositives: [
    "A key that encrypts tables and is used by applications too, where it is listed in `tableKeyArns`: list their roles in `ignorePrincipals`, or give them another key.",
  ],
  limits: [
    keyTiers.none,
    keyTiers.managedUse,
    keyTiers.customer,
    "Until `tableKeyArns` is set, a direct use is known by the encryption context of a table alone: one that names no table is missed.",
    "A use through another AWS service carries that service in invokedBy and does not count: services may share a key.",
    "Client-side encryption of items with a key of its own is no use of a table's key.",
    "A trail that excludes AWS KMS events carries none of this.",
  ],
};
