import fc from "fast-check";
import type { Expression, Selector, Value } from "../../../detections";

const names = fc.constantFrom("a", "b", "length", "constructor");
const scalars = fc.constantFrom("", "x", "xy", "yx", "a*b", "12", 0, 1, 12, -1.5, true, false, null);
/** Any JSON, of few names and values, so that patterns match some. */
export const { value: events } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalars,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(names, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

type Step = Selector["steps"][number];
const key: fc.Arbitrary<Step> = names.map((name) => ({ kind: "key", name }));
const wildcard: fc.Arbitrary<Step> = fc.constantFrom({ kind: "anyElement" }, { kind: "anyField" });
const step = fc.oneof(
  { weight: 3, arbitrary: key },
  fc.integer({ min: 0, max: 2 }).map((index): Step => ({ kind: "index", index })),
);
/** A selector starts with a name or `.*`, and holds one wildcard at most. */
const selector: fc.Arbitrary<Selector> = fc
  .tuple(key, fc.array(step, { maxLength: 2 }), fc.option(wildcard, { freq: 2, nil: undefined }))
  .map(([first, rest, any]) => ({ steps: any ? [first, any, ...rest] : [first, ...rest], position: 0 }));

const value: fc.Arbitrary<Value> = fc.oneof(
  fc
    .constantFrom("x", "x*", "*x", "*y*", "*", "a*b", "1*", "*2", "", "12")
    .map((text): Value => ({ kind: "string", text, quoted: true, position: 0 })),
  fc
    .constantFrom("x", "x*", "*x", "*", "1*", "*2")
    .map((text): Value => ({ kind: "string", text, quoted: false, position: 0 })),
  fc
    .constantFrom(0, 1, 12, -1.5)
    .map((number): Value => ({ kind: "number", value: number, text: String(number), position: 0 })),
  fc.constantFrom("x", "^x$", "[xy]{2}", "\\d").map((source): Value => ({ kind: "regex", source, position: 0 })),
);

export const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc
    .tuple(selector, fc.constantFrom("=" as const, "!=" as const), value)
    .map(([selector, operator, value]): Expression => ({ kind: "comparison", selector, operator, value, position: 0 })),
  fc
    .tuple(
      selector,
      fc.constantFrom("<" as const, ">" as const, "<=" as const, ">=" as const),
      fc.integer({ min: -1, max: 12 }),
    )
    .map(
      ([selector, operator, number]): Expression => ({
        kind: "comparison",
        selector,
        operator,
        value: { kind: "number", value: number, text: String(number), position: 0 },
        position: 0,
      }),
    ),
  fc
    .tuple(fc.constantFrom("isNull" as const, "isTrue" as const, "isFalse" as const, "notExists" as const), selector)
    .map(([kind, selector]): Expression => ({ kind, selector, position: 0 })),
);
/** Any pattern on such events, with wildcards and regular expressions. */
export const { expression: expressions } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc
      .tuple(
        fc.constantFrom("and" as const, "or" as const),
        fc.array(tie("expression"), { minLength: 2, maxLength: 5 }),
      )
      .map(([kind, of]): Expression => ({ kind, of, position: 0 })),
  ),
}));
