import { all, any } from "../../condition";
import type { Detection } from "../../detection";
import { oneOfList } from "../../lists";
import { byDynamodb, keyTiers, refused, usesKey } from "./keyCalls";

export const tableKeyUseDenied: Detection = {
  id: "table-key-use-denied",
  title: "Use of a table key denied",
  severity: "low",
  source: "kms",
  evidence: "inferred",
  evidenceNote:
    "AWS prints a failed Decrypt with errorCode, and Decrypt by DynamoDB with invokedBy; not the two together, nor what the " +
    "resources of a refused call hold. AWS promises the log of refused calls in some cases only.",
  when: all(usesKey(), refused(), any(byDynamodb(), oneOfList("resources[0].ARN", "tableKeyArns"))),
  refusedCalls: "only",
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0009", technique: "T1213.006", note: "A read that the key's policy stopped." },
  ],
  impact: "A principal that DynamoDB would let read the table lacks the key, by mistake or because it should.",
  response: [
    "Find the caller and the table (encryptionContext) in the event: `dynamodb-detective key-use` lists both.",
    "If it is an application of yours, a deployment forgot the key's policy: give it kms:Decrypt through DynamoDB.",
    "If it is not, take dynamodb permissions from it too, and look at what else it tried.",
  ],
  falsePositives: [
    "Deployments that create a table before the key's policy lets them: one refusal, gone at the next try.",
    "Services that look at every table without the right to its key.",
  ],
  limits: [
    keyTiers.none,
    "Under the AWS managed key (aws/dynamodb) every principal may use the key through DynamoDB: there are no refusals but direct ones.",
    "Under a customer managed key a refusal is logged in some cases; AWS does not promise it for all.",
    "A direct use that is refused counts here only for keys in `tableKeyArns`; one that names a table is seen as a direct use.",
    "A trail that excludes AWS KMS events carries none of this.",
  ],
};
