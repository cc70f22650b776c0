// Proves: no event that a pattern matches is ruled out by its call and its text, and which are. Does not prove: what patterns
// match (predicate.test.ts), nor that a pattern rules out all that it could; what it does not is only slower.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalog, compileDetection, isStateful, parseFilterPattern } from "../../../detections";
import { compilePredicate } from "../../../detections/filterPattern/predicate";
import { type Needed, neededBy, oneOf } from "../../../simulation/logs/needed";
import { events, expressions, leaf } from "../../detections/support/patterns";

const needed = (pattern: string, eventName: string) =>
  neededBy(parseFilterPattern(pattern), { eventSource: "dynamodb.amazonaws.com", eventName });
const may = (pattern: string, eventName: string) => needed(pattern, eventName) !== false;
/** Whether the event's text holds what is needed. */
const holds = (event: unknown, needed: Needed): boolean =>
  typeof needed === "boolean" ? needed : needed.some((text) => JSON.stringify(event).includes(text));

describe("an event of a call may match", () => {
  it.each<[string, string, boolean]>([
    ['{ $.eventName = "Scan" }', "Scan", true],
    ['{ $.eventName = "Scan" }', "GetItem", false],
    ['{ $.eventName = "*Execute*" && $.errorCode NOT EXISTS }', "BatchExecuteStatement", true],
    ['{ $.eventName = "*Execute*" && $.errorCode NOT EXISTS }', "GetItem", false],
    ['{ $.eventName = "Scan" || $.errorCode = "x" }', "GetItem", true],
    ['{ ($.eventName = "Scan" || $.eventName = "Query") && $.a = 1 }', "Query", true],
    ['{ $.eventName != "Scan" }', "Scan", false],
    ["{ $.eventName NOT EXISTS }", "Scan", false],
    ['{ $.eventSource = "s3.amazonaws.com" && $.a = 1 }', "Scan", false],
    ['{ $.detail.eventName = "Scan" }', "GetItem", true],
    ["{ $.a NOT EXISTS }", "GetItem", true],
    // Nothing is known of what is inside a field, or of any field.
    ['{ $.eventName.detail = "x" }', "GetItem", true],
    ['{ $.eventName[0] = "x" }', "GetItem", true],
    ['{ $.* = "x" }', "GetItem", true],
    ['{ $.*.eventName = "x" }', "GetItem", true],
    ['{ $.constructor = "x" }', "GetItem", true],
  ])("%s, %s: %s", (pattern, name, expected) => expect(may(pattern, name)).toBe(expected));
});

it("never rules out what the catalog matches", () => {
  const patterns = catalog
    .filter((each) => !isStateful(each))
    .flatMap((each) => compileDetection(each).filters.map(({ pattern }) => parseFilterPattern(pattern)));
  const names = [
    "Scan",
    "PutItem",
    "DeleteTable",
    "UpdateTable",
    "ExecuteStatement",
    "DeleteBackup",
    "ListBackups",
    "DeleteItem",
  ];
  const parameters = [null, { statement: "SELECT * FROM a" }, { deletionProtectionEnabled: false }];
  let matches = 0;
  for (const eventSource of ["dynamodb.amazonaws.com", "backup.amazonaws.com", "s3.amazonaws.com"]) {
    for (const eventName of names) {
      for (const requestParameters of parameters) {
        const event = { eventSource, eventName, requestParameters };
        for (const pattern of patterns) {
          if (!compilePredicate(pattern)(event)) continue;
          matches++;
          expect(holds(event, neededBy(pattern, event))).toBe(true);
        }
      }
    }
  }
  expect(matches).toBeGreaterThan(20);
});

describe("an event that matches holds one of", () => {
  it.each<[string, Needed]>([
    // A value, wherever it stands in its field.
    ['{ $.a = "orders" }', ["orders"]],
    ['{ $.a = "*:table/orders*" }', [":table/orders"]],
    ["{ $.a = orders }", ["orders"]],
    ['{ $.a[*].b = "x" }', ["x"]],
    ['{ $.* = "x" }', ["x"]],
    // Else the name of the field, the last one of its path.
    ['{ $.responseElements.tableArn = "*" }', ["tableArn"]],
    ['{ $.a.b != "x" }', ["b"]],
    ["{ $.a.b = 5 }", ["b"]],
    ["{ $.a.b >= 5 }", ["b"]],
    ["{ $.a.b = %x% }", ["b"]],
    ["{ $.a.b IS FALSE }", ["b"]],
    ["{ $.a.b IS NULL }", ["b"]],
    ["{ $.a.b[*] IS TRUE }", ["b"]],
    ['{ $.a.* = "*" }', ["a"]],
    // 120 is 12e1 too.
    ["{ $.a = 12* }", ["a"]],
    // JSON writes these in several ways, and says nothing of what is not there.
    ['{ $.a = "x\\"y" }', true],
    ['{ $.a = "grün" }', true],
    ["{ $.* IS TRUE }", true],
    ["{ $.a NOT EXISTS }", true],
    // Of an and the one that rules out most, of an or all of them, those aside that hold another.
    ['{ $.ab = "x" && $.cde IS TRUE }', ["cde"]],
    ['{ $.cde IS TRUE && $.ab = "x" }', ["cde"]],
    ['{ $.a NOT EXISTS && $.b = "x" }', ["x"]],
    ["{ $.a NOT EXISTS && $.b NOT EXISTS }", true],
    ['{ ($.a = "longer" || $.b = "x") && $.c = "yy" }', ["yy"]],
    ['{ $.a = "orders" || $.b = "*:table/orders" || $.c = "y" }', ["orders", "y"]],
    ['{ $.a = "orders" || $.b = "orders" }', ["orders"]],
    ['{ $.a = "orders" || $.b NOT EXISTS }', true],
    // The call is known.
    ['{ $.eventName = "Scan" && $.a = "x" }', ["x"]],
    ['{ $.eventName = "Query" && $.a = "x" }', false],
    ['{ $.eventName = "Query" || $.a = "x" }', ["x"]],
    ['{ $.eventName = "Scan" || $.a = "x" }', true],
  ])("%s: %j", (pattern, texts) => expect(needed(pattern, "Scan")).toEqual(texts));
});

it("of several needs one has to be met", () => {
  expect([oneOf([]), oneOf([false]), oneOf([false, true, ["x"]])]).toEqual([false, false, true]);
  expect(oneOf([["orders"], false, ["y", "my-orders"]])).toEqual(["orders", "y"]);
});

it("never rules out what a pattern matches", () => {
  let [matches, texts] = [0, 0];
  fc.assert(
    fc.property(fc.oneof(leaf, expressions), events, events, (expression, a, b) => {
      const event = { a, b, eventSource: "x", eventName: "y" };
      const need = neededBy({ expression }, event);
      if (!compilePredicate({ expression })(event)) return;
      matches++;
      if (typeof need !== "boolean") texts++;
      expect(holds(event, need)).toBe(true);
    }),
    { numRuns: 10_000 },
  );
  expect([matches > 100, texts > 20]).toEqual([true, true]);
});
