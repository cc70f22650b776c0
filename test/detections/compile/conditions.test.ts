// Proves: which pattern each condition becomes, and what is refused with which reason.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  absent,
  all,
  any,
  atLeast,
  atMost,
  beginsWithWord,
  CompileError,
  type Condition,
  compileDetection,
  contains,
  detectionById,
  differs,
  dynamodb,
  equals,
  isFalse,
  isTrue,
  oneOf,
  present,
  succeeded,
} from "../../../detections";
import { matches } from "../support/evaluate";

const pattern = (when: Condition): string =>
  compileDetection({ ...detectionById("table-scanned")!, id: "made-up", when }).filters[0]!.pattern;

const refusal = (when: Condition): CompileError => {
  try {
    pattern(when);
  } catch (error) {
    if (error instanceof CompileError) return error;
    throw error;
  }
  throw new Error("compiled");
};

describe("conditions", () => {
  it.each<[string, Condition, string]>([
    ["contains", contains("a", '"x:*"'), "$.a = %\\x22[Xx]:\\x2A\\x22%"],
    ["contains, of two", contains("a", "b1", "c"), "$.a = %[Bb]1|[Cc]%"],
    ["atMost", atMost("a", 5), "$.a <= 5"],
    ["equals", equals("eventName", "Scan"), '$.eventName = "Scan"'],
    ["a prefix", equals("errorCode", "AccessDenied*"), '$.errorCode = "AccessDenied*"'],
    ["text inside", equals("requestParameters.resourceArn", "*x*"), '$.requestParameters.resourceArn = "*x*"'],
    ["a number", equals("requestParameters.limit", 5), "$.requestParameters.limit = 5"],
    ["quotes", equals("userAgent", 'a"b\\'), String.raw`$.userAgent = "a\"b\\"`],
    ["differs", differs("a.b", "v"), '$.a.b NOT EXISTS || $.a.b != "v"'],
    ["differs from all", differs("a", "v", 2), '$.a NOT EXISTS || $.a != "v" && $.a != 2'],
    ["compares", atLeast("a.n", 0), "$.a.n >= 0"],
    ["isTrue", isTrue("a.b"), "$.a.b IS TRUE"],
    ["isFalse", isFalse("a.b"), "$.a.b IS FALSE"],
    ["present", present("a[*].b"), '$.a[*].b = "*"'],
    ["an element", present("a.b[0]"), '$.a.b[0] = "*"'],
    ["absent", absent("errorCode"), "$.errorCode NOT EXISTS"],
    ["absent object", absent("requestParameters"), "$.requestParameters NOT EXISTS"],
    ["beginsWithWord", beginsWithWord("a", "in", "Up"), "$.a = %^\\s*[Ii][Nn]|^\\s*[Uu][Pp]%"],
    ["nested all", all(all(present("a"), present("b")), present("c")), '$.a = "*" && $.b = "*" && $.c = "*"'],
    ["all of any", all(oneOf("a", "x", "y"), present("b")), '($.a = "x" || $.a = "y") && $.b = "*"'],
    ["any of all", any(all(present("a"), present("b")), present("c")), '$.a = "*" && $.b = "*" || $.c = "*"'],
    ["one alternative", all(any(present("a"))), '$.a = "*"'],
  ])("%s", (_, when, text) => expect(pattern(when)).toBe(`{ ${text} }`));

  it.each<[string, Condition, string]>([
    ["a * in the middle", equals("a", "x*y"), '"x*y" has a * in the middle'],
    ["a bare *", equals("a", "*"), 'Use "present"'],
    ["two *", equals("a", "**"), 'Use "present"'],
    ["any field that is absent", absent("a.*"), '"absent" on a.*'],
    ["a word of two with a space", beginsWithWord("a", "DELETE", "INSERT INTO"), "one or more words"],
    ["an element far into a known array", present("resources[12]"), "resources[12] holds an object"],
    ["an empty string", equals("a", ""), "empty string"],
    ["no number", equals("a", Number.NaN), "NaN is not a number"],
    ["a wildcard that differs", differs("resources[*].ARN", "x"), '"differs" on resources[*].ARN'],
    ["a wildcard that is absent", absent("resources[*].ARN"), '"absent" on resources[*].ARN'],
    ["differs from nothing", differs("a"), "names no value"],
    ["an empty all", all(), 'an empty "all"'],
    ["an empty any", any(), 'an empty "any"'],
    ["no word", beginsWithWord("a"), "one or more words"],
    ["a word with a space", beginsWithWord("a", "DELETE FROM"), "one or more words"],
    ["a path that is none", equals("a..b", "x"), '"a..b" is not a field path'],
    ["a colon in a path", equals("a:b", "x"), '"a:b" is not a field path'],
    ["a known object", present("userIdentity.sessionContext"), "userIdentity.sessionContext holds an object"],
    ["an element of a known array", present("resources[0]"), "resources[0] holds an object"],
    ["the parent of another field", all(present("a.b"), present("a.b.c")), "a.b holds an object"],
    ["the array of another field", all(present("a.b"), present("a.b[*].c")), "a.b holds an object"],
    ["two wildcards", present("a[*].b[*]"), "one wildcard"],
    ["four wildcards", all(...["a", "b", "c", "d"].map((f) => present(`${f}[*]`))), "3 wildcard selectors"],
    ["three expressions", all(...["a", "b", "c"].map((f) => beginsWithWord(f, "x"))), "2 regular expressions"],
  ])("refuses %s", (_, when, reason) => {
    const error = refusal(when);
    expect(error.detectionId).toBe("made-up");
    expect(error.reason).toContain(reason);
    expect([error.name, error.message]).toEqual(["CompileError", `detection made-up: ${error.reason}`]);
  });

  it("refuses more than 1,024 characters and says by how many", () => {
    const names = Array.from({ length: 60 }, (_, i) => `SomeOperation${i}`);
    const error = refusal(all(dynamodb(...names), succeeded()));
    expect(error.reason).toMatch(/^the pattern is \d+ characters over AWS's limit of 1024\./);
  });

  it("leaves out optional spaces only where the pattern would be too long", () => {
    const events = (count: number) => all(dynamodb(...Array.from({ length: count }, (_, i) => `Operation${i + 10}`)));
    expect(pattern(events(31))).toContain('$.eventName = "Operation10" || ');
    expect(pattern(events(32))).toContain('$.eventName="Operation10" || ');
  });

  it("uses all 1,024 characters before it leaves out spaces, and again before it refuses", () => {
    const filled = (length: number) => all(present("b"), equals("a", "x".repeat(length)));
    const plain = pattern(filled(1)).length - 1;
    expect(pattern(filled(1024 - plain))).toMatch(/^\{ \$\.b = .* \}$/);
    expect(pattern(filled(1024 - plain)).length).toBe(1024);
    expect(pattern(filled(1025 - plain))).toMatch(/^\{\$\.b=.*\}$/);
    const most = [...Array(20).keys()].findLast((more) => {
      try {
        return pattern(filled(1024 - plain + more)).length <= 1024;
      } catch {
        return false;
      }
    })!;
    expect(pattern(filled(1024 - plain + most)).length).toBe(1024);
  });

  it("matches exactly the events that the tree describes", () => {
    const value = fc.constantFrom("x", "y", "xy", "yx");
    const field = fc.constantFrom("a", "b");
    const leaf: fc.Arbitrary<Condition> = fc.oneof(
      fc.tuple(field, value).map(([name, text]) => equals(name, text)),
      fc.tuple(field, value).map(([name, text]) => equals(name, `${text}*`)),
      fc.tuple(field, fc.array(value, { minLength: 1, maxLength: 2 })).map(([name, texts]) => differs(name, ...texts)),
      field.map((name) => present(name)),
      field.map((name) => absent(name)),
      fc.tuple(field, value).map(([name, word]) => beginsWithWord(name, word)),
    );
    const tree = fc.letrec<{ node: Condition }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 2 },
        leaf,
        fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map((of) => all(...of)),
        fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map((of) => any(...of)),
      ),
    })).node;
    const events = fc.record({ a: value, b: value }, { requiredKeys: [] });

    fc.assert(
      fc.property(tree, events, (when, event) => {
        let text: string;
        try {
          text = pattern(when);
        } catch (error) {
          fc.pre(!(error instanceof CompileError));
          throw error;
        }
        expect(matches(text, event)).toBe(meant(when, event));
      }),
    );
  });
});

/** What a tree says, read without any pattern. */
function meant(when: Condition, event: Record<string, string>): boolean {
  if (when.kind === "all") return when.of.every((part) => meant(part, event));
  if (when.kind === "any") return when.of.some((part) => meant(part, event));
  const value = event[when.field];
  switch (when.kind) {
    case "absent":
      return value === undefined;
    case "present":
      return value !== undefined;
    case "differs":
      return value === undefined || !when.values.includes(value);
    case "beginsWithWord":
      return value !== undefined && when.words.some((word) => value.startsWith(word));
    case "equals": {
      const text = String(when.value);
      return value !== undefined && (text.endsWith("*") ? value.startsWith(text.slice(0, -1)) : value === text);
    }
    default:
      throw new Error(when.kind);
  }
}
