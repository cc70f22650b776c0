import {
  after,
  by,
  denied,
  type Event,
  event,
  executeStatement,
  from,
  identities,
  itemCall,
  on,
  tableArn,
} from "../../support/events";
import type { Corpus } from "../corpus";

const alice = by(identities.user("alice"));
const eve = by(identities.user("eve"));
const day = 24 * 60;
const call = (days: number, change = {}, name = "GetItem"): Event => after(String(days * day), itemCall(name, change));

/** alice is learnt for table orders; the learning period is over. */
const learnt = [call(0, alice), call(6, alice)];

export const newPrincipalSeen: Corpus = {
  detection: "new-principal-seen",
  fires: {
    "somebody else reads": { events: [...learnt, call(8, eve)], alerts: 1 },
    "once for the second call": { events: [...learnt, call(8, eve), call(9, eve, "Scan")], alerts: 1 },
    "somebody else writes": [...learnt, call(8, eve, "PutItem")],
    "somebody else exports": [
      ...learnt,
      after(String(8 * day), event("ExportTableToPointInTime", { tableArn: tableArn("orders") }, eve)),
    ],
    "by PartiQL": [...learnt, after(String(8 * day), executeStatement("SELECT * FROM orders", eve))],
  },
  quiet: {
    "a known principal": [...learnt, call(8, alice)],
    "another session of a known role": [
      call(0, by(identities.role("app", "one"))),
      call(8, by(identities.role("app", "two"))),
    ],
    "while learning": [call(0, alice), call(1, eve), call(2, by(identities.role("app")))],
    "the first principal of a table": [...learnt, call(8, { ...eve, ...on(tableArn("new")) })],
    refused: [...learnt, call(8, { ...eve, ...denied })],
    "a description of the table": [
      ...learnt,
      after(String(8 * day), event("DescribeTable", { tableName: "orders" }, eve)),
    ],
    "another service": [...learnt, call(8, { ...eve, ...from("rdsdata.amazonaws.com") }, "ExecuteStatement")],
  },
  evasions: {
    caught: {
      "the ARN for the name": [
        ...learnt,
        call(8, { ...eve, requestParameters: { tableName: tableArn("orders") }, resources: undefined }),
      ],
      "in a batch with another table": [
        ...learnt,
        call(8, { ...eve, ...on(tableArn("a"), tableArn("orders")) }, "BatchGetItem"),
      ],
      "in a transaction": [...learnt, call(8, eve, "TransactGetItems")],
      "an index": [...learnt, call(8, { ...eve, ...on(`${tableArn("orders")}/index/by-date`) }, "Query")],
    },
    missed: {
      "with a known principal's credentials": {
        what: [...learnt, call(8, { ...alice, sourceIPAddress: "203.0.113.66" })],
        limit: "Credentials taken from a principal that uses the table",
      },
      "while learning": { what: [call(0, alice), call(3, eve), call(8, eve)], limit: "Until seven days after" },
    },
  },
};
