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

describe("the row in between", () => {
  const evaluate = (row: string, treatMissingData: MissingData, datapointsToAlarm: number, current: "OK" | "ALARM") =>
    evaluateState(points(row), { evaluationPeriods: 3, datapointsToAlarm, treatMissingData }, current);

  it.each<[string, MissingData, number, "OK" | "ALARM", string]>([
    // Enough points breach, though some are missing.
    ["X X -", "missing", 2, "OK", "ALARM"],
    ["- X X", "ignore", 2, "OK", "ALARM"],
    ["X 0 X", "missing", 2, "OK", "ALARM"],
    // As many points as periods: missing data has no say.
    ["X X X", "notBreaching", 3, "OK", "ALARM"],
    ["0 X X", "breaching", 3, "ALARM", "OK"],
    // Nothing at all.
    ["- - -", "missing", 1, "ALARM", "INSUFFICIENT_DATA"],
    ["- - -", "ignore", 1, "ALARM", "ALARM"],
    ["- - -", "ignore", 1, "OK", "OK"],
    // A point that does not breach, and too few that do.
    ["0 X -", "missing", 2, "ALARM", "OK"],
    ["0 X -", "ignore", 2, "ALARM", "OK"],
    // Too few points, and all of them breach.
    ["- X -", "ignore", 2, "OK", "OK"],
    ["- X -", "missing", 2, "OK", "ALARM"],
    ["- - X", "missing", 2, "OK", "OK"],
    ["- - X", "missing", 2, "ALARM", "ALARM"],
  ])("%s, %s, %i of 3, from %s: %s", (row, treatment, m, current, expected) => {
    expect(evaluate(row, treatment, m, current)).toBe(expected);
  });
});
