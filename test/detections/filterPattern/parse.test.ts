// Proves: which patterns the parser takes, what it makes of them, and where and why it refuses the others.
// Does not prove: that AWS takes the same ones. The tables follow the CloudWatch Logs user guide.
import { describe, expect, it } from "vitest";
import { FilterPatternError, parseFilterPattern, parseSelector } from "../../../detections/filterPattern";
import { withoutPositions } from "./tree";

const parsed = (text: string) => withoutPositions(parseFilterPattern(text).expression);
const key = (name: string) => ({ kind: "key", name });
const selector = (...steps: object[]) => ({ steps });
const f = selector(key("f"));

describe("values and operators", () => {
  it.each([
    ['{ $.f = "a b" }', "=", { kind: "string", text: "a b", quoted: true }],
    ['{ $.f != "a" }', "!=", { kind: "string", text: "a", quoted: true }],
    ['{$.f="a"}', "=", { kind: "string", text: "a", quoted: true }],
    [
      String.raw`{ $.f = "say \"hi\" \\ there" }`,
      "=",
      { kind: "string", text: String.raw`say "hi" \ there`, quoted: true },
    ],
    ['{ $.f = "" }', "=", { kind: "string", text: "", quoted: true }],
    ['{ $.f = "}) && ||" }', "=", { kind: "string", text: "}) && ||", quoted: true }],
    ["{ $.f = UpdateTrail }", "=", { kind: "string", text: "UpdateTrail", quoted: false }],
    ["{ $.f != 123.123.* }", "!=", { kind: "string", text: "123.123.*", quoted: false }],
    ["{ $.f = kms.amazonaws.com }", "=", { kind: "string", text: "kms.amazonaws.com", quoted: false }],
    ["{ $.f = * }", "=", { kind: "string", text: "*", quoted: false }],
    ["{ $.f = true }", "=", { kind: "string", text: "true", quoted: false }],
    ["{ $.f = 400}", "=", { kind: "number", value: 400, text: "400" }],
    ["{ $.f > +1000 }", ">", { kind: "number", value: 1000, text: "+1000" }],
    ["{ $.f < -5 }", "<", { kind: "number", value: -5, text: "-5" }],
    ["{ $.f <= 55.5 }", "<=", { kind: "number", value: 55.5, text: "55.5" }],
    ["{ $.f >= 1e-3 }", ">=", { kind: "number", value: 0.001, text: "1e-3" }],
    ["{ $.f = 1e+3 }", "=", { kind: "number", value: 1000, text: "1e+3" }],
    ['{ $.f = "ü € \ud83d\ude00" }', "=", { kind: "string", text: "ü € \ud83d\ude00", quoted: true }],
    ["{ $.f = 10e-3 }", "=", { kind: "number", value: 0.01, text: "10e-3" }],
    ["{ $.f != -1.5e+2 }", "!=", { kind: "number", value: -150, text: "-1.5e+2" }],
    ["{\t$.f\r\n!=\t5\n}", "!=", { kind: "number", value: 5, text: "5" }],
    // Only a small e makes an exponent.
    ["{ $.f = 1E3 }", "=", { kind: "string", text: "1E3", quoted: false }],
    ["{ $.f = %Trail% }", "=", { kind: "regex", source: "Trail" }],
    ["{ $.f != %^[hc]at$% }", "!=", { kind: "regex", source: "^[hc]at$" }],
  ])("%s", (text, operator, value) => {
    expect(parsed(text)).toEqual({ kind: "comparison", selector: f, operator, value });
  });

  it.each([
    ["{ $.f IS NULL }", "isNull"],
    ["{ $.f IS TRUE }", "isTrue"],
    ["{ $.f IS FALSE }", "isFalse"],
    ["{ $.f NOT EXISTS }", "notExists"],
  ])("%s", (text, kind) => expect(parsed(text)).toEqual({ kind, selector: f }));
});

describe("selectors", () => {
  it.each([
    ["$.a.b", [key("a"), key("b")]],
    ["$.a-b_c", [key("a-b_c")]],
    ["$.a[0]", [key("a"), { kind: "index", index: 0 }]],
    ["$.a[0][12].b", [key("a"), { kind: "index", index: 0 }, { kind: "index", index: 12 }, key("b")]],
    ["$.a[*].b", [key("a"), { kind: "anyElement" }, key("b")]],
    ["$.a.*", [key("a"), { kind: "anyField" }]],
    ["$.*", [{ kind: "anyField" }]],
    ["$.['cluster.name']", [key("cluster.name")]],
    ["$.['a b:c\"$*é']", [key('a b:c"$*é')]],
    ["$.a.['b.c'].d[*]", [key("a"), key("b.c"), key("d"), { kind: "anyElement" }]],
  ])("%s", (text, steps) => expect(withoutPositions(parseSelector(text))).toEqual({ steps }));
});

