import { awsBackup, by, denied, event, from, identities, inRegion, oldForm, tableArn } from "../../support/events";
import type { Corpus } from "../corpus";

const list = event("ListBackups", null);
const ofResource = (resourceArn: string, change = {}) =>
  awsBackup("ListRecoveryPointsByResource", { resourceArn }, change);

export const backupListed: Corpus = {
  detection: "backup-listed",
  fires: {
    "backups of the account": list,
    "backups of a table": event("ListBackups", { tableName: "orders" }),
    "one backup described": event("DescribeBackup", { backupArn: `${tableArn("orders")}/backup/01` }),
    "recovery points of a table": ofResource(tableArn("orders")),
  },
  quiet: {
    refused: event("ListBackups", null, denied),
    "recovery points, refused": ofResource(tableArn("orders"), denied),
    "tables listed": event("ListTables", null),
    "recovery points of a volume": ofResource("arn:aws:ec2:us-east-1:111122223333:volume/vol-01"),
    "recovery points of nothing": awsBackup("ListRecoveryPointsByResource", null),
    "backups of a file system": event("DescribeBackup", null, from("cloudhsm.amazonaws.com")),
    "another service's ListBackups": event("ListBackups", null, from("timestream-influxdb.amazonaws.com")),
    "recovery points of another service's name": event(
      "ListRecoveryPointsByResource",
      { resourceArn: tableArn("orders") },
      from("resiliencehub.amazonaws.com"),
    ),
    "a protected table described": awsBackup("DescribeProtectedResource", { resourceArn: tableArn("orders") }),
    "by AWS Backup itself": event(
      "ListBackups",
      null,
      by(identities.throughService("service-role/backup", "backup.amazonaws.com")),
    ),
    "a backup deleted": event("DeleteBackup", { backupArn: `${tableArn("orders")}/backup/01` }),
  },
  evasions: {
    caught: {
      "by ARN": event("ListBackups", { tableName: tableArn("orders") }),
      "by root": event("ListBackups", null, by(identities.root())),
      "by a federated user": event("ListBackups", null, by(identities.federated("eve"))),
      "by a service for its caller": event(
        "ListBackups",
        null,
        by(identities.throughService("ops", "cloudformation.amazonaws.com")),
      ),
      "in another Region": event("ListBackups", null, inRegion("eu-west-1")),
      "marked as a write, as AWS does for ListExports": event("ListBackups", null, { readOnly: false }),
      "an event of an old form": event("ListBackups", null, oldForm),
    },
    missed: {
      "settings of continuous backups": {
        what: event("DescribeContinuousBackups", { tableName: "orders" }),
        limit: "DescribeContinuousBackups",
      },
      "exports listed": { what: event("ListExports", null), limit: "ListExports" },
      "all recovery points of a vault": {
        what: awsBackup("ListRecoveryPointsByBackupVault", { backupVaultName: "v" }),
        limit: "ListRecoveryPointsByBackupVault",
      },
      "one recovery point of a vault": {
        what: awsBackup("DescribeRecoveryPoint", { backupVaultName: "v" }),
        limit: "DescribeRecoveryPoint",
      },
    },
  },
};
