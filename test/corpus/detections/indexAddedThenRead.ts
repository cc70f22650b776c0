import {
  addIndex,
  after,
  by,
  denied,
  executeStatement,
  identities,
  indexArn,
  itemCall,
  on,
  tableArn,
} from "../../support/events";
import type { Corpus } from "../corpus";

const added = (clock: string, change = {}, table = "orders") => after(clock, addIndex("ALL", change, table));
/** inferred: indexName follows from the API model. */
const read = (clock: string, change = {}, table = "orders", name = "Query") =>
  after(
    clock,
    itemCall(
      name,
      { requestParameters: { tableName: table, indexName: "by-date" }, ...on(tableArn(table)), ...change },
      table,
    ),
  );

export const indexAddedThenRead: Corpus = {
  detection: "index-added-then-read",
  fires: {
    "added, then queried": { events: [added("0"), read("30")], alerts: 1 },
    "added, then scanned": [added("0"), read("30", {}, "orders", "Scan")],
    "an event that names the index in its resources only": [
      added("0"),
      after("30", itemCall("Query", on(tableArn("orders"), indexArn("orders")))),
    ],
  },
  quiet: {
    "added only": added("0"),
    "queried only": read("0"),
    "queried, then added": [read("0"), added("30")],
    "another table": [added("0"), read("30", {}, "users")],
    "another principal": [added("0"), read("30", by(identities.user("alice")))],
    "the table itself queried": [added("0"), after("30", itemCall("Query"))],
    "an index of keys": [after("0", addIndex("KEYS_ONLY")), read("30")],
    "reading refused": [added("0"), read("30", denied)],
  },
  evasions: {
    caught: {
      "by ARN": [added("0"), read("30", { requestParameters: { tableName: tableArn("orders"), indexName: "x" } })],
      "another session of the role": [
        added("0", by(identities.role("ops", "one"))),
        read("30", by(identities.role("ops", "two"))),
      ],
    },
    missed: {
      "by PartiQL": {
        what: [added("0"), after("30", executeStatement('SELECT * FROM "orders"."by-date"'))],
        limit: "A PartiQL SELECT that names the index",
      },
      "by two principals": {
        what: [added("0"), read("30", by(identities.user("eve")))],
        limit: "All steps must be by one principal",
      },
    },
  },
};