describe("compounds", () => {
  const test = (name: string) => ({ kind: "isNull", selector: selector(key(name)) });
  const [a, b, c] = [test("a"), test("b"), test("c")];

  it.each([
    ["{ $.a IS NULL || $.b IS NULL && $.c IS NULL }", { kind: "or", of: [a, { kind: "and", of: [b, c] }] }],
    ["{ ($.a IS NULL || $.b IS NULL) && $.c IS NULL }", { kind: "and", of: [{ kind: "or", of: [a, b] }, c] }],
    ["{ $.a IS NULL && $.b IS NULL && $.c IS NULL }", { kind: "and", of: [a, b, c] }],
    ["{ ($.a IS NULL && $.b IS NULL) && $.c IS NULL }", { kind: "and", of: [{ kind: "and", of: [a, b] }, c] }],
    ["{(($.a IS NULL))||($.b IS NULL)}", { kind: "or", of: [a, b] }],
    ["\n{\n\t$.a IS NULL\n}\n", a],
  ])("%s", (text, expected) => expect(parsed(text)).toEqual(expected));

  it("gives every node its place in the text", () => {
    expect(parseFilterPattern('{ $.a = 1 && ($.b = "x") }').expression).toEqual({
      kind: "and",
      position: 2,
      of: [
        {
          kind: "comparison",
          position: 2,
          selector: { steps: [key("a")], position: 2 },
          operator: "=",
          value: { kind: "number", value: 1, text: "1", position: 8 },
        },
        {
          kind: "comparison",
          position: 14,
          selector: { steps: [key("b")], position: 14 },
          operator: "=",
          value: { kind: "string", text: "x", quoted: true, position: 20 },
        },
      ],
    });
  });
});

