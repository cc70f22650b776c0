import { createTable, event, itemCall, tableArn, tooLarge } from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

/** inferred: API model. */
const timeToLive = (enabled: boolean | string, change = {}, tableName = "orders") =>
  event("UpdateTimeToLive", { tableName, timeToLiveSpecification: { enabled, attributeName: "createdAt" } }, change);
const on = (change = {}) => timeToLive(true, change);

export const timeToLiveEnabled: Corpus = {
  detection: "time-to-live-enabled",
  fires: {
    "switched on": on(),
    "on another table": timeToLive(true, {}, "users"),
    "by ARN": timeToLive(true, {}, tableArn("orders")),
  },
  quiet: {
    ...notReally(on, "cassandra.amazonaws.com"),
    "switched off": timeToLive(false),
    described: event("DescribeTimeToLive", { tableName: "orders" }),
    "a table created": createTable(),
    "an item's attribute written": itemCall("UpdateItem"),
  },
  evasions: {
    caught: { ...byAnybody(on), "with parameters too large to be logged": on(tooLarge) },
    missed: {
      "a table that has it": { what: itemCall("UpdateItem"), limit: "A table that has time to live already" },
      "switched off": { what: timeToLive(false), limit: "Time to live that is switched off" },
    },
  },
};
