import type { Condition } from "../condition";
import {
  type Expression,
  FilterPatternError,
  type Operator,
  parseSelector,
  printSelector,
  type Selector,
  type Value,
} from "../filterPattern";
import { Inexpressible } from "./error";
import { checkLeaves } from "./leaves";

/** Nodes that were made and not read have no place in a text. */
const position = 0;

/** The filter expression of a condition tree. Throws Inexpressible where the grammar cannot say it. */
export function toExpression(condition: Condition): Expression {
  checkLeaves(condition);
  return convert(condition);
}

function convert(condition: Condition): Expression {
  switch (condition.kind) {
    case "all":
      return join("and", condition.of.map(convert));
    case "any":
      return join("or", condition.of.map(convert));
    case "equals":
      return compare(condition.field, "=", literal(condition.field, condition.value));
    case "differs":
      return differs(condition.field, condition.values);
    case "compares":
      return compare(condition.field, condition.operator, literal(condition.field, condition.value));
    case "beginsWithWord":
      return compare(condition.field, "=", beginsWithWord(condition.field, condition.words));
    case "contains":
      return compare(condition.field, "=", anyCaseText(condition.field, condition.texts));
    case "present":
      return compare(condition.field, "=", { kind: "string", text: "*", quoted: true, position });
    case "isTrue":
    case "isFalse":
      return { kind: condition.kind, selector: selectorOf(condition.field), position };
    case "absent":
      return { kind: "notExists", selector: single(condition.field, "absent"), position };
  }
}

/** `a && (b && c)` is `a && b && c`. */
function join(kind: "and" | "or", operands: readonly Expression[]): Expression {
  if (operands.length === 0) throw new Inexpressible(`an empty "${kind === "and" ? "all" : "any"}" has no pattern.`);
  const of = operands.flatMap((operand) => (operand.kind === kind ? operand.of : [operand]));
  return of.length === 1 ? of[0]! : { kind, of, position };
}

/** The only place that writes `!=`: always beside `NOT EXISTS`, since `!=` does not match an event without the field. */
function differs(field: string, values: readonly (string | number)[]): Expression {
  const selector = single(field, "differs");
  if (values.length === 0) throw new Inexpressible(`"differs" on ${field} names no value.`);
  return join("or", [
    { kind: "notExists", selector, position },
    join(
      "and",
      values.map((value) => compare(field, "!=", literal(field, value))),
    ),
  ]);
}

function compare(field: string, operator: Operator, value: Value): Expression {
  return { kind: "comparison", selector: selectorOf(field), operator, value, position };
}

function literal(field: string, value: string | number): Value {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new Inexpressible(`${field}: ${value} is not a number that a pattern can hold.`);
    return { kind: "number", value, text: String(value), position };
  }
  // A `*` in the middle is a plain character (CloudWatch Logs user guide: `Ev*ent` matches only `Ev*ent`).
  if (value.slice(1, -1).includes("*")) {
    throw new Inexpressible(
      `${field}: "${value}" has a * in the middle. It stands for any text at the start or the end only.`,
    );
  }
  if (/^\*+$/.test(value)) throw new Inexpressible(`${field}: "${value}" matches any string. Use "present".`);
  if (value === "") throw new Inexpressible(`${field}: AWS does not document how an empty string is compared.`);
  return { kind: "string", text: value, quoted: true, position };
}

/** Filter patterns are case sensitive, so each letter becomes a class of both its cases. */
function beginsWithWord(field: string, words: readonly string[]): Value {
  if (words.length === 0 || words.some((word) => !/^[A-Za-z]+$/.test(word))) {
    throw new Inexpressible(`${field}: "beginsWithWord" takes one or more words of letters.`);
  }
  return { kind: "regex", source: words.map((word) => `^\\s*${anyCase(word)}`).join("|"), position };
}

/** Letters in both cases; what a regular expression does not take as it is, by its code. */
function anyCaseText(field: string, texts: readonly string[]): Value {
  if (texts.length === 0 || texts.some((text) => !/^[\x20-\x7e]+$/.test(text))) {
    throw new Inexpressible(`${field}: "contains" takes one or more texts of printable ASCII.`);
  }
  const escaped = (character: string): string =>
    /[A-Za-z]/.test(character)
      ? anyCase(character)
      : /[0-9:_#=@/;,-]/.test(character)
        ? character
        : `\\x${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return { kind: "regex", source: texts.map((text) => [...text].map(escaped).join("")).join("|"), position };
}

const anyCase = (word: string): string =>
  word.replace(/./g, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);

/** AWS does not document whether `!=` and `NOT EXISTS` under a wildcard mean any element or all of them. */
function single(field: string, kind: "differs" | "absent"): Selector {
  const selector = selectorOf(field);
  if (selector.steps.some((step) => step.kind === "anyElement" || step.kind === "anyField")) {
    throw new Inexpressible(
      `"${kind}" on ${field}: AWS does not document what it means under a wildcard. Name an index.`,
    );
  }
  return selector;
}

function selectorOf(field: string): Selector {
  try {
    const selector = parseSelector(`$.${field}`);
    return { ...selector, position };
  } catch (error) {
    if (!(error instanceof FilterPatternError)) throw error;
    throw new Inexpressible(`"${field}" is not a field path: ${error.reason}`);
  }
}

/** The selector of a field, as metric dimensions name it. */
export const selectorText = (field: string): string => printSelector(selectorOf(field));
