import fc from "fast-check";
import { type Expression, operators, type Selector, type Value } from "../../../detections/filterPattern";

/** A tree without the offsets, which differ between a made tree and one that was read. */
export function withoutPositions<T>(tree: T): T {
  return JSON.parse(JSON.stringify(tree, (name, value) => (name === "position" ? undefined : value)));
}

const position = 0;
const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/);
const bracketedName = fc.stringMatching(/^[a-z.: ]{1,8}$/);

const selector: fc.Arbitrary<Selector> = fc
  .record({
    first: fc.oneof(name, bracketedName),
    rest: fc.array(
      fc.oneof(
        fc.oneof(name, bracketedName).map((key) => ({ kind: "key" as const, name: key })),
        fc.nat(99).map((index) => ({ kind: "index" as const, index })),
      ),
      { maxLength: 3 },
    ),
  })
  .map(({ first, rest }) => ({ steps: [{ kind: "key", name: first }, ...rest], position }));

const number: fc.Arbitrary<Value> = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value) => ({
    kind: "number",
    value: value === 0 ? 0 : value,
    text: String(value === 0 ? 0 : value),
    position,
  }));
const text: fc.Arbitrary<Value> = fc.oneof(
  fc.string({ maxLength: 12 }).map((value) => ({ kind: "string" as const, text: value, quoted: true, position })),
  fc
    .stringMatching(/^[A-Za-z][A-Za-z0-9_.*]{0,8}$/)
    .map((value) => ({ kind: "string" as const, text: value, quoted: false, position })),
);

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.record({
    kind: fc.constantFrom("isNull" as const, "isTrue" as const, "isFalse" as const, "notExists" as const),
    selector,
    position: fc.constant(position),
  }),
  fc.record({
    kind: fc.constant("comparison" as const),
    selector,
    operator: fc.constantFrom(...operators),
    value: number,
    position: fc.constant(position),
  }),
  fc.record({
    kind: fc.constant("comparison" as const),
    selector,
    operator: fc.constantFrom("=" as const, "!=" as const),
    value: text,
    position: fc.constant(position),
  }),
);

/** Any expression that the grammar can hold, without wildcard steps and regular expressions, which are counted. */
export const expressions: fc.Arbitrary<Expression> = fc.letrec<{ node: Expression }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    leaf,
    fc.record({
      kind: fc.constantFrom("and" as const, "or" as const),
      of: fc.array(tie("node"), { minLength: 2, maxLength: 3 }),
      position: fc.constant(position),
    }),
  ),
})).node;
