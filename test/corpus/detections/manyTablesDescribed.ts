import { by, denied, type Event, event, from, identities, spread, tableArn } from "../../support/events";
import type { Corpus } from "../corpus";

const described = (table: number | string, change = {}, name = "DescribeTable"): Event =>
  event(name, { tableName: `table-${table}` }, change);
const tables = (count: number, seconds: number, make = (i: number) => described(i)): Event[] =>
  spread(count, seconds, make);

export const manyTablesDescribed: Corpus = {
  detection: "many-tables-described",
  fires: {
    "twenty-one tables in nine minutes": { events: tables(21, 540), alerts: 1 },
    "by different calls": tables(21, 300, (i) =>
      described(i, {}, ["DescribeTable", "DescribeTimeToLive", "DescribeContinuousBackups"][i % 3]),
    ),
    "forty tables are one finding": { events: tables(40, 300), alerts: 1 },
  },
  quiet: {
    "twenty tables": tables(20, 300),
    "one table often": tables(60, 300, () => described(1)),
    slowly: tables(21, 7200),
    "by AWS Config": tables(30, 300, (i) =>
      described(i, by(identities.throughService("aws-service-role/config", "config.amazonaws.com"))),
    ),
    refused: tables(30, 300, (i) => described(i, denied)),
    "by many principals": tables(30, 300, (i) => described(i, by(identities.user(`user-${i}`)))),
    "another service": tables(30, 300, (i) => described(i, from("cassandra.amazonaws.com"))),
  },
  evasions: {
    caught: {
      "sessions of one role": tables(21, 300, (i) => described(i, by(identities.role("ops", `session-${i}`)))),
      "by ARN": tables(21, 300, (i) => event("DescribeTable", { tableName: tableArn(`table-${i}`) })),
      "one name in many Regions": tables(21, 300, (i) => described("x", { awsRegion: `r-${i}` })),
    },
    missed: {
      "listed, not described": {
        what: tables(5, 60, () => event("ListTables", null)),
        limit: "ListTables tells names",
      },
      "two principals": {
        what: tables(24, 300, (i) => described(i, by(identities.user(i % 2 ? "one" : "two")))),
        limit: "tables that several principals share",
      },
    },
  },
};
