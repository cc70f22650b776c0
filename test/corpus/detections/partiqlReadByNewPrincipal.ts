import {
  after,
  batchExecuteStatement,
  by,
  denied,
  type Event,
  executeStatement,
  executeTransaction,
  from,
  identities,
  itemCall,
} from "../../support/events";
import type { Corpus } from "../corpus";

const alice = by(identities.user("alice"));
const eve = by(identities.user("eve"));
const on = (days: number, event: Event): Event => after(String(days * 24 * 60), event);
const select = (days: number, change = {}, statement = "SELECT * FROM orders WHERE id = '1'"): Event =>
  on(days, executeStatement(statement, change));

/** alice is learnt for table orders; the learning period is over. */
const learnt = [select(0, alice), select(6, alice)];

export const partiqlReadByNewPrincipal: Corpus = {
  detection: "partiql-read-by-new-principal",
  fires: {
    "somebody else selects": { events: [...learnt, select(8, eve)], alerts: 1 },
    "in a batch": [...learnt, on(8, batchExecuteStatement(["SELECT * FROM orders WHERE id = '1'"], eve))],
    "in a transaction": [...learnt, on(8, executeTransaction(["SELECT * FROM orders WHERE id = '1'"], eve))],
  },
  quiet: {
    "a known principal": [...learnt, select(8, alice)],
    "while learning": [select(0, alice), select(1, eve)],
    "a write": [...learnt, select(8, eve, "INSERT INTO orders VALUE {'id': '1'}")],
    refused: [...learnt, select(8, { ...eve, ...denied })],
    "a classic read": [...learnt, on(8, itemCall("GetItem", eve))],
    "another service": [...learnt, select(8, { ...eve, ...from("rdsdata.amazonaws.com") })],
  },
  evasions: {
    caught: {
      "in other letters": [...learnt, select(8, eve, "  sElEcT * FROM orders")],
      "a statement that is not there to read": [
        ...learnt,
        on(8, executeTransaction([], { ...eve, requestParameters: {} })),
      ],
    },
    missed: {
      "behind a comment": {
        what: [...learnt, select(8, eve, "-- x\nSELECT * FROM orders")],
        limit: "begins with a comment",
      },
      "a classic read": {
        what: [...learnt, on(8, itemCall("Query", eve))],
        limit: "Reads by the classic calls",
      },
    },
  },
};
