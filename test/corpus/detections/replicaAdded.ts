import { awsBackup, denied, event, tableArn, tooLarge, updateTable } from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

const create = { create: { regionName: "ap-southeast-4" } };
const added = (change = {}) => updateTable({ tableName: "orders", replicaUpdates: [create] }, change);

export const replicaAdded: Corpus = {
  detection: "replica-added",
  fires: {
    "in another Region": added(),
    "with a key there": updateTable({
      replicaUpdates: [{ create: { regionName: "eu-west-1", kMSMasterKeyId: "k" } }],
    }),
    "a global table of 2017": event("CreateGlobalTable", {
      globalTableName: "orders",
      replicationGroup: [{ regionName: "eu-west-1" }],
    }),
    "another Region for one": event("UpdateGlobalTable", { globalTableName: "orders", replicaUpdates: [create] }),
    "of a table of another account": event("CreateTable", {
      tableName: "orders",
      globalTableSourceArn: tableArn("orders").replace("111122223333", "444455556666"),
    }),
  },
  quiet: {
    ...notReally(added, "cassandra.amazonaws.com"),
    "a replica deleted": updateTable({ replicaUpdates: [{ delete: { regionName: "eu-west-1" } }] }),
    "a replica changed": updateTable({
      replicaUpdates: [{ update: { regionName: "eu-west-1", tableClassOverride: "STANDARD" } }],
    }),
    "another setting": updateTable({ tableName: "orders", billingMode: "PAY_PER_REQUEST" }),
    "a table created": event("CreateTable", { tableName: "orders" }),
    "global tables listed": event("ListGlobalTables", null),
  },
  evasions: {
    caught: {
      ...byAnybody(added),
      "behind a deletion": updateTable({ replicaUpdates: [{ delete: { regionName: "eu-west-1" } }, create] }),
      "by the table's ARN": updateTable({ tableName: tableArn("orders"), replicaUpdates: [create] }),
      "without the table's name": updateTable({ replicaUpdates: [create] }, { responseElements: null }),
      "with parameters too large to be logged": updateTable({}, tooLarge),
    },
    missed: {
      "a recovery point copied to another Region": {
        what: awsBackup("StartCopyJob", { destinationBackupVaultArn: "arn:aws:backup:eu-west-1:1:backup-vault:v" }),
        limit: "copied by a restore into another Region",
      },
      "a witness": {
        what: updateTable({ globalTableWitnessUpdates: [{ create: { regionName: "eu-west-1" } }] }),
        limit: "A witness of a global table",
      },
      refused: { what: added(denied), limit: "What is done with the replica" },
    },
  },
};