describe("refusals", () => {
  it.each([
    ["ERROR", 0, 'Write { $.field = "value" }'],
    ["[ip, user]", 0, "not a pattern for JSON events"],
    ["", 0, "not a pattern for JSON events"],
    ["{ }", 2, 'found "}"'],
    ["{ $.a = 1", 9, "expected &&, || or }, found the end"],
    ["{ $.a = us", 10, "expected &&, || or }, found the end"],
    ["{ $.a =", 7, "expected a value, found the end"],
    ["{ ($.a = 1 $.b = 2) }", 11, 'expected &&, || or ), found "$"'],
    ["{ ($.a = 1", 2, "this ( is not closed"],
    ["{ $.a\u00a0= 1 }", 5, "found U+00A0"],
    ["{ $.a =\u20031 }", 7, "found U+2003"],
    ["{ $.a = 1\u200b}", 9, "found U+200B"],
    ["{ $.a = x\u00a0}", 8, "needs double quotes"],
    ["\ufeff{ $.a = 1 }", 0, "not a pattern for JSON events"],
    ["{ $.ä = 1 }", 4, "letters, digits, - and _"],
    ["{ $.a = ä }", 8, 'expected a value, found "ä"'],
    ['{ $.a = "x"y }', 11, 'expected &&, || or }, found "y"'],
    ['{ $.a = "x" || }', 15, "expected a selector"],
    ["{ && $.a = 1 }", 2, "expected a selector"],
    ["{ () }", 3, "expected a selector"],
    ["{ $.a = 1 }}", 11, "after the closing }"],
    ["{{ $.a = 1 }", 1, "expected a selector"],
    ["{ $.a[0]1=2 }", 8, "expected an operator"],
    ["{ $.a = 1 AND $.b = 2 }", 10, "expected &&, || or }"],
    ["{ $.a != != 1 }", 9, "expected a value"],
    ["{ $.a =! 1 }", 7, "expected a value"],
    ["{ $.a => 1 }", 7, "expected a value"],
    ["{ $.a = 1 } x", 12, "after the closing }"],
    ["{ $.a = 1 $.b = 2 }", 10, "expected &&, || or }"],
    ["{ $.a = 1 & $.b = 2 }", 10, "expected &&, || or }"],
    ["{ $.a = 1 && }", 13, "expected a selector"],
    ["{ ($.a = 1 }", 2, "this ( is not closed"],
    ["{ !($.a = 1) }", 2, "Write != in the comparison, or NOT EXISTS"],
    ["{ NOT $.a = 1 }", 2, "expected a selector"],
    ["{ a = 1 }", 2, "expected a selector"],
    ["{ $a = 1 }", 3, "starts with $."],
    ["{ $[0] = 1 }", 3, "starts with $."],
    ["{ $. = 1 }", 4, "letters, digits, - and _"],
    ["{ $.a. = 1 }", 6, "letters, digits, - and _"],
    ["{ $.a[] = 1 }", 6, "[0], or [*]"],
    ["{ $.a[-1] = 1 }", 6, "[0], or [*]"],
    ["{ $.a[1 = 1 }", 7, "expected ]"],
    ["{ $.a:b = 1 }", 5, "expected an operator"],
    ['{ $.["a.b"] = 1 }', 5, "takes single quotes: $.['the.key']"],
    ["{ $.a['b'] = 1 }", 6, "follows a dot"],
    ['{ $.a["b"] = 1 }', 6, "follows a dot"],
    ["{ $.['a'x = 1 }", 8, 'expected ], found "x"'],
    ["{ $.['a'b'] = 1 }", 8, 'expected ], found "b"'],
    ["{ $.['a.b = 1 }", 5, "this key is not closed"],
    ["{ $.[''] = 1 }", 6, "the key between the quotes is empty"],
    ["{ $.[0] = 1 }", 5, "An index follows a name"],
    ["{ $.a[*].b[*] = 1 }", 2, "one wildcard"],
    ["{ $.*.b[*] = 1 }", 2, "one wildcard"],
    ["{ $.a[*] = 1 || $.b[*] = 1 || $.c.* = 1 || $.d[*] = 1 }", 43, "3 wildcard selectors"],
    ["{ $.a = 'x' }", 8, "double quotes"],
    ['{ $.a = "x }', 8, "this string is not closed"],
    [String.raw`{ $.a = "\n" }`, 9, "escapes"],
    ["{ $.a = us-east-1 }", 8, "needs double quotes"],
    ["{ $.a = arn:aws }", 8, "needs double quotes"],
    ["{ $.a = }", 8, "expected a value"],
    ["{ $.a == 1 }", 6, "Write =."],
    ["{ $.a <> 1 }", 6, "Write !=."],
    ['{ $.a > "5" }', 8, "compares numbers"],
    ["{ $.a >= %5% }", 9, "compares numbers"],
    ["{ $.a EXISTS }", 6, 'Write $.a = "*"'],
    ["{ $.a IS NOT NULL }", 6, "IS NOT is not supported"],
    ["{ $.a IS EMPTY }", 6, "IS EMPTY is not a test"],
    ["{ $.a IS EXISTS }", 6, "IS EXISTS is not a test"],
    ["{ $.a NOT NOT }", 6, "NOT NOT is not a test"],
    ["{ $.a IS }", 6, "IS is not a test"],
    ["{ $.a isnt 1 }", 6, '"isnt" is not an operator'],
    ["{ $.a basis 1 }", 6, '"basis" is not an operator'],
    ["{ $.a IS NULL1 }", 13, "expected &&, || or }"],
    ["{ $.a is null }", 6, "in capitals"],
    ["{ $.a NOT NULL }", 6, "NOT NULL is not a test"],
    ['{ $.a LIKE "x" }', 6, '"LIKE" is not an operator'],
    ["{ $.a = %% }", 9, "is empty"],
    ["{ $.a = %x }", 8, "not closed"],
    ["{ $.a = %something!% }", 18, "Write \\x21"],
    ["{ $.a = %a(b)% }", 10, "groups ( ) are not supported"],
    ["{ $.a = %ü% }", 9, "printable ASCII"],
    [String.raw`{ $.a = %\b% }`, 9, "is not supported"],
    [String.raw`{ $.a = %\x2% }`, 9, "two hexadecimal digits"],
    ["{ $.a = %[a% }", 9, "malformed"],
    ["{ $.a = %*a% }", 9, "malformed"],
    ["{ $.a = %a% || $.b = %b% || $.c = %c% }", 34, "2 regular expressions"],
  ])("%s", (text, position, reason) => {
    const error = refusal(text);
    expect({ position: error.position, reason: error.reason }).toEqual({
      position,
      reason: expect.stringContaining(reason),
    });
  });

  it("takes 1,024 characters and refuses one more", () => {
    const of = (length: number) => `{ $.a = "${"x".repeat(length - 12)}" }`;
    expect(of(1024)).toHaveLength(1024);
    expect(parseFilterPattern(of(1024)).expression.kind).toBe("comparison");
    expect(refusal(of(1025))).toMatchObject({
      position: 1024,
      reason: expect.stringContaining("1025 characters, AWS allows 1024"),
    });
  });

  it.each([
    ["a", 0, "expected a selector, which starts with $."],
    ["", 0, "expected a selector, which starts with $., found the end"],
    ["$.a b", 3, 'expected the end of the selector, found " "'],
    ["$.a = 1", 3, "expected the end of the selector"],
  ])("selector %j", (text, position, reason) => {
    expect(() => parseSelector(text)).toThrow(FilterPatternError);
    expect(() => parseSelector(text)).toThrow(`offset ${position}: ${reason}`);
  });

  it("takes as many parentheses as fit", () => {
    const depth = 500;
    expect(parsed(`{${"(".repeat(depth)}$.a = 1${")".repeat(depth)}}`)).toMatchObject({ kind: "comparison" });
    expect(refusal(`{${"(".repeat(depth)}$.a = 1${")".repeat(depth - 1)}}`)).toMatchObject({
      position: 1,
      reason: "this ( is not closed.",
    });
  });

  it("takes three wildcards and two regular expressions", () => {
    expect(parsed("{ $.a[*] = 1 || $.b[*] = %b% || $.c.* = %c% }")).toMatchObject({ kind: "or" });
  });
});

function refusal(text: string): FilterPatternError {
  try {
    parseFilterPattern(text);
  } catch (error) {
    if (error instanceof FilterPatternError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}
