import { all, dynamodb, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** Published alert "Multiple tables deleted". */
export const multipleTablesDeleted: Detection = {
  id: "multiple-tables-deleted",
  title: "Multiple tables deleted",
  severity: "critical",
  source: "management",
  evidence: "documented",
  evidenceNote: "AWS prints a DeleteTable event in the DynamoDB developer guide.",
  when: all(dynamodb("DeleteTable"), succeeded()),
  alarm: { moreThan: 5, withinSeconds: 600 },
  attack: [{ version: "18.1", tactic: "TA0040", technique: "T1485" }],
  origin: { place: 3, title: "Multiple tables deleted", tactic: "TA0040", technique: "T1490" },
  impact: "The data of several tables is lost unless it can be restored; applications on them fail.",
  response: [
    "Stop the caller first: revoke the role's sessions or disable the user's access keys. Then ask whether the deletion was planned.",
    "Switch deletion protection on for the tables that are left (`aws dynamodb update-table --deletion-protection-enabled`).",
    "Restore what is needed: from the system backup that a table with point-in-time recovery leaves for 35 days, from on-demand backups, or from AWS Backup.",
    "Deny dynamodb:DeleteTable to the principal, or in a service control policy, until the cause is known.",
    "Look for exports, backups and scans by the same caller before: data is often copied before it is destroyed.",
  ],
  falsePositives: ["Environments that a pipeline tears down: list its role in `ignorePrincipals`."],
  limits: [
    "The filter counts calls, not distinct tables: a table that is deleted, created and deleted again counts twice. Distinct tables need the stateful detections.",
    "A replica that is deleted through UpdateTable is no DeleteTable and does not count.",
    "Five tables or fewer in ten minutes stay quiet, also when repeated: lower the threshold where tables are rarely deleted.",
  ],
};
