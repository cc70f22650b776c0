// Proves: which values and events a window of a series holds. Does not prove: which windows an alarm asks for (alarms.test.ts).
import { describe, expect, it } from "vitest";
import { summaryOf } from "../../../detections/event/summary";
import { minute, Series } from "../../../simulation/cloudwatch/series";
import { data } from "../support/records";

const event = (id: string) => summaryOf(data("Scan", "0", { eventID: id }));
function seriesOf(...values: [minutes: number, value: number][]): Series {
  const series = new Series();
  for (const [minutes, value] of values) series.add(minutes * minute, value, event(`${minutes}`));
  return series;
}

describe("a window", () => {
  const series = seriesOf([0, 1], [1, 2], [1.5, 4], [2, 8], [3, 16]);
  const window = (from: number, to: number) => series.point(from * minute, to * minute, "Sum");
  const ids = (from: number, to: number) => series.eventsIn(from * minute, to * minute).map(({ id }) => id);

  it("begins with its first minute and ends before its last", () => {
    expect([window(0, 1), window(1, 2), window(1, 3), window(0, 9), window(4, 9)]).toEqual([1, 6, 14, 31, undefined]);
    expect([ids(0, 1), ids(1, 2), ids(1, 3), ids(4, 9)]).toEqual([["0"], ["1", "1.5"], ["1", "1.5", "2"], []]);
  });

  it.each([
    ["Sum", 14],
    ["SampleCount", 3],
    ["Average", 14 / 3],
    ["Minimum", 2],
    ["Maximum", 8],
  ] as const)("%s", (statistic, value) => expect(series.point(minute, 3 * minute, statistic)).toBe(value));
});

it("forgets what is before a time", () => {
  const series = seriesOf([0, 1], [1, 2], [2, 4]);
  series.forgetBefore(minute);
  expect(series.point(0, 9 * minute, "Sum")).toBe(6);
  expect(series.isEmpty).toBe(false);
  series.forgetBefore(3 * minute);
  expect(series.isEmpty).toBe(true);
});

it("a default value counts until something matches in its minute, and holds no event", () => {
  const series = new Series();
  series.addDefault(0, 5);
  expect([series.point(0, minute, "Sum"), series.eventsIn(0, minute)]).toEqual([5, []]);
  series.addDefault(10_000, 7);
  expect([series.point(0, minute, "Sum"), series.point(0, minute, "SampleCount")]).toEqual([5, 1]);
  series.add(20_000, 1, event("match"));
  expect([series.point(0, minute, "Sum"), series.point(0, minute, "Maximum")]).toEqual([1, 1]);
  series.addDefault(30_000, 5);
  series.add(40_000, 1, undefined);
  expect([series.point(0, minute, "Sum"), series.eventsIn(0, minute).map(({ id }) => id)]).toEqual([2, ["match"]]);
});
