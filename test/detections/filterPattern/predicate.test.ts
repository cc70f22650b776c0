// Proves: the field semantics of filter patterns, case by case, and that the compiled predicate agrees with a slow reading of
// the tree. Does not prove: AWS's answer where simulation/readings.ts names a reading.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Expression } from "../../../detections";
import { compilePredicate } from "../../../detections/filterPattern/predicate";

const matches = (pattern: string, event: unknown): boolean => compilePredicate(pattern)(event);

describe("a field that is missing", () => {
  it.each([
    '$.a = "x"',
    '$.a != "x"',
    "$.a = 1",
    "$.a != 1",
    "$.a < 1",
    "$.a >= 1",
    "$.a = %x%",
    "$.a != %x%",
    '$.a = "*"',
    "$.a IS NULL",
    "$.a IS TRUE",
    "$.a IS FALSE",
    '$.a[0] = "x"',
    '$.a[*] != "x"',
    '$.a.* != "x"',
    '$.a.b != "x"',
  ])("%s does not match", (condition) => {
    expect(matches(`{ ${condition} }`, {})).toBe(false);
    expect(matches(`{ ${condition} }`, "text")).toBe(false);
    expect(matches(`{ ${condition} }`, null)).toBe(false);
  });

  it.each(["$.a NOT EXISTS", "$.a.b NOT EXISTS", "$.a[0] NOT EXISTS", "$.a[*] NOT EXISTS", "$.a[*].b NOT EXISTS"])(
    "%s matches",
    (condition) => expect(matches(`{ ${condition} }`, {})).toBe(true),
  );
});

describe("objects and arrays", () => {
  it.each(['$.a = "*"', '$.a != "x"', "$.a != 1", "$.a = *", "$.a = %x%", "$.a IS NULL", "$.a NOT EXISTS"])(
    "%s matches neither",
    (condition) => {
      expect(matches(`{ ${condition} }`, { a: { b: "x" } })).toBe(false);
      expect(matches(`{ ${condition} }`, { a: ["x"] })).toBe(false);
    },
  );
});

describe("null", () => {
  it.each([
    ["$.a IS NULL", true],
    ["$.a NOT EXISTS", false],
    ['$.a = "*"', false],
    ['$.a != "x"', false],
    ["$.a != 1", false],
    ["$.a.b NOT EXISTS", true],
    ['$.a.b != "x"', false],
  ])("%s: %s", (condition, answer) => expect(matches(`{ ${condition} }`, { a: null })).toBe(answer));
});

describe("texts", () => {
  it.each([
    ['"abc"', ["abc"], ["abcd", "Abc", ""]],
    ['"abc*"', ["abc", "abcd"], ["xabc"]],
    ['"*abc"', ["abc", "xabc"], ["abcx"]],
    ['"*b*"', ["abc", "b"], ["ac"]],
    ['"*"', ["", "x"], []],
    ['"a*c"', ["a*c"], ["abc"]],
    ['"a\\"b"', ['a"b'], ["ab"]],
    ["abc", ["abc"], ["abcd"]],
    ["kms.amazonaws.com", ["kms.amazonaws.com"], ["kmsxamazonaws.com"]],
  ])("= %s", (value, equal, others) => {
    const is = compilePredicate(`{ $.f = ${value} }`);
    const isNot = compilePredicate(`{ $.f != ${value} }`);
    expect(equal.filter((f) => !is({ f }) || isNot({ f }))).toEqual([]);
    expect(others.filter((f) => is({ f }) || !isNot({ f }))).toEqual([]);
  });

  it("a text in quotes is not a number, and a number no text", () => {
    expect(matches('{ $.f = "5" }', { f: 5 })).toBe(false);
    expect(matches('{ $.f = "*" }', { f: 5 })).toBe(false);
    expect(matches("{ $.f = 5 }", { f: "5" })).toBe(false);
    for (const comparison of ["< 6", "<= 6", "> 4", ">= 4"]) {
      expect(matches(`{ $.f ${comparison} }`, { f: "5" }), comparison).toBe(false);
      expect(matches(`{ $.f ${comparison} }`, { f: [5] }), comparison).toBe(false);
      expect(matches(`{ $.f ${comparison} }`, { f: 5 }), comparison).toBe(true);
    }
    expect(matches('{ $.f != "5" }', { f: 5 })).toBe(true);
    expect(matches("{ $.f != 5 }", { f: "5" })).toBe(true);
  });

  it("a wildcard without quotes is for numbers too", () => {
    expect(matches("{ $.f = 40* }", { f: 404 })).toBe(true);
    expect(matches("{ $.f = 40* }", { f: 500 })).toBe(false);
    expect(matches("{ $.f != 40* }", { f: 404 })).toBe(false);
    expect(matches("{ $.f = * }", { f: true })).toBe(false);
  });
});

