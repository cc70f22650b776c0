import {
  after,
  by,
  denied,
  type Event,
  event,
  failing,
  from,
  identities,
  tableArn,
  tooLarge,
} from "../../support/events";
import type { Corpus } from "../corpus";

const recovery = (clock: string, enabled: boolean, change = {}, tableName = "orders"): Event =>
  after(
    clock,
    event(
      "UpdateContinuousBackups",
      { tableName, pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: enabled } },
      change,
    ),
  );
/** inferred: API model. */
const exported = (clock: string, change = {}, table = "orders"): Event =>
  after(clock, event("ExportTableToPointInTime", { tableArn: tableArn(table), s3Bucket: "elsewhere" }, change));

export const recoveryOnThenExported: Corpus = {
  detection: "recovery-on-then-exported",
  fires: {
    "on, then exported": { events: [recovery("0", true), exported("5")], alerts: 1 },
    "off, on, exported": [recovery("0", false), recovery("1", true), exported("5")],
    "two exports an hour apart": { events: [recovery("0", true), exported("5"), exported("65")], alerts: 2 },
  },
  quiet: {
    "an export only": exported("0"),
    "on only": recovery("0", true),
    "exported, then on": [exported("0"), recovery("5", true)],
    off: [recovery("0", false), exported("5")],
    "another table": [recovery("0", true), exported("5", {}, "users")],
    "another principal": [recovery("0", true), exported("5", by(identities.user("alice")))],
    refused: [recovery("0", true), exported("5", denied)],
    "refused the first": [recovery("0", true, failing("ContinuousBackupsUnavailableException")), exported("5")],
    "another service": [recovery("0", true), exported("5", from("rds.amazonaws.com"))],
  },
  evasions: {
    caught: {
      "the ARN for the name": [recovery("0", true, {}, tableArn("orders")), exported("5")],
      "another session of the role": [
        recovery("0", true, by(identities.role("ops", "one"))),
        exported("5", by(identities.role("ops", "two"))),
      ],
    },
    missed: {
      "two principals": {
        what: [recovery("0", true, by(identities.role("one"))), exported("5", by(identities.role("two")))],
        limit: "All steps must be by one principal",
      },
      "on two days before": {
        what: [recovery("0", true), exported("2880")],
        limit: "Steps further apart than 24 hours",
      },
      "parameters too large to be logged": {
        what: [recovery("0", true, tooLarge), exported("5")],
        limit: "A step whose event names no table",
      },
    },
  },
};
