// Proves: printing and reading are each other's inverse, in both styles, and the parser fails in one way only.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  FilterPatternError,
  maxPatternLength,
  parseFilterPattern,
  printFilterPattern,
} from "../../../detections/filterPattern";
import { expressions, withoutPositions } from "./tree";

describe("printFilterPattern", () => {
  it.each([false, true])("gives back the tree that it was given (compact: %s)", (compact) => {
    fc.assert(
      fc.property(expressions, (expression) => {
        const text = printFilterPattern({ expression }, { compact });
        fc.pre(text.length <= maxPatternLength);
        expect(withoutPositions(parseFilterPattern(text).expression)).toEqual(withoutPositions(expression));
      }),
    );
  });

  it.each([
    ['{($.a="x")&&(($.b NOT EXISTS)||($.b!="y"))}', '{ $.a = "x" && ($.b NOT EXISTS || $.b != "y") }'],
    ["{ $.a.['b.c'][0].* = 1e3||$.d[*]=%^x% }", "{ $.a.['b.c'][0].* = 1e3 || $.d[*] = %^x% }"],
    [String.raw`{ $.a = "\"\\" }`, String.raw`{ $.a = "\"\\" }`],
  ])("%s in canonical form", (text, canonical) => {
    expect(printFilterPattern(parseFilterPattern(text))).toBe(canonical);
  });

  it("leaves out spaces around operators when compact", () => {
    const pattern = parseFilterPattern('{ $.a = "x" && $.b NOT EXISTS }');
    expect(printFilterPattern(pattern, { compact: true })).toBe('{$.a="x" && $.b NOT EXISTS}');
  });
});

describe("parseFilterPattern on any text", () => {
  const fragments = [
    "{",
    "}",
    "(",
    ")",
    "$.a",
    "$.b[*]",
    " = ",
    "!=",
    ">",
    '"x"',
    "5",
    "%r%",
    " IS TRUE",
    " NOT EXISTS",
    "&&",
    "||",
    "'",
    "\\",
    " ",
  ];

  it("reads it or throws a FilterPatternError with a place inside the text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(fc.constantFrom(...fragments)).map((parts) => `{${parts.join("")}}`),
          fc.string(),
        ),
        (text) => {
          try {
            const printed = printFilterPattern(parseFilterPattern(text));
            expect(printFilterPattern(parseFilterPattern(printed))).toBe(printed);
          } catch (error) {
            expect(error).toBeInstanceOf(FilterPatternError);
            const { position } = error as FilterPatternError;
            expect(position >= 0 && position <= text.length).toBe(true);
          }
        },
      ),
    );
  });
});
