// Proves: what counts as one removal in settings, lists, patterns and policies, and that each removal takes out just that.
// Does not prove: that anything notices (`npm run test:removal`).
import { describe, expect, it } from "vitest";
import { removalsIn } from "./removals";

const whats = (inputs: Record<string, unknown>) => removalsIn(inputs).map(({ what }) => what);
const without = (inputs: Record<string, unknown>, what: string) =>
  removalsIn(inputs).find((removal) => removal.what === what)?.inputs;

describe("removals", () => {
  it("are settings, entries of lists by their names, and members", () => {
    const inputs = { on: true, selectors: [{ name: "a", fields: [{ field: "f", equals: ["x", "y"] }] }] };
    expect(whats(inputs)).toEqual([
      "on",
      "selectors",
      "selectors[a]",
      "selectors[a].name",
      "selectors[a].fields",
      "selectors[a].fields[f]",
      "selectors[a].fields[f].field",
      "selectors[a].fields[f].equals",
      "selectors[a].fields[f].equals[x]",
      "selectors[a].fields[f].equals[y]",
    ]);
    expect(without(inputs, "on")).toEqual({ selectors: inputs.selectors });
    expect(without(inputs, "selectors[a].fields[f].equals[x]")).toEqual({
      on: true,
      selectors: [{ name: "a", fields: [{ field: "f", equals: ["y"] }] }],
    });
  });

  it("are operands of a pattern, at every depth", () => {
    const inputs = { pattern: '{ $.a = "1" && ($.b = "2" || $.c IS TRUE && $.d NOT EXISTS) && $.a = "1" }' };
    expect(removalsIn(inputs).map(({ what, inputs }) => [what, inputs["pattern"]])).toEqual([
      ["pattern", undefined],
      ['pattern: $.a = "1"', '{ ($.b = "2" || $.c IS TRUE && $.d NOT EXISTS) && $.a = "1" }'],
      ['pattern: $.b = "2" || $.c IS TRUE && $.d NOT EXISTS', '{ $.a = "1" && $.a = "1" }'],
      ['pattern: $.b = "2"', '{ $.a = "1" && ($.c IS TRUE && $.d NOT EXISTS) && $.a = "1" }'],
      ["pattern: $.c IS TRUE && $.d NOT EXISTS", '{ $.a = "1" && $.b = "2" && $.a = "1" }'],
      ["pattern: $.c IS TRUE", '{ $.a = "1" && ($.b = "2" || $.d NOT EXISTS) && $.a = "1" }'],
      ["pattern: $.d NOT EXISTS", '{ $.a = "1" && ($.b = "2" || $.c IS TRUE) && $.a = "1" }'],
      ['pattern: $.a = "1" (2)', '{ $.a = "1" && ($.b = "2" || $.c IS TRUE && $.d NOT EXISTS) }'],
    ]);
  });

  it("are statements, actions and conditions of a policy", () => {
    const first = {
      Sid: "A",
      Action: ["x:a", "x:b"],
      Condition: { StringEquals: { k: "1", l: "2" }, Bool: { m: "3" } },
    };
    const second = { Action: "x:c" };
    const inputs = { policy: JSON.stringify({ Statement: [first, second] }) };
    const left = (what: string) => JSON.parse(without(inputs, what)!["policy"] as string).Statement;
    expect(whats(inputs)).toEqual([
      "policy",
      "policy[A]",
      "policy[A] x:a",
      "policy[A] x:b",
      "policy[A] StringEquals k",
      "policy[A] StringEquals l",
      "policy[A] Bool m",
      "policy[1]",
    ]);
    expect(left("policy[A]")).toEqual([second]);
    expect(left("policy[A] x:a")).toEqual([{ ...first, Action: ["x:b"] }, second]);
    expect(left("policy[A] StringEquals k")[0].Condition).toEqual({ StringEquals: { l: "2" }, Bool: { m: "3" } });
    expect(left("policy[A] Bool m")[0].Condition).toEqual({ StringEquals: { k: "1", l: "2" } });
  });
});
