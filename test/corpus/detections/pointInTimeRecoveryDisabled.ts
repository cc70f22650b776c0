import { continuousBackups, createTable, deleteBackup, event, tableArn, tooLarge } from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

const off = (change = {}) => continuousBackups({ pointInTimeRecoveryEnabled: false }, change);

export const pointInTimeRecoveryDisabled: Corpus = {
  detection: "point-in-time-recovery-disabled",
  fires: {
    "switched off": off(),
    "kept for a day only": continuousBackups({ pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 1 }),
    "kept for 34 days": continuousBackups({ pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 34 }),
  },
  quiet: {
    ...notReally(off, "rds.amazonaws.com"),
    "switched on": continuousBackups({ pointInTimeRecoveryEnabled: true }),
    "kept for 35 days": continuousBackups({ pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 }),
    described: event("DescribeContinuousBackups", { tableName: "orders" }),
    "the table is being created": off({ errorCode: "ContinuousBackupsUnavailableException" }),
    "the text false": continuousBackups({ pointInTimeRecoveryEnabled: "false" }),
  },
  evasions: {
    caught: {
      ...byAnybody(off),
      "by the table's ARN": continuousBackups({ pointInTimeRecoveryEnabled: false }, {}, tableArn("orders")),
      "with parameters too large to be logged": off(tooLarge),
    },
    missed: {
      "a table created without it": { what: createTable(), limit: "created or restored without" },
      "a backup deleted": { what: deleteBackup(), limit: "Backups deleted one by one" },
    },
  },
};
