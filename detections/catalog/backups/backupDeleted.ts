import { absent, all, any, calls, differs, dynamodb, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/**
 * AWS Backup names a table's recovery point by a DynamoDB ARN, or by one of its own (`recovery-point`) where its
 * advanced features are on. Snapshots of volumes and relational databases carry those services' ARNs and do not count.
 */
const recoveryPointOfTable = any(
  oneOf("requestParameters.recoveryPointArn", "*dynamodb*", "*recovery-point*"),
  absent("requestParameters.recoveryPointArn"),
);

/** Published alert "Backup was deleted". */
export const backupDeleted: Detection = {
  id: "backup-deleted",
  title: "Backup deleted",
  severity: "high",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS lists DeleteBackup among the logged DynamoDB calls. Nobody published one of these events; the parameter of " +
    "DeleteRecoveryPoint follows from the AWS Backup API model.",
  when: all(
    any(
      // AWS Backup itself calls DeleteBackup when a retention period ends or a recovery point is deleted.
      all(dynamodb("DeleteBackup"), differs("userIdentity.invokedBy", "backup.amazonaws.com")),
      all(calls("backup.amazonaws.com", "DeleteRecoveryPoint"), recoveryPointOfTable),
      calls("backup.amazonaws.com", "DeleteBackupVault", "DeleteBackupVaultLockConfiguration"),
    ),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [{ version: "18.1", tactic: "TA0040", technique: "T1490" }],
  origin: { place: 1, title: "Backup was deleted", tactic: "TA0040", technique: "T1490" },
  impact:
    "A point to which a table could be restored is gone for good. Before the destruction or encryption of data, this " +
    "takes away the way back.",
  response: [
    "Find the caller in the event (userIdentity, sourceIPAddress) and ask the owner of the table whether the deletion was planned.",
    "If not, stop the caller: attach a policy that denies everything to the user, or revoke the role's active sessions in IAM, and rotate its access keys.",
    "Create a new backup of the table at once (`aws dynamodb create-backup`, or an AWS Backup on-demand job into a locked vault).",
    "Check that point-in-time recovery and deletion protection of the table are still on (`aws dynamodb describe-continuous-backups`, `describe-table`).",
    "List what the same caller did in the hours before: other backups, tables, key policies.",
  ],
  falsePositives: [
    "Scripts that delete old on-demand backups: list their role in `ignorePrincipals`.",
    "Deleted recovery points of other services that AWS Backup stores under its own ARNs (for example Amazon EFS and Amazon S3), and vaults without backups of tables.",
    "AWS Backup answers DeleteRecoveryPoint with success even where it then lacks the permission and marks the recovery point EXPIRED instead.",
  ],
  limits: [
    "DeleteBackup calls that AWS Backup makes itself are left out; the DeleteRecoveryPoint that asked for one counts.",
    "A retention period shortened until backups expire (UpdateRecoveryPointLifecycle, UpdateBackupPlan) is not a deletion; nor is point-in-time recovery switched off (UpdateContinuousBackups).",
    "The filter cannot say of which table the backup was: the alert's reader finds it in the ARN.",
  ],
};
