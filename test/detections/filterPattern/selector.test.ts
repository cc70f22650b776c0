// Proves: where paths of any length lead, what is missing on the way, and that a key is never one of JavaScript's own.
// Does not prove: AWS's reading of keys with special characters (simulation/readings.ts).
import { describe, expect, it } from "vitest";
import { compilePredicate } from "../../../detections";

const nested = (path: string[], value: unknown): unknown => path.reduceRight((inner, key) => ({ [key]: inner }), value);
const keys = ["a", "b", "c", "d", "e", "f"];

describe.each([1, 2, 3, 4, 5, 6])("a path of %i keys", (length) => {
  const path = keys.slice(0, length);
  const matches = compilePredicate(`{ $.${path.join(".")} = "x" }`);
  const missing = compilePredicate(`{ $.${path.join(".")} NOT EXISTS }`);

  it("leads to its value", () => {
    expect([matches(nested(path, "x")), matches(nested(path, "y")), missing(nested(path, "x"))]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("ends where a key is missing, or something else than an object stands", () => {
    for (let cut = 0; cut < length; cut++) {
      for (const end of [{}, { z: nested(path.slice(cut + 1), "x") }, null, "x", 1, ["x"]]) {
        const event = nested(path.slice(0, cut), end);
        expect([matches(event), missing(event)], JSON.stringify(event)).toEqual([false, true]);
      }
    }
  });
});

describe("keys are an object's own", () => {
  it.each(["length", "map", "constructor", "0", "10", "toString"])("%s", (key) => {
    const missing = compilePredicate(`{ $.a.${key} NOT EXISTS }`);
    const list = Array.from({ length: 11 }, () => "x");
    expect([missing({ a: list }), missing({ a: "text" }), missing({ a: {} })]).toEqual([true, true, true]);
    expect(missing({ a: { [key]: "x" } })).toBe(false);
  });

  it("that only begin or end like a number are plain keys", () => {
    for (const key of ["1a", "a1"]) expect(compilePredicate(`{ $.a.${key} = "x" }`)({ a: { [key]: "x" } })).toBe(true);
  });
});

it("an index leads into lists only, and not past their end", () => {
  const matches = compilePredicate('{ $.a[1].b = "x" }');
  const events = [{ a: [0, { b: "x" }] }, { a: [{ b: "x" }] }, { a: { 1: { b: "x" } } }, { a: "xx" }, { a: [0, null] }];
  expect(events.map(matches)).toEqual([true, false, false, false, false]);
});
