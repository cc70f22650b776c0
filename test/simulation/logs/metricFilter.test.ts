// Proves: what a metric filter publishes for an event, and for one that lacks what it reads. Does not prove: what AWS
// publishes for those (readings `metric-value` and `missing-dimension`).
import { describe, expect, it } from "vitest";
import { readMetricFilter } from "../../../simulation/logs/metricFilter";

const filter = (transformation: Record<string, unknown>) =>
  readMetricFilter("filter", {
    logGroupName: "audit",
    pattern: '{ $.eventName = "*" }',
    metricTransformation: { namespace: "n", name: "m", value: "1", ...transformation },
  });

describe("the value", () => {
  it.each([
    ["2.5", {}, 2.5],
    ["$.size", { size: 7 }, 7],
    ["$.size", { size: "7" }, undefined],
    ["$.size", {}, undefined],
  ])("%s of %j", (value, event, expected) => expect(filter({ value }).valueOf(event)?.value).toBe(expected));
});

describe("dimensions", () => {
  const grouped = filter({ dimensions: { table: "$.t", principal: "$.who.arn" } });

  it("are in the order of their names", () => {
    expect(grouped.dimensionNames).toEqual(["principal", "table"]);
    expect(grouped.valueOf({ t: "orders", who: { arn: "eve" } })).toEqual({ value: 1, dimensions: ["eve", "orders"] });
    expect(grouped.valueOf({ t: 7, who: { arn: "eve" } })?.dimensions).toEqual(["eve", "7"]);
  });

  it.each([
    { t: "orders" },
    { who: { arn: "eve" } },
    { t: null, who: { arn: "eve" } },
    { t: ["orders"], who: { arn: "eve" } },
  ])("nothing for %j, which lacks one", (event) => expect(grouped.valueOf(event)).toBeUndefined());
});

it("a default value is a number, or none", () => {
  expect([{}, { defaultValue: "" }, { defaultValue: "0" }].map((each) => filter(each).defaultValue)).toEqual([
    undefined,
    undefined,
    0,
  ]);
});

it("names an input that is no text", () => {
  expect(() => filter({ value: 1 })).toThrow("filter, metricTransformation.value: is not a text");
});
