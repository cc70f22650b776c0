import { deleteTable, event, itemCall, tableArn, updateTable } from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

export const tableDeleted: Corpus = {
  detection: "table-deleted",
  fires: {
    one: deleteTable(),
    another: deleteTable({}, "users"),
    "by ARN": deleteTable({}, tableArn("orders")),
  },
  quiet: {
    ...notReally(deleteTable, "glue.amazonaws.com"),
    "a protected table": deleteTable({ errorCode: "ResourceInUseException" }),
    "no such table": deleteTable({ errorCode: "ResourceNotFoundException" }),
    "a table created": event("CreateTable", { tableName: "orders" }),
    "an item deleted": itemCall("DeleteItem"),
  },
  evasions: {
    caught: byAnybody(deleteTable),
    missed: {
      "a replica": {
        what: updateTable({ replicaUpdates: [{ delete: { regionName: "eu-west-1" } }] }),
        limit: "A replica that is deleted",
      },
      "its items": { what: itemCall("DeleteItem"), limit: "A table whose items are deleted" },
    },
  },
};
