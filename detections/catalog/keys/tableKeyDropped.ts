import { all, any, dynamodb, isFalse, parametersOmitted, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** A table dropped to the AWS owned key: from then on AWS KMS logs nothing of it. */
export const tableKeyDropped: Detection = {
  id: "table-key-dropped",
  title: "Table dropped to the AWS owned key",
  severity: "high",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "CloudTrail writes the member SSESpecification as sSESpecification: the table description in published events has it so. " +
    "Nobody published an UpdateTable with it.",
  when: all(
    dynamodb("UpdateTable"),
    any(isFalse("requestParameters.sSESpecification.enabled"), parametersOmitted()),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0005", technique: "T1562.008", note: "It ends the key's log." },
    { version: "19.1", tactic: "TA0112", technique: "T1685.002", note: "Takes the place of T1562.008." },
  ],
  impact:
    "The table's own key, its policy and its log of use are gone: who may use DynamoDB may read the table, and AWS KMS says " +
    "nothing of it any more.",
  response: [
    "Move the table back to its key: `aws dynamodb update-table --sse-specification Enabled=true,SSEType=KMS,KMSMasterKeyId=<key>`.",
    "Find the caller and ask whether the change was planned.",
    "If not, revoke the role's sessions or disable the user's access keys.",
    "Look at item-level calls on the table since then: the key's policy stopped nobody.",
  ],
  falsePositives: [
    "A change to save the cost of AWS KMS calls: ask for the decision, then list the role in `ignorePrincipals`.",
    "Some tools write every setting of a table on each update: a table that had the AWS owned key already counts.",
    "An UpdateTable whose parameters are too large to be logged counts: what it changes cannot be read.",
  ],
  limits: [
    "Seen for every tier of key, since it is a call of DynamoDB.",
    "A table created or restored under the AWS owned key was never dropped: the policy pack stops it before deployment.",
  ],
};
