// Proves: the state that an evaluation gives, for every row of the two tables that AWS prints (CloudWatch user guide,
// "Configuring how CloudWatch alarms treat missing data"). Does not prove: how far AWS looks back in other cases.
import { describe, expect, it } from "vitest";
import { type Breach, evaluateState, type MissingData } from "../../../simulation/cloudwatch/state";

const points = (row: string): Breach[] =>
  row.split(" ").map((point) => ({ "0": false, X: true, "-": undefined })[point]);
const treatments: MissingData[] = ["missing", "ignore", "breaching", "notBreaching"];
/** A state that no rule gives by itself here, to see what is retained. */
const retained = "INSUFFICIENT_DATA";

describe.each([
  [
    3,
    [
      ["0 - X - X", "OK", "OK", "OK", "OK"],
      ["0 - - - -", "OK", "OK", "OK", "OK"],
      ["- - - - -", "INSUFFICIENT_DATA", retained, "ALARM", "OK"],
      ["0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
      ["- - X - -", "ALARM", retained, "ALARM", "OK"],
    ],
  ],
  [
    2,
    [
      ["0 - X - X", "ALARM", "ALARM", "ALARM", "ALARM"],
      ["0 0 X 0 X", "ALARM", "ALARM", "ALARM", "ALARM"],
      ["0 - X - -", "OK", "OK", "ALARM", "OK"],
      ["- - - - 0", "OK", "OK", "ALARM", "OK"],
      ["- - - X -", "ALARM", retained, "ALARM", "OK"],
    ],
  ],
])("%i of 3 data points", (datapointsToAlarm, rows) => {
  it.each(rows)("%s", (row, ...expected) => {
    const states = treatments.map((treatMissingData) =>
      evaluateState(points(row!), { evaluationPeriods: 3, datapointsToAlarm, treatMissingData }, retained),
    );
    expect(states).toEqual(expected);
  });
});

it("does not go into ALARM early: - - - - X and - - - X - with 3 of 3", () => {
  for (const row of ["- - - - X", "- - - X -"]) {
    const rule = { evaluationPeriods: 3, datapointsToAlarm: 3, treatMissingData: "missing" as const };
    expect(evaluateState(points(row), rule, "OK")).toBe("OK");
  }
});

it("missing data does not decide where there is enough real data, however old", () => {
  for (const treatMissingData of treatments) {
    const rule = { evaluationPeriods: 1, datapointsToAlarm: 1, treatMissingData };
    expect(evaluateState(points("X - -"), rule, "OK")).toBe("ALARM");
    expect(evaluateState(points("X 0 -"), rule, "OK")).toBe("OK");
  }
});
