import {
  after,
  by,
  deleteBackup,
  deleteRecoveryPoint,
  deleteTable,
  denied,
  type Event,
  event,
  failing,
  identities,
  inRegion,
  tableArn,
} from "../../support/events";
import type { Corpus } from "../corpus";

const recovery = (clock: string, enabled: boolean, change = {}): Event =>
  after(
    clock,
    event(
      "UpdateContinuousBackups",
      { tableName: "orders", pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: enabled } },
      change,
    ),
  );
const backup = (clock: string, change = {}): Event => after(clock, deleteBackup(change));
const deleted = (clock: string, change = {}, table = "orders"): Event => after(clock, deleteTable(change, table));

export const backupDeletedThenTable: Corpus = {
  detection: "backup-deleted-then-table",
  fires: {
    "a backup, then the table": { events: [backup("0"), deleted("5")], alerts: 1 },
    "a recovery point of AWS Backup, then the table": [
      after("0", deleteRecoveryPoint(`${tableArn("orders")}/backup/01`)),
      deleted("5"),
    ],
    "point-in-time recovery off, then the table": [recovery("0", false), deleted("5")],
    "several backups": { events: [backup("0"), backup("1"), recovery("2", false), deleted("5")], alerts: 1 },
  },
  quiet: {
    "a backup only": backup("0"),
    "a table only": deleted("0"),
    "the table first": [deleted("0"), backup("5")],
    "the backup of another table": [backup("0"), deleted("5", {}, "users")],
    "another principal": [backup("0"), deleted("5", by(identities.user("alice")))],
    "in another Region": [backup("0"), deleted("5", inRegion("eu-west-1"))],
    "at the end of a retention": [
      backup("0", by(identities.throughService("ops", "backup.amazonaws.com"))),
      deleted("5"),
    ],
    "point-in-time recovery on": [recovery("0", true), deleted("5")],
    "refused the first": [backup("0", denied), deleted("5")],
    "refused the second": [backup("0"), deleted("5", failing("ResourceInUseException"))],
  },
  evasions: {
    caught: {
      "the table by its ARN": [backup("0"), deleted("5", { requestParameters: { tableName: tableArn("orders") } })],
      "another session of the role": [
        backup("0", by(identities.role("ops", "one"))),
        deleted("5", by(identities.role("ops", "two"))),
      ],
      "hours apart": [backup("0"), deleted("1400")],
    },
    missed: {
      "two principals": {
        what: [backup("0", by(identities.role("one"))), deleted("5", by(identities.role("two")))],
        limit: "All steps must be by one principal",
      },
      "a recovery point that does not say its table": {
        what: [
          after("0", deleteRecoveryPoint("arn:aws:backup:us-east-1:111122223333:recovery-point:1EB3")),
          deleted("5"),
        ],
        limit: "says nothing of its table",
      },
    },
  },
};
