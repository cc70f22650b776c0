// Proves: no event that a pattern matches is ruled out by its source and name alone, and which calls are.
// Does not prove: what patterns match (predicate.test.ts).
import { describe, expect, it } from "vitest";
import { catalog, compileDetection, isStateful, parseFilterPattern } from "../../../detections";
import { compilePredicate } from "../../../detections/filterPattern/predicate";
import { mayMatch } from "../../../simulation/logs/possible";

const may = (pattern: string, eventName: string) =>
  mayMatch(parseFilterPattern(pattern), { eventSource: "dynamodb.amazonaws.com", eventName });

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
          expect(mayMatch(pattern, event as never)).toBe(true);
        }
      }
    }
  }
  expect(matches).toBeGreaterThan(20);
});
