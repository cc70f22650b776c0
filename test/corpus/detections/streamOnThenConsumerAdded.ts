import {
  addConsumer,
  after,
  by,
  denied,
  eventSourceMapping,
  from,
  identities,
  inRegion,
  managementCall,
  streamArn,
  switchStream,
} from "../../support/events";
import type { Corpus } from "../corpus";

const on = (clock: string, change = {}, table = "orders") => after(clock, switchStream(true, change, table));
const added = (clock: string, change = {}, table = "orders") => after(clock, addConsumer(change, streamArn(table)));

export const streamOnThenConsumerAdded: Corpus = {
  detection: "stream-on-then-consumer-added",
  fires: {
    "on, then a consumer": { events: [on("0"), added("5")], alerts: 1 },
    "a day later": [on("0"), added("1439")],
    "two tables": { events: [on("0"), on("1", {}, "users"), added("5"), added("10", {}, "users")], alerts: 2 },
  },
  quiet: {
    "on only": on("0"),
    "a consumer only": added("0"),
    "a consumer, then on": [added("0"), on("5")],
    "another table": [on("0"), added("5", {}, "users")],
    "a table of the name in another Region": [on("0", inRegion("eu-west-1"), "orders"), added("5")],
    "another principal": [on("0"), added("5", by(identities.user("alice")))],
    "a stream of keys": [after("0", switchStream(true, {}, "orders", "KEYS_ONLY")), added("5")],
    "the consumer refused": [on("0"), added("5", denied)],
    "a consumer of a queue": [on("0"), after("5", addConsumer({}, "arn:aws:sqs:us-east-1:111122223333:orders"))],
    "another service": [on("0", from("cassandra.amazonaws.com")), added("5")],
  },
  evasions: {
    caught: {
      "another session of the role": [
        on("0", by(identities.role("ops", "one"))),
        added("5", by(identities.role("ops", "two"))),
      ],
      "a pipe": [on("0"), after("5", managementCall("pipes", "CreatePipe", { source: streamArn("orders") }))],
      "a mapping that is given another function": [
        on("0"),
        after("5", eventSourceMapping("UpdateEventSourceMapping20150331", { functionName: "copy" })),
      ],
    },
    missed: {
      "two principals": {
        what: [on("0"), added("5", by(identities.user("eve")))],
        limit: "All steps must be by one principal",
      },
      "a table that had a stream": { what: added("0"), limit: "Of a table that had a stream before" },
    },
  },
};
