import {
  after,
  by,
  createTable,
  denied,
  type Event,
  event,
  from,
  identities,
  inRegion,
  itemCall,
} from "../../support/events";
import type { Corpus } from "../corpus";

const day = 24 * 60;
const at = (days: number, happened: Event): Event => after(String(days * day), happened);
const elsewhere = inRegion("ap-southeast-4");
const learnt = [at(0, createTable()), at(13, createTable())];

export const newRegionUsed: Corpus = {
  detection: "new-region-used",
  fires: {
    "a table created": { events: [...learnt, at(15, createTable("CreateTable", elsewhere))], alerts: 1 },
    "items read": [...learnt, at(15, itemCall("Scan", elsewhere))],
    refused: [...learnt, at(15, createTable("CreateTable", { ...elsewhere, ...denied }))],
    once: {
      events: [...learnt, at(15, createTable("CreateTable", elsewhere)), at(16, itemCall("PutItem", elsewhere))],
      alerts: 1,
    },
  },
  quiet: {
    "a known Region": [...learnt, at(15, createTable())],
    "while learning": [at(0, createTable()), at(10, createTable("CreateTable", elsewhere))],
    "described only": [...learnt, at(15, event("DescribeTable", { tableName: "orders" }, elsewhere))],
    "listed only": [...learnt, at(15, event("ListTables", null, elsewhere))],
    "another principal in a known Region": [...learnt, at(15, createTable("CreateTable", by(identities.user("eve"))))],
    "another service": [
      ...learnt,
      at(15, createTable("CreateTable", { ...elsewhere, ...from("cassandra.amazonaws.com") })),
    ],
  },
  evasions: {
    caught: {
      "a restored copy": [...learnt, at(15, createTable("RestoreTableToPointInTime", elsewhere))],
      "by another principal": [
        ...learnt,
        at(15, createTable("ImportTable", { ...elsewhere, ...by(identities.user("eve")) })),
      ],
    },
    missed: {
      "while learning": {
        what: [
          at(0, createTable()),
          at(10, createTable("CreateTable", elsewhere)),
          at(15, itemCall("Scan", elsewhere)),
        ],
        limit: "Until fourteen days after",
      },
      "a Region that is in use": {
        what: [...learnt, at(15, createTable("CreateTable", by(identities.user("eve"))))],
        limit: "A Region that the account uses is no news",
      },
    },
  },
};
