import {
  by,
  denied,
  event,
  executeStatement,
  from,
  identities,
  item,
  itemCall,
  on,
  tableArn,
} from "../../support/events";
import { lists } from "../../support/lists";
import type { Corpus } from "../corpus";

const decoy = lists.decoyTableArns[0]!;
const touched = (name: string, change = {}) => itemCall(name, { ...on(decoy), ...change }, "customers-archive");

export const decoyTableTouched: Corpus = {
  detection: "decoy-table-touched",
  fires: {
    scanned: touched("Scan"),
    "an item read": touched("GetItem"),
    "by PartiQL": executeStatement('SELECT * FROM "customers-archive"', on(decoy)),
    refused: touched("Scan", denied),
    exported: event("ExportTableToPointInTime", { tableArn: decoy, s3Bucket: "x" }),
    "backed up": event(
      "CreateBackup",
      { tableName: "customers-archive" },
      {
        responseElements: { backupDetails: { backupArn: `${decoy}/backup/01` } },
      },
    ),
    restored: event(
      "RestoreTableToPointInTime",
      { targetTableName: "x" },
      {
        responseElements: { tableDescription: { restoreSummary: { sourceTableArn: decoy } } },
      },
    ),
  },
  quiet: {
    "another table": itemCall("Scan"),
    "a table whose name begins so": itemCall("Scan", on(tableArn("customers-archive-2"))),
    "the name in another Region": itemCall("Scan", on(tableArn("customers-archive", "eu-west-1"))),
    described: event("DescribeTable", { tableName: "customers-archive" }),
    "another table exported": event("ExportTableToPointInTime", { tableArn: tableArn("orders"), s3Bucket: "x" }),
    "another service": touched("ExecuteStatement", from("rdsdata.amazonaws.com")),
  },
  evasions: {
    caught: {
      "among others in a batch": item("BatchGetItem", null, on(tableArn("orders"), decoy)),
      "an index": touched("Query", on(`${decoy}/index/by-date`)),
      "in a transaction": item("TransactGetItems", null, on(tableArn("a"), tableArn("b"), decoy)),
      "by somebody well known": touched("GetItem", by(identities.role("ops"))),
    },
    missed: {
      "listed only": { what: event("ListTables", null), limit: "Descriptions and lists of the decoy" },
    },
  },
};
