// Proves: how an alarm rule reads.
import { expect, it } from "vitest";
import { type AlarmRule, describeAlarm, describeRule, detectionById } from "../../detections";

it.each<[AlarmRule, string]>([
  [{ moreThan: 0, withinSeconds: 60 }, "at least 1 in 1 minute"],
  [{ moreThan: 5, withinSeconds: 600 }, "more than 5 in 10 minutes"],
  [
    { moreThan: 5, withinSeconds: 600, per: ["principal", "table"] },
    "more than 5 in 10 minutes per principal and table",
  ],
  [{ moreThan: 1, withinSeconds: 7200, per: ["table"] }, "more than 1 in 2 hours per table"],
  [{ moreThan: 1, withinSeconds: 5400 }, "more than 1 in 90 minutes"],
  [{ moreThan: 1, withinSeconds: 90 }, "more than 1 in 90 seconds"],
])("%o", (rule, text) => expect(describeAlarm(rule)).toBe(text));

it("says of linked steps that they are", () => {
  expect(describeRule(detectionById("backup-restored-then-scanned")!.stateful!)).toBe(
    "a backup was created, then it was restored to a new table, then the new table was scanned: within 24 hours, " +
      "the same principal, each step on a table of the one before",
  );
});