describe("booleans", () => {
  it.each([
    ["$.f IS TRUE", true, true],
    ["$.f IS TRUE", false, false],
    ["$.f IS FALSE", false, true],
    ["$.f IS FALSE", true, false],
    ["$.f IS TRUE", "true", false],
    ["$.f IS FALSE", 0, false],
    ['$.f = "true"', true, false],
    ['$.f != "x"', true, true],
  ])("%s with %s: %s", (condition, f, answer) => expect(matches(`{ ${condition} }`, { f })).toBe(answer));
});

describe("selectors", () => {
  const event = {
    list: [{ arn: "a" }, { arn: "b" }, null, 7],
    map: { x: { v: 1 }, y: { v: 2 } },
    "key.with.dot": "dotted",
    length: "field",
    constructor: "own",
    "0": "zero",
    nested: [["deep"]],
  };

  it.each([
    ['$.list[1].arn = "b"', true],
    ['$.list[*].arn = "b"', true],
    ['$.list[*].arn = "c"', false],
    ['$.list[*].arn != "a"', true],
    ["$.list[*] = 7", true],
    ["$.list[*] IS NULL", true],
    ["$.list[9] NOT EXISTS", true],
    ['$.list.arn = "a"', false],
    ["$.map.*.v = 2", true],
    ["$.map.*.v > 2", false],
    ["$.map.*.v NOT EXISTS", false],
    ["$.map.*.w NOT EXISTS", true],
    ["$.map[*].v = 2", false],
    ["$.list.*.arn NOT EXISTS", true],
    ["$.['key.with.dot'] = \"dotted\"", true],
    ['$.key.with.dot = "dotted"', false],
    ['$.nested[0][0] = "deep"', true],
    // Names that JavaScript gives to every object or array.
    ['$.length = "field"', true],
    ["$.list.length NOT EXISTS", true],
    ['$.constructor = "own"', true],
    ["$.map.constructor NOT EXISTS", true],
    ["$.toString NOT EXISTS", true],
    ["$.list.['0'] NOT EXISTS", true],
    ["$.['0'] = \"zero\"", true],
    ["$.list.map NOT EXISTS", true],
  ])("%s: %s", (condition, answer) => expect(matches(`{ ${condition} }`, event)).toBe(answer));
});

it("an `||` over many values of one field is a look-up", () => {
  const pattern = compilePredicate('{ $.n = "A" || $.n = "B" || $.n = "C*" || $.m = "A" || $.n = 1 }');
  expect([{ n: "A" }, { n: "B" }, { n: "Cx" }, { m: "A" }, { n: 1 }].map(pattern)).toEqual(Array(5).fill(true));
  expect([{ n: "C" }, { n: "D" }, { m: "B" }, { n: ["A"] }, {}].map(pattern)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

it("an `||` of texts with and without a * keeps what the * means", () => {
  const pattern = compilePredicate('{ $.n = "*A" || $.n = "B" || $.n = "*C*" || $.n = "D" }');
  expect(["xA", "B", "xCx", "D"].map((n) => pattern({ n }))).toEqual([true, true, true, true]);
  expect(["Ax", "*A", "xB", "*C"].map((n) => pattern({ n }))).toEqual([false, true, false, true]);
});

it("refuses what AWS refuses, with the position", () => {
  expect(() => compilePredicate("{ $.a EXISTS }")).toThrow("filter pattern, offset 6");
});

describe("and, or", () => {
  const fields = ["a", "b", "c"] as const;
  const leaf: fc.Arbitrary<Expression> = fc.constantFrom(...fields).map((name) => ({
    kind: "isTrue",
    selector: { steps: [{ kind: "key", name }], position: 0 },
    position: 0,
  }));
  const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc
        .tuple(fc.constantFrom("and" as const, "or" as const), fc.array(tie("tree"), { minLength: 2, maxLength: 4 }))
        .map(([kind, of]) => ({ kind, of, position: 0 })),
    ),
  }));
  const truth = (expression: Expression, event: Record<string, boolean>): boolean => {
    if (expression.kind === "and") return expression.of.every((operand) => truth(operand, event));
    if (expression.kind === "or") return expression.of.some((operand) => truth(operand, event));
    const { selector } = expression as Exclude<Expression, { of: unknown }>;
    const [step] = selector.steps;
    return event[(step as { name: string }).name]!;
  };

  it("agree with a truth table", () => {
    const event = fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean() });
    fc.assert(
      fc.property(tree, event, (expression, event) => {
        expect(compilePredicate({ expression })(event)).toBe(truth(expression, event));
      }),
    );
  });
});
