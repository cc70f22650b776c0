import { all, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { byDynamodb, keyTiers, usesKey } from "./keyCalls";

/** On whose behalf DynamoDB uses a table's key: who works with the table, even where no item-level call is logged. */
export const tableKeyUsedByNewPrincipal: Detection = {
  id: "table-key-used-by-new-principal",
  title: "Table key used for a new principal",
  severity: "info",
  profile: "full",
  source: "kms",
  evidence: "documented",
  evidenceNote: "AWS prints Decrypt and CreateGrant by DynamoDB with the caller, invokedBy and the table's name.",
  when: all(usesKey(), byDynamodb(), succeeded()),
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: {
    kind: "first-seen",
    value: "principal",
    per: ["table"],
    rememberSeconds: 30 * 86_400,
    learnSeconds: 7 * 86_400,
  },
  attack: [{ version: "18.1", tactic: "TA0001", technique: "T1078.004" }],
  impact:
    "Somebody who never worked with the table does now. It is an observation, worth more where data events are not logged.",
  response: [
    "Ask the owner of the table whether the principal is meant to use it.",
    "List when and for whom the key was used: `dynamodb-detective key-use`.",
    "If nobody knows the principal, follow the page of new-principal-seen.",
  ],
  falsePositives: [
    "New applications and operators.",
    "DynamoDB itself, as a service without a caller, when a table is made: it is learnt like any principal.",
  ],
  limits: [
    keyTiers.none,
    "Under the AWS managed key (aws/dynamodb) and under a customer managed key each use by DynamoDB is logged with its caller.",
    "DynamoDB keeps a table's key for five minutes for each connection: this says who, not how often.",
    "Until seven days after the detector's first event principals are learnt and nothing alerts. A table's first principal is always learnt.",
    "A trail that excludes AWS KMS events carries none of this.",
  ],
};
