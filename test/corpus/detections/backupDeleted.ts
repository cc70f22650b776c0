import {
  awsBackup,
  by,
  deleteBackup,
  deleteRecoveryPoint,
  denied,
  event,
  from,
  identities,
  inRegion,
  oldForm,
  tableArn,
  tooLarge,
} from "../../support/events";
import type { Corpus } from "../corpus";

export const backupDeleted: Corpus = {
  detection: "backup-deleted",
  fires: {
    "an on-demand backup": deleteBackup(),
    "a recovery point with a DynamoDB ARN": deleteRecoveryPoint(`${tableArn("orders")}/backup/01`),
    "a recovery point of AWS Backup": deleteRecoveryPoint("arn:aws:backup:us-east-1:111122223333:recovery-point:1EB3"),
    "a vault": awsBackup("DeleteBackupVault", { backupVaultName: "v" }),
    "a vault's lock": awsBackup("DeleteBackupVaultLockConfiguration", { backupVaultName: "v" }),
  },
  quiet: {
    refused: deleteBackup(denied),
    "a vault, refused": awsBackup("DeleteBackupVault", { backupVaultName: "v" }, denied),
    "by AWS Backup at the end of a retention": deleteBackup(
      by(identities.throughService("service-role/backup", "backup.amazonaws.com")),
    ),
    "another service's DeleteBackup": deleteBackup(from("fsx.amazonaws.com")),
    "another service's DeleteRecoveryPoint": event(
      "DeleteRecoveryPoint",
      { recoveryPointArn: `${tableArn("orders")}/backup/01` },
      from("redshift-serverless.amazonaws.com"),
    ),
    "a vault of another service's name": event("DeleteBackupVault", null, from("backup-gateway.amazonaws.com")),
    "a snapshot of a volume": deleteRecoveryPoint("arn:aws:ec2:us-east-1::snapshot/snap-01"),
    "a snapshot of a database": deleteRecoveryPoint("arn:aws:rds:us-east-1:111122223333:snapshot:awsbackup:job-1"),
    "a backup created": event("CreateBackup", { tableName: "orders" }),
    "a vault created": awsBackup("CreateBackupVault", { backupVaultName: "v" }),
  },
  evasions: {
    caught: {
      "by root": deleteBackup(by(identities.root())),
      "by a federated user": deleteBackup(by(identities.federated("eve"))),
      "by an identity without an ARN": deleteBackup(by(identities.identityCenter())),
      "by a principal of another account": deleteRecoveryPoint(
        `${tableArn("orders")}/backup/01`,
        by(identities.otherAccount()),
      ),
      "through CloudFormation": awsBackup(
        "DeleteBackupVault",
        { backupVaultName: "v" },
        by(identities.throughService("ops", "cloudformation.amazonaws.com")),
      ),
      "DeleteBackup through CloudFormation": deleteBackup(
        by(identities.throughService("ops", "cloudformation.amazonaws.com")),
      ),
      "in another Region": deleteBackup(inRegion("ap-southeast-4")),
      "a recovery point with an encoded ARN": deleteRecoveryPoint("arn%3Aaws%3Abackup%3A%3A%3Arecovery-point%3A1EB3"),
      "a recovery point that the event does not name": deleteRecoveryPoint(undefined),
      "a recovery point with parameters too large": deleteRecoveryPoint("", tooLarge),
      "an event of an old form": deleteBackup(oldForm),
    },
    missed: {
      "a retention period shortened": {
        what: awsBackup("UpdateRecoveryPointLifecycle", { lifecycle: { deleteAfterDays: 1 } }),
        limit: "UpdateRecoveryPointLifecycle",
      },
      "a backup plan that deletes earlier": {
        what: awsBackup("UpdateBackupPlan", { backupPlanId: "p" }),
        limit: "UpdateBackupPlan",
      },
      "point-in-time recovery off": {
        what: event("UpdateContinuousBackups", {
          tableName: "orders",
          pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
        }),
        limit: "point-in-time recovery switched off (UpdateContinuousBackups)",
      },
    },
  },
};
