import { all, dynamodb, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** Published alert "Multiple tables created". Restores and imports create tables too. */
export const multipleTablesCreated: Detection = {
  id: "multiple-tables-created",
  title: "Multiple tables created",
  severity: "medium",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS lists CreateTable and the restores among the logged calls. ImportTable and RestoreTableFromAwsBackup are " +
    "inferred from the API model and the list of IAM actions.",
  when: all(
    dynamodb(
      "CreateTable",
      "RestoreTableFromBackup",
      "RestoreTableToPointInTime",
      "RestoreTableFromAwsBackup",
      "ImportTable",
    ),
    succeeded(),
  ),
  alarm: { moreThan: 5, withinSeconds: 600 },
  attack: [
    { version: "18.1", tactic: "TA0040", technique: "T1496", note: "Where the aim is the cost." },
    {
      version: "18.1",
      tactic: "TA0009",
      technique: "T1074",
      note: "Where data is staged in tables of the caller's own.",
    },
  ],
  origin: { place: 4, title: "Multiple tables created", tactic: "TA0040", technique: "T1565" },
  impact: "Data can be staged in tables that nobody watches, or capacity bought at the account's expense.",
  response: [
    "Find the caller and the tables' names in the events, and ask whether they were planned.",
    "If not, stop the caller: revoke the role's sessions or disable the user's access keys.",
    "Look at what the tables hold and where it came from: a restore or an import names its source.",
    "Keep a backup of the tables as evidence, then delete them.",
  ],
  falsePositives: [
    "Pipelines that set up an environment: list their role in `ignorePrincipals`.",
    "A disaster recovery exercise.",
  ],
  limits: [
    "The filter counts calls, not distinct tables. Distinct tables need the stateful detections.",
    "Five tables or fewer in ten minutes stay quiet, also when repeated: lower the threshold where tables are rarely created.",
    "A replica in another Region is added by UpdateTable and does not count.",
  ],
};
