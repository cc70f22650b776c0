import {
  after,
  by,
  createBackup,
  denied,
  type Event,
  event,
  executeStatement,
  identities,
  inRegion,
  itemCall,
  on,
  restoreFromBackup,
  tableArn,
} from "../../support/events";
import type { Corpus } from "../corpus";

const backup = (clock: string, change = {}, table = "orders"): Event => after(clock, createBackup(change, table));
const restore = (clock: string, change = {}, source = "orders", target = "copy"): Event =>
  after(clock, restoreFromBackup(change, source, target));
const scan = (clock: string, change = {}, table = "copy"): Event =>
  after(clock, itemCall("Scan", { ...on(tableArn(table)), ...change }, table));

export const backupRestoredThenScanned: Corpus = {
  detection: "backup-restored-then-scanned",
  fires: {
    "created, restored, scanned": { events: [backup("0"), restore("10"), scan("30")], alerts: 1 },
    "read by PartiQL": [
      backup("0"),
      restore("10"),
      after("30", executeStatement("SELECT * FROM copy", on(tableArn("copy")))),
    ],
    "among others": [
      backup("0"),
      backup("1", {}, "users"),
      restore("10", {}, "users", "users-copy"),
      restore("11"),
      restore("12", {}, "items", "items-copy"),
      scan("30"),
    ],
    "two copies": {
      events: [backup("0"), restore("10"), restore("11", {}, "orders", "copy2"), scan("30"), scan("35", {}, "copy2")],
      alerts: 2,
    },
  },
  quiet: {
    "a backup only": backup("0"),
    "restored without a backup before": [restore("10"), scan("30")],
    "not restored": [backup("0"), scan("30")],
    "not scanned": [backup("0"), restore("10")],
    reversed: [scan("0"), restore("10"), backup("30")],
    "scanned before it was restored": [backup("0"), scan("5"), restore("10")],
    "restored before the backup": [restore("0"), backup("10"), scan("30")],
    "a backup of another table": [backup("0", {}, "users"), restore("10"), scan("30")],
    "another table scanned": [backup("0"), restore("10"), scan("30", {}, "users")],
    "a copy of the name in another Region": [
      backup("0"),
      restore("10"),
      scan("30", { ...inRegion("eu-west-1"), ...on(tableArn("copy", "eu-west-1")) }),
    ],
    "another principal scans": [backup("0"), restore("10"), scan("30", by(identities.user("alice")))],
    "the restore refused": [backup("0"), restore("10", denied), scan("30")],
  },
  evasions: {
    caught: {
      "other sessions of the role": ["one", "two", "three"].map((session, i) =>
        [backup, restore, scan][i]!(String(10 * i), by(identities.role("ops", session))),
      ),
      "by ARN": [
        backup("0", {}, tableArn("orders")),
        restore("10"),
        scan("30", { requestParameters: { tableName: tableArn("copy") }, resources: undefined }),
      ],
      "a restore whose resources name the new table": [backup("0"), restore("10", on(tableArn("copy"))), scan("30")],
      "a restore whose resources name the old table": [backup("0"), restore("10", on(tableArn("orders"))), scan("30")],
    },
    missed: {
      "to a point in time": {
        what: [
          backup("0"),
          after("10", event("RestoreTableToPointInTime", { sourceTableName: "orders", targetTableName: "copy" })),
          scan("30"),
        ],
        limit: "Nor are restores to a point in time",
      },
      "two principals": {
        what: [backup("0"), restore("10"), scan("30", by(identities.user("eve")))],
        limit: "All steps must be by one principal",
      },
      "queried instead": {
        what: [backup("0"), restore("10"), after("30", itemCall("Query", on(tableArn("copy")), "copy"))],
        limit: "A copy that is exported or read by Query",
      },
    },
  },
};
