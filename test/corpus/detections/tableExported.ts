import { denied, event, exportTable, tableArn, tooLarge } from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

export const tableExported: Corpus = {
  detection: "table-exported",
  fires: {
    "to a bucket": exportTable(),
    "to a bucket of another account": exportTable({
      requestParameters: { tableArn: tableArn("orders"), s3Bucket: "elsewhere", s3BucketOwner: "444455556666" },
    }),
    "what changed since": exportTable({
      requestParameters: { tableArn: tableArn("orders"), s3Bucket: "b", exportType: "INCREMENTAL_EXPORT" },
    }),
  },
  quiet: {
    ...notReally(exportTable, "timestream.amazonaws.com"),
    "exports listed": event("ListExports", { tableArn: tableArn("orders") }),
    "an export described": event("DescribeExport", { exportArn: `${tableArn("orders")}/export/01` }),
    "an import": event("ImportTable", { s3BucketSource: { s3Bucket: "b" } }),
    "point-in-time recovery is off": exportTable({ errorCode: "PointInTimeRecoveryUnavailableException" }),
  },
  evasions: {
    caught: { ...byAnybody(exportTable), "with parameters too large to be logged": exportTable(tooLarge) },
    missed: {
      "tried without permission": { what: exportTable(denied), limit: "An export that was started before" },
      "scanned instead": { what: event("Scan", { tableName: "orders" }), limit: "A table that is read item by item" },
    },
  },
};
