// Proves: what is read from the inputs of an alarm, what is refused as AWS does, and what is said not to be simulated.
// Does not prove: what the alarm then does (alarms.test.ts).
import { describe, expect, it } from "vitest";
import { comparisons, readAlarm } from "../../../simulation/cloudwatch/alarmInputs";

const inputs = {
  namespace: "n",
  metricName: "m",
  statistic: "Sum",
  period: 600,
  evaluationPeriods: 1,
  threshold: 5,
  comparisonOperator: "GreaterThanThreshold",
};
const read = (change: Record<string, unknown>) => readAlarm("alarm", "physical", { ...inputs, ...change });
const reason = (change: Record<string, unknown>) => (read(change) as { notSimulated: string }).notSimulated;
const query = 'SELECT SUM("m") FROM SCHEMA("n", "d") GROUP BY "d" ORDER BY SUM() DESC';

it("reads an alarm on one series", () => {
  expect(read({})).toEqual({
    name: "physical",
    namespace: "n",
    metricName: "m",
    dimensions: {},
    statistic: "Sum",
    periodSeconds: 600,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    treatMissingData: "missing",
    comparison: "GreaterThanThreshold",
    threshold: 5,
  });
  expect(
    read({ dimensions: { a: "b" }, evaluationPeriods: 3, datapointsToAlarm: 2, treatMissingData: "ignore" }),
  ).toMatchObject({ dimensions: { a: "b" }, evaluationPeriods: 3, datapointsToAlarm: 2, treatMissingData: "ignore" });
  expect(read({ evaluationPeriods: 3, metricQueries: [] })).toMatchObject({ datapointsToAlarm: 3, metricName: "m" });
  expect(read({ threshold: "7" })).toMatchObject({ threshold: 7 });
});

it("reads an alarm on a query", () => {
  expect(read({ metricQueries: [{ expression: query, period: 300 }] })).toMatchObject({
    namespace: "n",
    metricName: "m",
    groupedBy: ["d"],
    statistic: "Sum",
    periodSeconds: 300,
  });
  expect(read({ metricQueries: [{ expression: query }] })).toMatchObject({ periodSeconds: 60 });
  const whole = read({ metricQueries: [{ expression: 'SELECT SUM("m") FROM SCHEMA("n")', period: 60 }] });
  expect(whole).toMatchObject({ dimensions: {} });
  expect(whole).not.toHaveProperty("groupedBy");
});

it.each([
  ["GreaterThanThreshold", [false, false, true]],
  ["GreaterThanOrEqualToThreshold", [false, true, true]],
  ["LessThanThreshold", [true, false, false]],
  ["LessThanOrEqualToThreshold", [true, true, false]],
] as const)("%s of 5: 4, 5, 6", (name, expected) => {
  expect([4, 5, 6].map((value) => comparisons[name](value, 5))).toEqual(expected);
});

describe("refused", () => {
  it.each([
    [{ evaluationPeriods: 0 }, "evaluationPeriods: is not a whole number of at least 1"],
    [{ evaluationPeriods: 1.5 }, "evaluationPeriods: is not a whole number of at least 1"],
    [{ evaluationPeriods: undefined }, "evaluationPeriods: is not a whole number of at least 1"],
    [{ evaluationPeriods: 2, datapointsToAlarm: 3 }, "datapointsToAlarm: 3 is not between 1 and evaluationPeriods (2)"],
    [{ datapointsToAlarm: 0 }, "datapointsToAlarm: 0 is not between 1 and evaluationPeriods (1)"],
    [{ treatMissingData: "good" }, "treatMissingData: good is none of missing, ignore, breaching, notBreaching"],
  ])("%j", (change, message) => expect(() => read(change)).toThrow(`alarm, ${message}`));
});

describe("not simulated", () => {
  it.each([
    [{ comparisonOperator: "LessThanLowerThreshold" }, "comparisonOperator LessThanLowerThreshold (anomaly detection)"],
    [{ threshold: undefined }, "an alarm without a fixed threshold"],
    [{ threshold: "five" }, "an alarm without a fixed threshold"],
    [{ statistic: "p99" }, "statistic p99"],
    [{ statistic: undefined, extendedStatistic: "p99" }, "statistic extendedStatistic p99"],
    [{ period: 30 }, "a period of 30 s (high resolution)"],
    [{ period: 90 }, "a period of 90 s (high resolution)"],
    [{ period: 0 }, "a period of 0 s (high resolution)"],
    [{ metricQueries: [{ id: "m1", metric: {} }] }, "metric queries other than one grouped SUM (a metric)"],
    [{ metricQueries: [null] }, "metric queries other than one grouped SUM (a metric)"],
    [{ metricQueries: [{ expression: "a+b" }] }, "metric queries other than one grouped SUM (a+b)"],
    [
      { metricQueries: [{ expression: query }, { id: "b" }] },
      `metric queries other than one grouped SUM (${query}, …)`,
    ],
  ])("%j", (change, text) => expect(reason(change)).toBe(text));
});
