// Proves: which regular expressions are refused, at which offset and with which advice. Does not prove: AWS's own list.
import { describe, expect, it } from "vitest";
import { countRegexes, FilterPatternError, parseFilterPattern } from "../../../detections";

const parsed = (source: string) => parseFilterPattern(`{ $.a = %${source}% }`);
/** Offset of the first character between the `%`. */
const start = "{ $.a = %".length;

describe("taken", () => {
  it.each([
    String.raw`\x28`,
    String.raw`a\xfFb`,
    String.raw`\x2F\d`,
    String.raw`\.`,
    String.raw`^\s\t\n\S\D\W$`,
    "a{2,3}|b",
  ])("%s", (source) => expect(parsed(source).expression).toMatchObject({ value: { kind: "regex", source } }));
});

describe("refused", () => {
  it.each([
    ["a(b", 1, "for the character itself write \\x28."],
    ["a)b", 1, "for the character itself write \\x29."],
    ["ab~", 2, '"~" is not supported in a regular expression. Write \\x7E.'],
    ["a\tb", 1, '"\\t" is not supported in a regular expression. Use printable ASCII.'],
    [String.raw`ab\x2`, 2, "\\x takes two hexadecimal digits, for example \\x28."],
    [String.raw`ab\xg0`, 2, "\\x takes two hexadecimal digits, for example \\x28."],
    [String.raw`ab\xga`, 2, "\\x takes two hexadecimal digits, for example \\x28."],
    [String.raw`ab\x2g3`, 2, "\\x takes two hexadecimal digits, for example \\x28."],
    [String.raw`ab\y28`, 2, "\\y is not supported."],
    ["ab\\", 2, "\\ is not supported. Escape an operator"],
    [String.raw`ab\x0g`, 2, "\\x takes two hexadecimal digits, for example \\x28."],
    [String.raw`ab\b`, 2, "\\b is not supported. Escape an operator, or use \\d \\D \\s \\S \\w \\W or \\xhh."],
    [String.raw`ab\28`, 2, "\\2 is not supported."],
    ["a[b", 0, "the regular expression is malformed (Unterminated character class)."],
  ])("%s", (source, offset, reason) => {
    expect(() => parsed(source)).toThrow(FilterPatternError);
    try {
      parsed(source);
    } catch (error) {
      const { message, name, position } = error as FilterPatternError;
      expect([position, name]).toEqual([start + offset, "FilterPatternError"]);
      expect(message).toContain(`filter pattern, offset ${position}: `);
      expect(message).toContain(reason);
    }
  });
});

describe("countRegexes", () => {
  it.each([
    ['{ $.a = "%b%" }', 0],
    ["{ $.a = %b% }", 1],
    ['{ $.a = 1 && ($.b != %c% || ($.d = "x" && $.e = %f|g%)) }', 2],
    ["{ $.a = 5 }", 0],
    ["%ERROR%", 1],
    ["[w1=%a%, w2=%b%]", 2],
    ["plain words", 0],
  ])("%s holds %d", (pattern, count) => expect(countRegexes(pattern)).toBe(count));
});
