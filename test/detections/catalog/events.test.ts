// Proves: which events each published alert counts and which it leaves alone, in the reference reading of support/.
// Does not prove: that AWS writes events so. support/events.ts says which shapes are documented and which inferred.
import { describe, expect, it } from "vitest";
import { compileDetection, detectionById } from "../../../detections";
import { matches } from "../support/evaluate";
import {
  batchExecuteStatement,
  by,
  createTable,
  deleteBackup,
  deleteRecoveryPoint,
  deleteTable,
  type Event,
  event,
  executeStatement,
  failing,
  from,
  identities,
  itemCall,
  tableArn,
  tooLarge,
  transactWriteItems,
  updateTable,
} from "../support/events";

const fires = (id: string, happened: Event): boolean =>
  compileDetection(detectionById(id)!).filters.some(({ pattern }) => matches(pattern, happened));

const backup = "backup.amazonaws.com";
const denied = failing("AccessDenied");

const must: Record<string, [string, Event][]> = {
  "backup-deleted": [
    ["an on-demand backup", deleteBackup()],
    ["by root", deleteBackup(by(identities.root()))],
    ["a recovery point with a DynamoDB ARN", deleteRecoveryPoint(`${tableArn("orders")}/backup/01`)],
    [
      "a recovery point of AWS Backup",
      deleteRecoveryPoint("arn:aws:backup:us-east-1:111122223333:recovery-point:1EB3"),
    ],
    ["a recovery point with an encoded ARN", deleteRecoveryPoint("arn%3Aaws%3Abackup%3A%3A%3Arecovery-point%3A1EB3")],
    ["a recovery point that the event does not name", deleteRecoveryPoint(undefined)],
    ["a vault", event("DeleteBackupVault", { backupVaultName: "v" }, from(backup))],
    ["a vault's lock", event("DeleteBackupVaultLockConfiguration", { backupVaultName: "v" }, from(backup))],
  ],
  "table-item-deleted": [
    ["DeleteItem", itemCall("DeleteItem")],
    ["by table ARN", event("DeleteItem", { tableName: tableArn("orders"), key: { id: "1" } })],
    ["BatchWriteItem", event("BatchWriteItem", { requestItems: {} })],
    ["a transaction with one deletion", transactWriteItems("Put", "Delete")],
    ["a transaction too large to read", tooLarge("TransactWriteItems")],
    ["PartiQL", executeStatement(`DELETE FROM "orders" WHERE id = '1'`)],
    ["PartiQL in small letters after white space", executeStatement(`\n\t delete from "orders"`)],
    ["PartiQL too large to read", tooLarge("ExecuteStatement")],
    ["PartiQL in a batch", batchExecuteStatement(["SELECT * FROM a", "Delete FROM a"])],
    ["PartiQL in a transaction", batchExecuteStatement(["DELETE FROM a"], "ExecuteTransaction")],
    ["a PartiQL transaction of another shape", event("ExecuteTransaction", { transactStatements: [] })],
  ],
  "multiple-tables-deleted": [["DeleteTable", deleteTable()]],
  "multiple-tables-created": [
    ["CreateTable", createTable()],
    ["a restored backup", createTable("RestoreTableFromBackup")],
    ["a point in time", createTable("RestoreTableToPointInTime")],
    ["a restore by AWS Backup", createTable("RestoreTableFromAwsBackup")],
    ["an import", createTable("ImportTable")],
  ],
  "deletion-protection-disabled": [
    ["by name", updateTable({ tableName: "orders", deletionProtectionEnabled: false })],
    ["by ARN", updateTable({ tableName: tableArn("orders"), deletionProtectionEnabled: false })],
    ["without a name", updateTable({ deletionProtectionEnabled: false })],
  ],
  "table-scanned": [
    ["Scan", itemCall("Scan")],
    ["a PartiQL SELECT", executeStatement('SELECT * FROM "orders"')],
    ["in small letters", executeStatement(' select * from "orders"')],
    ["a statement too large to read", tooLarge("ExecuteStatement")],
  ],
  "table-item-updated": [
    ["UpdateItem", itemCall("UpdateItem")],
    ["PutItem", itemCall("PutItem")],
    ["BatchWriteItem", event("BatchWriteItem", { requestItems: {} })],
    ["a transaction with a put", transactWriteItems("ConditionCheck", "Put")],
    ["a transaction with an update", transactWriteItems("Delete", "Update")],
    ["a PartiQL UPDATE", executeStatement("UPDATE orders SET a = ***(Redacted)")],
    ["a PartiQL insert", executeStatement("  insert INTO orders VALUE {}")],
    ["an INSERT in a batch", batchExecuteStatement(["SELECT 1", "INSERT INTO orders VALUE {}"])],
    ["an UPDATE in a transaction", batchExecuteStatement(["update orders SET a = 1"], "ExecuteTransaction")],
  ],
  "backup-listed": [
    ["ListBackups without parameters", event("ListBackups", null)],
    ["DescribeBackup", event("DescribeBackup", { backupArn: `${tableArn("orders")}/backup/01` })],
    [
      "recovery points of a table",
      event("ListRecoveryPointsByResource", { resourceArn: tableArn("orders") }, from(backup)),
    ],
  ],
  "multiple-update-operations": [
    ["throughput", updateTable({ provisionedThroughput: { readCapacityUnits: 25, writeCapacityUnits: 25 } })],
    ["capacity mode", updateTable({ billingMode: "PAY_PER_REQUEST" })],
    ["an index created", updateTable({ globalSecondaryIndexUpdates: [{ create: { indexName: "i" } }] })],
    [
      "a second index updated",
      updateTable({ globalSecondaryIndexUpdates: [{ create: { indexName: "i" } }, { update: { indexName: "j" } }] }),
    ],
    ["an index deleted", updateTable({ globalSecondaryIndexUpdates: [{ delete: { indexName: "i" } }] })],
    ["a stream on", updateTable({ streamSpecification: { streamEnabled: true, streamViewType: "KEYS_ONLY" } })],
    ["a stream off", updateTable({ streamSpecification: { streamEnabled: false } })],
    ["by a user", updateTable({ billingMode: "PROVISIONED" }, by(identities.user("u")))],
  ],
};

