import { all, any, calls, differs, dynamodb, equals, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** A copy of a table under another name, without its policies, tags and alarms. */
export const tableRestored: Detection = {
  id: "table-restored",
  title: "Table restored to a new table",
  severity: "medium",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS lists RestoreTableFromBackup and RestoreTableToPointInTime among the logged calls; nobody published such an " +
    "event. recoveryPointArn and resourceType of StartRestoreJob follow from the AWS Backup API model.",
  when: all(
    any(
      dynamodb("RestoreTableFromBackup", "RestoreTableToPointInTime", "RestoreTableFromAwsBackup"),
      all(
        calls("backup.amazonaws.com", "StartRestoreJob"),
        any(
          equals("requestParameters.recoveryPointArn", "*:dynamodb:*"),
          equals("requestParameters.resourceType", "DynamoDB"),
        ),
      ),
    ),
    // The call that asked AWS Backup for it names who did.
    differs("userIdentity.invokedBy", "backup.amazonaws.com"),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0009", technique: "T1074" },
    { version: "18.1", tactic: "TA0009", technique: "T1213.006" },
  ],
  impact:
    "The data is in a second table, which has none of the first one's resource policy, tags, alarms or protection.",
  response: [
    "Ask the owner of the source table whether the restore was planned.",
    "If not, stop the caller, and look for Scan, exports and replicas of the new table.",
    "Keep a backup of the new table as evidence, then delete it.",
    "Allow the restores to the recovery role only.",
  ],
  falsePositives: [
    "Recovery, and exercises of it; restore testing plans of AWS Backup: list their roles in `ignorePrincipals`.",
    "Test data that is made from backups.",
  ],
  limits: [
    "A recovery point that AWS Backup names by an ARN of its own is known by resourceType only, which the caller may leave out.",
    "An import from Amazon S3 is not a restore: see multiple-tables-created.",
  ],
};
