// Proves: that a text is read, or its mistake returned; never thrown.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson, parseYaml } from "../../parsing";

const tagged = (tag: string, value: unknown) => ({ tag, value });

describe("texts", () => {
  it("become values", () => {
    expect(parseJson('{"a":[1]}')).toEqual({ value: { a: [1] } });
    expect(parseJson('{"a":1}', (key, value) => (key === "a" ? 2 : value))).toEqual({ value: { a: 2 } });
    expect(parseYaml("a: [1, !T x]\nb: !T [y, !T z]\nc: !T { d: 1 }", ["T"], tagged)).toEqual({
      value: {
        a: [1, { tag: "T", value: "x" }],
        b: { tag: "T", value: ["y", { tag: "T", value: "z" }] },
        c: { tag: "T", value: { d: 1 } },
      },
    });
  });

  it("that are wrong become problems", () => {
    expect(parseJson("{")).toEqual({ problem: expect.any(String) });
    expect(parseYaml("a: !U 1", ["T"], tagged)).toEqual({ problem: expect.stringContaining("!U") });
  });

  it("of any kind throw nothing, and JSON is read alike as both", () => {
    fc.assert(
      fc.property(fc.string(), fc.json(), (text, json) => {
        expect(Object.keys(parseJson(text))).toHaveLength(1);
        expect(Object.keys(parseYaml(text, ["T"], tagged))).toHaveLength(1);
        expect(parseJson(json)).toEqual({ value: JSON.parse(json) });
      }),
      { numRuns: 300 },
    );
  });
});
