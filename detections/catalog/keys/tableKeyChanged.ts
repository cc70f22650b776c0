import { all, any, dynamodb, isTrue, present, succeeded } from "../../condition";
import type { Detection } from "../../detection";

const specification = "requestParameters.sSESpecification";

/** A table moved to another key. */
export const tableKeyChanged: Detection = {
  id: "table-key-changed",
  title: "Table moved to another key",
  severity: "medium",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "CloudTrail writes the member SSESpecification as sSESpecification: the table description in published events has it so. " +
    "Nobody published an UpdateTable with it.",
  when: all(
    dynamodb("UpdateTable"),
    any(
      isTrue(`${specification}.enabled`),
      present(`${specification}.kMSMasterKeyId`),
      present("requestParameters.replicaUpdates[*].update.kMSMasterKeyId"),
    ),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    {
      version: "18.1",
      tactic: "TA0040",
      technique: "T1486",
      note: "Where the key is one that the owner does not control.",
    },
  ],
  impact:
    "Whoever controls the new key decides who reads the table, and can take it away. A key of another account locks the " +
    "owner out.",
  response: [
    "Read sSESpecification.kMSMasterKeyId in the event: say whether the key is in this account, and whose it is.",
    "If it is not yours, move the table back at once, while the new key still works (`aws dynamodb update-table --sse-specification`).",
    "Find the caller and ask whether the change was planned; if not, revoke the role's sessions or disable the user's access keys.",
    "Keep the old key: backups made before need it.",
  ],
  falsePositives: ["A planned change of the key through infrastructure code: list the role in `ignorePrincipals`."],
  limits: [
    "Seen for every tier of key, since it is a call of DynamoDB; what the new key is used for is seen only under the AWS managed key and customer managed keys.",
    "Dropping to the AWS owned key has a detection of its own.",
    "A table restored, imported or created under another key was never moved.",
    "UpdateTable calls with parameters too large to be logged are not counted here.",
  ],
};
