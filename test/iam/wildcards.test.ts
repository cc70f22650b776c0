// Proves: matching of `*` and `?` against a regular expression, the component rule of ARN operators with AWS's own example,
// the segment rule of Resource, and that `covers` never claims too much. Does not prove: what AWS does with a wildcard
// after the fifth colon of a Resource, which no page shows.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  covers,
  literalPattern,
  matches,
  matchesArn,
  matchesIgnoringCase,
  resourcePattern,
  wildcardPattern,
} from "../../iam/wildcards";

const text = (letters: string, maxLength = 12) =>
  fc.array(fc.constantFrom(...letters), { maxLength }).map((found) => found.join(""));

describe("wildcards", () => {
  it("agrees with a regular expression", () => {
    fc.assert(
      fc.property(text("ab*?:.$"), text("ab:.$*"), (pattern, value) => {
        const source = pattern.replace(/[.$]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".");
        expect(matches(wildcardPattern(pattern), value)).toBe(new RegExp(`^${source}$`, "s").test(value));
      }),
      { numRuns: 2000 },
    );
  });

  it("is not slowed down by many wildcards", () => {
    const started = performance.now();
    expect(matches(wildcardPattern(`${"*a".repeat(500)}b`), "a".repeat(2000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("takes every character of a literal for itself", () => {
    expect(matches(literalPattern("a*"), "ab")).toBe(false);
    expect(matches(literalPattern("a*"), "a*")).toBe(true);
  });

  it("ignores case where asked", () => {
    expect(matchesIgnoringCase(wildcardPattern("SNS:pub*"), "sns:Publish")).toBe(true);
    expect(matches(wildcardPattern("SNS:pub*"), "sns:Publish")).toBe(false);
  });
});

describe("ARN operators", () => {
  const pattern = "arn:aws:someservice:*:111122223333:finance/*";

  it.each([
    ["arn:aws:someservice:eu-west-1:111122223333:finance/a:b/c", true],
    // A string operator would match this: the first wildcard would reach over two components.
    ["arn:aws:someservice:eu-west-1:999999999999:store/abc:111122223333:finance/document.txt", false],
    ["arn:aws:someservice:eu-west-1:111122223333", false],
  ])("compares component by component: %s", (arn, expected) => {
    expect(matchesArn(wildcardPattern(pattern), arn)).toBe(expected);
  });

  it.each(["*", "arn:aws:sns:*"])("knows no answer for a pattern of fewer components: %s", (short) => {
    expect(matchesArn(wildcardPattern(short), "arn:aws:sns:eu-west-1:111122223333:alarms")).toBeUndefined();
  });
});

describe("Resource", () => {
  const resource = (pattern: string, arn: string) => matches(resourcePattern(wildcardPattern(pattern)), arn);

  it.each([
    ["arn:aws:s3:::bucket/*/test/*", "arn:aws:s3:::bucket/1/2/test/3/object.jpg", true],
    ["arn:aws:s3:::bucket/*/test/*", "arn:aws:s3:::bucket//test/object.jpg", true],
    ["arn:aws:s3:::bucket/*/test/*", "arn:aws:s3:::bucket/1-test/object.jpg", false],
    ["arn:aws:s3:::bucket/*/test/*", "arn:aws:s3:::bucket/test/object.jpg", false],
    ["arn:aws:sns:*", "arn:aws:sns:eu-west-1:111122223333:alarms", true],
    ["arn:aws:logs:eu-west-1:1:log-group:a*c", "arn:aws:logs:eu-west-1:1:log-group:a:b:c", true],
    ["arn:aws:sns:eu-*1:111122223333:alarms", "arn:aws:sns:eu-west-1:111122223333:alarms", true],
    ["arn:aws:sns:eu-*3:alarms", "arn:aws:sns:eu-west-1:111122223333:alarms", false],
    [
      "arn:aws:dynamodb:eu-west-1:111122223333:table/orders",
      "arn:aws:dynamodb:eu-west-1:111122223333:table/Orders",
      false,
    ],
  ])("%s and %s: %s", (pattern, arn, expected) => expect(resource(pattern, arn)).toBe(expected));
});

describe("covers", () => {
  it.each([
    ["dynamodb:*", "dynamodb:Get*", true],
    ["dynamodb:Get*", "dynamodb:*", false],
    ["dynamodb:Get?tem", "dynamodb:Get*tem", false],
    ["*", "dynamodb:*", true],
    ["dynamodb:GetItem", "dynamodb:GetItem", true],
  ])("%s covers %s: %s", (outer, inner, expected) =>
    expect(covers(wildcardPattern(outer), wildcardPattern(inner))).toBe(expected),
  );

  it("claims nothing that a value disproves", () => {
    fc.assert(
      fc.property(text("a:*?", 8), text("a:*?", 8), text("a:b"), fc.boolean(), (outer, inner, value, segments) => {
        const read = (from: string) => (segments ? resourcePattern(wildcardPattern(from)) : wildcardPattern(from));
        const disproved = matches(read(inner), value) && !matches(read(outer), value);
        expect(covers(read(outer), read(inner)) && disproved).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });
});
