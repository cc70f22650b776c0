// Proves: the compiled predicate and a second, slow reading of the same rules agree on random patterns and events, and a
// pattern means the same after printing and parsing. Does not prove: that both read AWS's page rightly (documentedExamples).
import fc from "fast-check";
import { expect, it } from "vitest";
import { compilePredicate, parseFilterPattern, printFilterPattern } from "../../../detections";
import { events, expressions, leaf } from "../support/patterns";
import { holds } from "../support/reference";

it("the compiled predicate agrees with the slow reading", () => {
  fc.assert(
    fc.property(expressions, events, (expression, event) => {
      expect(compilePredicate({ expression })(event)).toBe(holds(expression, event));
    }),
    { numRuns: 3000 },
  );
});

it("a pattern matches the same events after printing and parsing", () => {
  fc.assert(
    fc.property(leaf, events, (expression, event) => {
      const text = printFilterPattern({ expression });
      expect(compilePredicate(parseFilterPattern(text))(event), text).toBe(compilePredicate({ expression })(event));
    }),
    { numRuns: 1000 },
  );
});
