import { awsBackup, by, createTable, event, identities, restoreFromBackup, tableArn } from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

/** inferred: AWS Backup API model. */
const job = (parameters: Record<string, unknown>) =>
  awsBackup("StartRestoreJob", { iamRoleArn: "arn:aws:iam::111122223333:role/backup", metadata: {}, ...parameters });
const ownArn = "arn:aws:backup:us-east-1:111122223333:recovery-point:1EB3";

export const tableRestored: Corpus = {
  detection: "table-restored",
  fires: {
    "from a backup": restoreFromBackup(),
    "to a point in time": event("RestoreTableToPointInTime", { sourceTableName: "orders", targetTableName: "copy" }),
    "through AWS Backup": job({ recoveryPointArn: `${tableArn("orders")}/backup/01` }),
    "through AWS Backup, from a recovery point of its own": job({
      recoveryPointArn: ownArn,
      resourceType: "DynamoDB",
    }),
  },
  quiet: {
    ...notReally(restoreFromBackup, "cassandra.amazonaws.com"),
    "what AWS Backup does for its job": event(
      "RestoreTableFromAwsBackup",
      { targetTableName: "copy" },
      by(identities.throughService("service-role/backup", "backup.amazonaws.com")),
    ),
    "a volume": job({ recoveryPointArn: "arn:aws:ec2:us-east-1::snapshot/snap-01", resourceType: "EBS" }),
    "a backup created": event("CreateBackup", { tableName: "orders" }),
    "a table created": createTable(),
    "the name is taken": restoreFromBackup({ errorCode: "TableAlreadyExistsException" }),
  },
  evasions: {
    caught: {
      ...byAnybody(restoreFromBackup),
      "by the source's ARN": event("RestoreTableToPointInTime", { sourceTableArn: tableArn("orders") }),
      "with a key of the caller's": restoreFromBackup({
        requestParameters: { targetTableName: "copy", sSESpecificationOverride: { enabled: true } },
      }),
    },
    missed: {
      "a recovery point without a type": {
        what: job({ recoveryPointArn: ownArn }),
        limit: "known by resourceType only",
      },
      "from an export": {
        what: event("ImportTable", { s3BucketSource: { s3Bucket: "b" } }),
        limit: "An import from Amazon S3",
      },
    },
  },
};
