import { by, denied, type Event, from, identities, item, itemCall, on, spread, tableArn } from "../../support/events";
import type { Corpus } from "../corpus";

const read = (table: number | string, change = {}, name = "Query"): Event =>
  itemCall(name, { ...on(tableArn(`table-${table}`)), ...change }, `table-${table}`);
const tables = (count: number, seconds: number, make = (i: number) => read(i)): Event[] => spread(count, seconds, make);

export const manyTablesRead: Corpus = {
  detection: "many-tables-read",
  fires: {
    "eleven tables in nine minutes": { events: tables(11, 540), alerts: 1 },
    "by different calls": tables(11, 300, (i) =>
      read(i, {}, ["GetItem", "Scan", "BatchGetItem", "ExecuteStatement"][i % 4]),
    ),
    "in one batch": [
      item("BatchGetItem", { requestItems: {} }, on(...Array.from({ length: 11 }, (_, i) => tableArn(`t${i}`)))),
      read(0),
    ],
    "thirty tables are one finding": { events: tables(30, 300), alerts: 1 },
  },
  quiet: {
    "ten tables": tables(10, 300),
    "eleven tables in an hour": tables(11, 3600),
    "one table often": tables(60, 300, () => read(1)),
    "eleven tables by eleven principals": tables(11, 300, (i) => read(i, by(identities.user(`user-${i}`)))),
    refused: tables(11, 300, (i) => read(i, denied)),
    "writes only": tables(11, 300, (i) => read(i, {}, "PutItem")),
    "another service": tables(11, 300, (i) => read(i, from("cassandra.amazonaws.com"), "ExecuteStatement")),
    "by name and by ARN it is one table": tables(12, 300, (i) =>
      itemCall("GetItem", {
        resources: undefined,
        requestParameters: { tableName: i % 2 ? "orders" : tableArn("orders") },
      }),
    ),
  },
  evasions: {
    caught: {
      "sessions of one role": tables(11, 300, (i) => read(i, by(identities.role("ops", `session-${i}`)))),
      "tables of one name in many Regions": tables(11, 300, (i) =>
        read("x", { ...on(tableArn("x", `r-${i}`)), awsRegion: `r-${i}` }),
      ),
      "through indexes": tables(11, 300, (i) => read(i, on(`${tableArn(`table-${i}`)}/index/i`))),
    },
    missed: {
      "two principals": {
        what: tables(12, 300, (i) => read(i, by(identities.user(i % 2 ? "one" : "two")))),
        limit: "reads that several principals share",
      },
      slowly: { what: tables(20, 7200), limit: "tables read slowly" },
    },
  },
};
