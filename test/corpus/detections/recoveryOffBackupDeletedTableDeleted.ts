import {
  after,
  by,
  continuousBackups,
  deleteBackup,
  deleteRecoveryPoint,
  deleteTable,
  denied,
  identities,
  inRegion,
  tableArn,
} from "../../support/events";
import type { Corpus } from "../corpus";

const off = (clock: string, change = {}, table = "orders") =>
  after(clock, continuousBackups({ pointInTimeRecoveryEnabled: false }, change, table));
const backup = (clock: string, change = {}) => after(clock, deleteBackup(change));
const table = (clock: string, change = {}, name = "orders") => after(clock, deleteTable(change, name));
const backupOf = (name: string) => ({
  requestParameters: { backupArn: `${tableArn(name)}/backup/01234567890123-abcdef01` },
});

export const recoveryOffBackupDeletedTableDeleted: Corpus = {
  detection: "recovery-off-backup-deleted-table-deleted",
  fires: {
    "one after the other": { events: [off("0"), backup("5"), table("10")], alerts: 1 },
    "in the same second": [off("0"), backup("0"), table("0")],
    "several backups": { events: [off("0"), backup("5"), backup("6"), table("10")], alerts: 1 },
  },
  quiet: {
    "point-in-time recovery off, then the table": [off("0"), table("10")],
    "a backup, then the table": [backup("5"), table("10")],
    "no table": [off("0"), backup("5")],
    reversed: [table("0"), backup("5"), off("10")],
    "a backup of another table": [off("0"), backup("5", backupOf("users")), table("10")],
    "another table deleted": [off("0"), backup("5"), table("10", {}, "users")],
    "a table of the name in another Region": [off("0"), backup("5"), table("10", inRegion("eu-west-1"))],
    "another principal deletes": [off("0"), backup("5"), table("10", by(identities.user("alice")))],
    "the deletion refused": [off("0"), backup("5"), table("10", denied)],
  },
  evasions: {
    caught: {
      "by ARN": [
        off("0", {}, tableArn("orders")),
        backup("5"),
        table("10", { requestParameters: { tableName: tableArn("orders") } }),
      ],
      "other sessions of the role": [
        off("0", by(identities.role("ops", "one"))),
        backup("5", by(identities.role("ops", "two"))),
        table("10", by(identities.role("ops", "three"))),
      ],
    },
    missed: {
      "in another order": { what: [backup("0"), off("5"), table("10")], limit: "In another order" },
      "a recovery point of AWS Backup": {
        what: [off("0"), after("5", deleteRecoveryPoint(`${tableArn("orders")}/backup/01`)), table("10")],
        limit: "Recovery points of AWS Backup",
      },
    },
  },
};
