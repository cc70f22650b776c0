import type { Comparison, Expression, FilterPattern, Value } from "./ast";
import { parseFilterPattern } from "./parse";
import { testAt } from "./selector";

/** Whether a log event, parsed from JSON, matches. */
export type Predicate = (event: unknown) => boolean;

type ValueTest = (value: unknown) => boolean;

/**
 * A filter pattern as a predicate (CloudWatch Logs user guide, "Filter pattern syntax"). A pattern given as text is read
 * first, and throws a FilterPatternError where AWS would refuse it. Where the page is silent, docs/simulation.md lists the readings taken.
 */
export function compilePredicate(pattern: string | FilterPattern): Predicate {
  const { expression } = typeof pattern === "string" ? parseFilterPattern(pattern) : pattern;
  return compile(expression);
}

function compile(expression: Expression): Predicate {
  switch (expression.kind) {
    case "and":
      return every(expression.of.map(compile));
    case "or":
      return some(join(expression.of));
    case "notExists": {
      const exists = testAt(expression.selector.steps, (value) => value !== undefined);
      return (event) => !exists(event);
    }
    case "isNull":
      return testAt(expression.selector.steps, (value) => value === null);
    case "isTrue":
      return testAt(expression.selector.steps, (value) => value === true);
    case "isFalse":
      return testAt(expression.selector.steps, (value) => value === false);
    case "comparison":
      return testAt(expression.selector.steps, valueTest(expression));
  }
}

function every(tests: readonly Predicate[]): Predicate {
  const [first, second] = tests as [Predicate, Predicate];
  if (tests.length === 2) return (event) => first(event) && second(event);
  return (event) => {
    for (const test of tests) if (!test(event)) return false;
    return true;
  };
}

function some(tests: readonly Predicate[]): Predicate {
  const [first, second] = tests as [Predicate, Predicate];
  if (tests.length === 1) return first;
  if (tests.length === 2) return (event) => first(event) || second(event);
  return (event) => {
    for (const test of tests) if (test(event)) return true;
    return false;
  };
}

/** Alternatives of an `||`: those that compare one field with exact strings become one look-up. */
function join(alternatives: readonly Expression[]): Predicate[] {
  const bySelector = new Map<string, { first: Comparison; texts: Set<string> }>();
  const others: Expression[] = [];
  for (const alternative of alternatives) {
    const text = exactText(alternative);
    if (text === undefined) {
      others.push(alternative);
      continue;
    }
    const comparison = alternative as Comparison;
    const key = JSON.stringify(comparison.selector.steps);
    const known = bySelector.get(key);
    if (known) known.texts.add(text);
    else bySelector.set(key, { first: comparison, texts: new Set([text]) });
  }
  const lookups = [...bySelector.values()].map(({ first, texts }) =>
    texts.size === 1
      ? compile(first)
      : testAt(first.selector.steps, (value) => typeof value === "string" && texts.has(value)),
  );
  return [...lookups, ...others.map(compile)];
}

/** The string that `= "text"` asks for, where no `*` widens it. */
export function exactText(expression: Expression): string | undefined {
  if (expression.kind !== "comparison" || expression.operator !== "=" || expression.value.kind !== "string") {
    return undefined;
  }
  const { text } = expression.value;
  return text.startsWith("*") || text.endsWith("*") ? undefined : text;
}

function valueTest({ operator, value }: Comparison): ValueTest {
  switch (operator) {
    case "=":
      return equals(value);
    case "!=": {
      const equal = equals(value);
      // Reading "differs-scalar": the field holds a string, a number or a boolean, and not this one.
      return (found) => found !== undefined && typeof found !== "object" && !equal(found);
    }
    default:
      return numericTest(operator, (value as Extract<Value, { kind: "number" }>).value);
  }
}

function numericTest(operator: "<" | ">" | "<=" | ">=", bound: number): ValueTest {
  switch (operator) {
    case "<":
      return (found) => typeof found === "number" && found < bound;
    case ">":
      return (found) => typeof found === "number" && found > bound;
    case "<=":
      return (found) => typeof found === "number" && found <= bound;
    case ">=":
      return (found) => typeof found === "number" && found >= bound;
  }
}

function equals(value: Value): ValueTest {
  if (value.kind === "number") return (found) => found === value.value;
  if (value.kind === "regex") {
    const regex = toRegExp(value.source);
    return (found) => typeof found === "string" && regex.test(found);
  }
  const matches = textTest(value.text);
  // "Use the asterisk as a wild card to match numbers" (same page); its example is `$.latency = *`, without quotes.
  if (!value.quoted && value.text.includes("*")) {
    return (found) => (typeof found === "string" || typeof found === "number") && matches(String(found));
  }
  return (found) => typeof found === "string" && matches(found);
}

/** A `*` at the start and at the end stands for any text; elsewhere it is a plain character. */
function textTest(text: string): (found: string) => boolean {
  if (text === "*") return () => true;
  const open = text.startsWith("*");
  const close = text.endsWith("*");
  const core = text.slice(open ? 1 : 0, close ? -1 : undefined);
  if (open && close) return (found) => found.includes(core);
  if (open) return (found) => found.endsWith(core);
  if (close) return (found) => found.startsWith(core);
  return (found) => found === core;
}

/** JavaScript reads `{,3}` as text; AWS lets the smaller number be left out. */
function toRegExp(source: string): RegExp {
  return new RegExp(
    source.replace(/(?<!\\)\{\s*,\s*(\d+)\s*\}/g, "{0,$1}").replace(/(?<!\\)\{\s*(\d+)\s*,\s*(\d*)\s*\}/g, "{$1,$2}"),
  );
}
