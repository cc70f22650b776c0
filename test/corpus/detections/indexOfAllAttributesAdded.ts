import { addIndex, createTable, event, tableArn, tooLarge, updateTable } from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

const added = (change = {}) => addIndex("ALL", change);

export const indexOfAllAttributesAdded: Corpus = {
  detection: "index-of-all-attributes-added",
  fires: {
    one: added(),
    "beside one that is deleted": addIndex("ALL", {}, "orders", 1),
    "on another table": addIndex("ALL", {}, "users"),
  },
  quiet: {
    ...notReally(added, "cassandra.amazonaws.com"),
    "keys only": addIndex("KEYS_ONLY"),
    "some attributes": addIndex("INCLUDE"),
    "an index deleted": updateTable({ globalSecondaryIndexUpdates: [{ delete: { indexName: "by-date" } }] }),
    "an index changed": updateTable({ globalSecondaryIndexUpdates: [{ update: { indexName: "by-date" } }] }),
    "another setting": updateTable({ billingMode: "PAY_PER_REQUEST" }),
  },
  evasions: {
    caught: {
      ...byAnybody(added),
      "by the table's ARN": addIndex("ALL", {}, tableArn("orders")),
      "with parameters too large to be logged": updateTable({}, tooLarge),
    },
    missed: {
      "some attributes": { what: addIndex("INCLUDE"), limit: "Indexes of some attributes" },
      "with the table": {
        what: createTable("CreateTable", {
          requestParameters: { globalSecondaryIndexes: [{ projection: { projectionType: "ALL" } }] },
        }),
        limit: "An index that a table is created with",
      },
      "a vector index": {
        what: event("UpdateTable", { vectorIndexUpdates: [{ create: { indexName: "v" } }] }),
        limit: "nor do vector indexes",
      },
    },
  },
};
