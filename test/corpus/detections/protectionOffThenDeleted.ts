import {
  after,
  by,
  deleteTable,
  denied,
  type Event,
  event,
  failing,
  from,
  identities,
  inRegion,
  tableArn,
  tooLarge,
  updateTable,
} from "../../support/events";
import type { Corpus } from "../corpus";

const off = (clock: string, change = {}, table = "orders"): Event =>
  after(clock, updateTable({ tableName: table, deletionProtectionEnabled: false }, change, table));
const deleted = (clock: string, change = {}, table = "orders"): Event => after(clock, deleteTable(change, table));
const onArn = { requestParameters: { tableName: tableArn("orders") } };

export const protectionOffThenDeleted: Corpus = {
  detection: "protection-off-then-deleted",
  fires: {
    "off, then deleted": { events: [off("0"), deleted("5")], alerts: 1 },
    "a day later": [off("0"), deleted("1439")],
    "in the same second": [off("0"), deleted("0")],
    "off twice": { events: [off("0"), off("1"), deleted("5")], alerts: 1 },
    "two tables": {
      events: [off("0"), off("1", {}, "users"), deleted("5"), deleted("10", {}, "users")],
      alerts: 2,
    },
  },
  quiet: {
    "off only": off("0"),
    "deleted only": deleted("0"),
    "deleted, then off on a new table of the name": [deleted("0"), off("5")],
    "another table": [off("0"), deleted("5", {}, "users")],
    "a table of the name in another Region": [off("0"), deleted("5", inRegion("eu-west-1"))],
    "another principal": [off("0"), deleted("5", by(identities.user("alice")))],
    "later than a day": [off("0"), deleted("1441")],
    "switched on": [after("0", updateTable({ tableName: "orders", deletionProtectionEnabled: true })), deleted("5")],
    "refused the first": [off("0", failing("ValidationException")), deleted("5")],
    "refused the second": [off("0"), deleted("5", denied)],
    "another service": [off("0", from("cassandra.amazonaws.com")), deleted("5")],
  },
  evasions: {
    caught: {
      "the ARN for the name, then the name": [
        after("0", event("UpdateTable", { ...onArn.requestParameters, deletionProtectionEnabled: false })),
        deleted("5"),
      ],
      "the name, then the ARN": [off("0"), deleted("5", onArn)],
      "another session of the role": [
        off("0", by(identities.role("ops", "monday"))),
        deleted("5", by(identities.role("ops", "tuesday"))),
      ],
      "parameters too large to be logged": [off("0", tooLarge), deleted("5")],
      "between many other calls": [
        off("0"),
        ...Array.from({ length: 40 }, (_, i) => off(`1:${i}`, {}, `table-${i}`)),
        deleted("5"),
      ],
    },
    missed: {
      "two principals": {
        what: [off("0", by(identities.role("one"))), deleted("5", by(identities.role("two")))],
        limit: "All steps must be by one principal",
      },
      "two days apart": { what: [off("0"), deleted("2880")], limit: "Steps further apart than 24 hours" },
      "a replica removed": {
        what: [
          off("0"),
          after("5", updateTable({ tableName: "orders", replicaUpdates: [{ delete: { regionName: "eu-west-1" } }] })),
        ],
        limit: "A replica that is deleted through UpdateTable",
      },
    },
  },
};
