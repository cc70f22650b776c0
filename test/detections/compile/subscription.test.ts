// Proves: a subscription lets through whatever some pattern may match, and of services that are asked about in part, that part.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compilePredicate,
  compileSubscription,
  type EventScope,
  parseFilterPattern,
  scopesOf,
} from "../../../detections";

const scopes = (...patterns: string[]) => scopesOf(patterns.map((pattern) => parseFilterPattern(pattern)));

describe("the scopes of patterns", () => {
  it.each<[string[], EventScope[] | undefined]>([
    [
      ['{ $.eventSource = "b" }', '{ $.eventSource = "a" }'],
      [{ eventSource: "a" }, { eventSource: "b" }],
    ],
    [["{ $.eventSource = a && $.userIdentity.invokedBy NOT EXISTS }"], [{ eventSource: "a", invokedBy: [null] }]],
    [
      [
        "{ $.eventSource = a && $.userIdentity.invokedBy NOT EXISTS }",
        '{ $.eventSource = a && $.userIdentity.invokedBy = "x" }',
      ],
      [{ eventSource: "a", invokedBy: [null, "x"] }],
    ],
    [["{ $.eventSource = a && $.userIdentity.invokedBy NOT EXISTS }", "{ $.eventSource = a }"], [{ eventSource: "a" }]],
    [["{ $.eventSource = a && $.userIdentity.invokedBy = x* }"], [{ eventSource: "a" }]],
    [["{ $.eventSource = a && ($.userIdentity.invokedBy NOT EXISTS || $.n = 1) }"], [{ eventSource: "a" }]],
    [["{ $.n = 1 }"], undefined],
  ])("%j", (patterns, expected) => expect(scopes(...patterns)).toEqual(expected));
});

it("a subscription lets through every event of its scopes but those of the roles", () => {
  const values = fc.constantFrom("a", "b", "c");
  const invoker = fc.option(fc.constantFrom("x", "y"), { nil: null });
  const scope = fc.record({
    eventSource: values,
    invokedBy: fc.option(fc.uniqueArray(invoker, { minLength: 1 }), { nil: undefined }),
  });
  const list = fc.uniqueArray(scope, { minLength: 1, selector: ({ eventSource }) => eventSource });
  fc.assert(
    fc.property(list, values, invoker, fc.boolean(), (asked, eventSource, invokedBy, isOwn) => {
      const matches = compilePredicate(compileSubscription(asked, ["arn:role"]));
      const userIdentity = {
        ...(invokedBy !== null && { invokedBy }),
        ...(isOwn && { sessionContext: { sessionIssuer: { arn: "arn:role" } } }),
      };
      const found = asked.find((each) => each.eventSource === eventSource);
      const isAsked = found !== undefined && (found.invokedBy === undefined || found.invokedBy.includes(invokedBy));
      expect(matches({ eventSource, userIdentity })).toBe(isAsked && !isOwn);
    }),
  );
});