const mustNot: Record<string, [string, Event][]> = {
  "backup-deleted": [
    ["refused", deleteBackup(denied)],
    ["by AWS Backup at the end of a retention", deleteBackup(by({ ...identities.role("backup"), invokedBy: backup }))],
    ["another service's DeleteBackup", deleteBackup(from("fsx.amazonaws.com"))],
    ["a snapshot of a volume", deleteRecoveryPoint("arn:aws:ec2:us-east-1::snapshot/snap-01")],
    ["a snapshot of a database", deleteRecoveryPoint("arn:aws:rds:us-east-1:111122223333:snapshot:awsbackup:job-1")],
    ["created", event("CreateBackup", { tableName: "orders" })],
  ],
  "table-item-deleted": [
    ["refused", itemCall("DeleteItem", denied)],
    ["condition not met", itemCall("DeleteItem", failing("ConditionalCheckFailedException"))],
    ["a put", itemCall("PutItem")],
    ["a transaction without deletion", transactWriteItems("Put", "Update", "ConditionCheck")],
    ["a SELECT", executeStatement("SELECT * FROM orders WHERE id = 'DELETE'")],
    ["a batch of SELECTs", batchExecuteStatement(["SELECT * FROM orders WHERE id = '1'"])],
    ["Amazon RDS Data API", executeStatement("DELETE FROM orders", from("rdsdata.amazonaws.com"))],
  ],
  "multiple-tables-deleted": [
    ["refused", deleteTable(denied)],
    ["AWS Glue", deleteTable(from("glue.amazonaws.com"))],
    ["Amazon Keyspaces", deleteTable(from("cassandra.amazonaws.com"))],
  ],
  "multiple-tables-created": [
    ["refused", createTable("CreateTable", denied)],
    ["AWS Glue", createTable("CreateTable", from("glue.amazonaws.com"))],
    ["a global table of existing ones", createTable("CreateGlobalTable")],
  ],
  "deletion-protection-disabled": [
    ["switched on", updateTable({ deletionProtectionEnabled: true })],
    ["another setting", updateTable({ billingMode: "PROVISIONED" })],
    ["refused", updateTable({ deletionProtectionEnabled: false }, failing("ValidationException"))],
    ["another service", updateTable({ deletionProtectionEnabled: false }, from("cassandra.amazonaws.com"))],
    ["the text false", updateTable({ deletionProtectionEnabled: "false" })],
  ],
  "table-scanned": [
    ["refused", itemCall("Scan", denied)],
    ["a query", itemCall("Query")],
    ["a PartiQL write", executeStatement("UPDATE orders SET a = 1")],
    ["a batch of SELECTs by key", batchExecuteStatement(["SELECT * FROM orders WHERE id = '1'"])],
    ["Amazon RDS Data API", executeStatement("SELECT * FROM orders", from("rdsdata.amazonaws.com"))],
  ],
  "table-item-updated": [
    ["refused", itemCall("PutItem", denied)],
    ["a read", itemCall("GetItem")],
    ["a deletion", itemCall("DeleteItem")],
    ["a transaction that only deletes", transactWriteItems("Delete")],
    ["a SELECT", executeStatement("SELECT * FROM orders")],
    ["a PartiQL DELETE", batchExecuteStatement(["DELETE FROM orders"])],
  ],
  "backup-listed": [
    ["refused", event("ListBackups", null, denied)],
    ["tables listed", event("ListTables", null)],
    [
      "recovery points of a volume",
      event("ListRecoveryPointsByResource", { resourceArn: "arn:aws:ec2:us-east-1:1:volume/v" }, from(backup)),
    ],
  ],
  "multiple-update-operations": [
    ["deletion protection", updateTable({ deletionProtectionEnabled: true })],
    ["a replica", updateTable({ replicaUpdates: [{ create: { regionName: "eu-west-1" } }] })],
    ["refused", updateTable({ billingMode: "PROVISIONED" }, failing("LimitExceededException"))],
    [
      "application auto scaling",
      updateTable(
        { provisionedThroughput: { readCapacityUnits: 5, writeCapacityUnits: 5 } },
        by(identities.autoScaling()),
      ),
    ],
    ["Amazon Keyspaces", updateTable({ billingMode: "PROVISIONED" }, from("cassandra.amazonaws.com"))],
  ],
};

const rows = (table: Record<string, [string, Event][]>) =>
  Object.entries(table).flatMap(([id, cases]) => cases.map(([name, happened]) => [id, name, happened] as const));

describe("counts", () => {
  it.each(rows(must))("%s: %s", (id, _, happened) => expect(fires(id, happened)).toBe(true));
});

describe("leaves alone", () => {
  it.each(rows(mustNot))("%s: %s", (id, _, happened) => expect(fires(id, happened)).toBe(false));
});
