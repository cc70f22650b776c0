import { all, any, calls, differs, dynamodb, equals, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** Published alert "Backup was listed". */
export const backupListed: Detection = {
  id: "backup-listed",
  title: "Backups listed",
  severity: "low",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS lists ListBackups and DescribeBackup among the logged calls; nobody published such an event. The parameter of " +
    "ListRecoveryPointsByResource follows from the AWS Backup API model.",
  when: all(
    any(
      dynamodb("ListBackups", "DescribeBackup"),
      all(
        calls("backup.amazonaws.com", "ListRecoveryPointsByResource"),
        equals("requestParameters.resourceArn", "*dynamodb*"),
      ),
    ),
    // AWS Backup looks at its backups in the course of its jobs.
    differs("userIdentity.invokedBy", "backup.amazonaws.com"),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0007", technique: "T1580", note: "Its text names storage and database services." },
  ],
  origin: { place: 9, title: "Backup was listed", tactic: "TA0040", technique: "T1490" },
  impact: "Somebody learns which tables can be restored, and so which backups to delete first or to restore elsewhere.",
  response: [
    "Find the caller and ask whether they looked at backups, for example in the console.",
    "If nobody did, look for DeleteBackup, RestoreTableFromBackup and ExportTableToPointInTime by the same caller.",
    "If one of them is there, revoke the role's sessions or disable the user's access keys, and follow the page of backup-deleted.",
  ],
  falsePositives: [
    "Opening a table's backup page in the console lists its backups.",
    "Inventory, posture and backup tools list them on a schedule: list their roles in `ignorePrincipals`.",
  ],
  limits: [
    "DescribeContinuousBackups and ListExports are left out: every refresh of an infrastructure-as-code tool calls the first one for every table.",
    "Other ways to look at AWS Backup do not count: ListRecoveryPointsByBackupVault, ListProtectedResources, ListBackupJobs, DescribeRecoveryPoint.",
    "A trail that logs only write management events does not carry these calls.",
  ],
};
