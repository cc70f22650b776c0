import { after, by, denied, type Event, from, identities, itemCall } from "../../support/events";
import type { Corpus } from "../corpus";

/** So many reads in the ten minutes that begin at a multiple of ten minutes; one event, many ids. */
function reads(window: number, count: number, change = {}, name = "Query"): Event[] {
  const one = after(`${window * 10}:30`, itemCall(name, change));
  return Array.from({ length: count }, (_, i) => ({ ...one, eventID: `${one["eventID"]}-${i}` }));
}
const usual = Array.from({ length: 12 }, (_, i) => reads(i, 210)).flat();

export const massRead: Corpus = {
  detection: "mass-read",
  fires: {
    "a thousand reads by a new principal": { events: reads(0, 1000), alerts: 1 },
    "five times the usual": { events: [...usual, ...reads(12, 1051)], alerts: 1 },
    "by different calls": [
      ...reads(0, 500, {}, "GetItem"),
      ...reads(0, 250, {}, "Scan"),
      ...reads(0, 250, {}, "ExecuteStatement"),
    ],
  },
  quiet: {
    "fewer than a thousand": reads(0, 999),
    "the usual": [...usual, ...reads(12, 1050)],
    "two principals": [...reads(0, 999), ...reads(0, 999, by(identities.user("alice")))],
    refused: reads(0, 1000, denied),
    writes: reads(0, 1000, {}, "PutItem"),
    "another service": reads(0, 1000, from("rdsdata.amazonaws.com"), "ExecuteStatement"),
  },
  evasions: {
    caught: {
      "sessions of one role": [
        ...reads(0, 500, by(identities.role("ops", "one"))),
        ...reads(0, 500, by(identities.role("ops", "two"))),
      ],
      "in transactions": reads(0, 1000, {}, "TransactGetItems"),
    },
    missed: {
      "over the border of two windows": {
        what: [...reads(0, 600), ...reads(1, 600)],
        limit: "a burst over the border of two",
      },
      "raised slowly": {
        what: Array.from({ length: 16 }, (_, i) => reads(i, 300 + i * 60)).flat(),
        limit: "Who raises the rate slowly",
      },
    },
  },
};
