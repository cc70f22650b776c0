import { all, dynamodb, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** One table is enough where it is the wrong one. */
export const tableDeleted: Detection = {
  id: "table-deleted",
  title: "Table deleted",
  severity: "medium",
  source: "management",
  evidence: "documented",
  evidenceNote: "AWS prints a DeleteTable event in the DynamoDB developer guide.",
  when: all(dynamodb("DeleteTable"), succeeded()),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [{ version: "18.1", tactic: "TA0040", technique: "T1485" }],
  impact: "The data of the table is lost unless it can be restored; applications on it fail.",
  response: [
    "Ask the owner of the table whether it was planned.",
    "If not, stop the caller: revoke the role's sessions or disable the user's access keys.",
    "Restore the table: from the system backup that point-in-time recovery leaves for 35 days, from on-demand backups, or from AWS Backup.",
    "Switch deletion protection on for the tables that are left.",
  ],
  falsePositives: ["Environments that a pipeline tears down: list its role in `ignorePrincipals`."],
  limits: [
    "A replica that is deleted through UpdateTable is no DeleteTable and does not count.",
    "A table whose items are deleted is not deleted: see table-item-deleted and time-to-live-enabled.",
  ],
};
