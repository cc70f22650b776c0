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
    expect(filter({ dimensions: { b: "$.b", c: "$.c", a: "$.a" } }).dimensionNames).toEqual(["a", "b", "c"]);
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

describe("an input that is no text is named", () => {
  const inputs = {
    logGroupName: "audit",
    pattern: "{ $.a = 1 }",
    metricTransformation: { namespace: "n", name: "m", value: "1" },
  };

  it.each([
    ["logGroupName", { ...inputs, logGroupName: undefined }],
    ["pattern", { ...inputs, pattern: 5 }],
    ["metricTransformation.namespace", { ...inputs, metricTransformation: { name: "m", value: "1" } }],
    ["metricTransformation.name", { ...inputs, metricTransformation: { namespace: "n", value: "1" } }],
    ["metricTransformation.value", { ...inputs, metricTransformation: { namespace: "n", name: "m", value: 1 } }],
    ["metricTransformation.value", { ...inputs, metricTransformation: undefined }],
    [
      "metricTransformation.dimensions.table",
      { ...inputs, metricTransformation: { ...inputs.metricTransformation, dimensions: { table: null } } },
    ],
  ])("%s", (key, wrong) => expect(() => readMetricFilter("filter", wrong)).toThrow(`filter, ${key}: is not a text`));

  it.each([
    ["metricTransformation.value", { value: "many" }, '"many" is neither a number nor a selector such as $.size'],
    ["metricTransformation.value", { value: "" }, '"" is neither a number nor a selector such as $.size'],
    ["metricTransformation.value", { value: "$.a b" }, "filter pattern, offset 3: expected the end of the selector"],
    ["metricTransformation.value", { value: "$.a[*]" }, "a wildcard step (anyElement) leads to no single value"],
    ["metricTransformation.dimensions.d", { dimensions: { d: "a" } }, "expected a selector, which starts with $."],
    ["metricTransformation.dimensions.d", { dimensions: { d: "$.a.*" } }, "leads to no single value"],
  ])("and %s %j is refused", (key, transformation, reason) => {
    expect(() => filter(transformation)).toThrow(`filter, ${key}: `);
    expect(() => filter(transformation)).toThrow(reason);
  });

  it("and the filter goes by its physical name, else by the logical one", () => {
    expect(readMetricFilter("filter", inputs).name).toBe("filter");
    expect(readMetricFilter("filter", { ...inputs, name: "physical" }).name).toBe("physical");
  });
});
