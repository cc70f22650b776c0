import type { Expression, FilterPattern } from "../../detections/filterPattern";
import { compilePredicate } from "../../detections/filterPattern";

/**
 * What the JSON of an event must hold to match: one of these texts, unless it escapes letters. `true`: nothing is known of
 * it; `false`: no event matches. Lets a caller read few events.
 */
export type Needed = boolean | readonly string[];

/** The fields that say what an event is a call of. */
export interface Call {
  eventSource: string;
  eventName: string;
}

/** What an event of this call must hold to match, whatever its other fields are. */
export function neededBy({ expression }: FilterPattern, { eventSource, eventName }: Call): Needed {
  return needed(expression, { eventSource, eventName });
}

/** What an event must hold to meet one of several needs. */
export function oneOf(needs: readonly Needed[]): Needed {
  if (needs.includes(true)) return true;
  const texts = [...new Set(needs.filter((each) => typeof each !== "boolean").flat())];
  if (texts.length === 0) return false;
  // A text is found wherever a longer one with it is.
  return texts.filter((text) => !texts.some((other) => other !== text && text.includes(other)));
}

/** Of several needs the one that fewest events meet, by the length of its texts. */
function allOf(needs: readonly Needed[]): Needed {
  if (needs.includes(false)) return false;
  const lists = needs.filter((each) => typeof each !== "boolean");
  const shortest = (texts: readonly string[]): number => Math.min(...texts.map(({ length }) => length));
  return lists.sort((a, b) => shortest(b) - shortest(a))[0] ?? true;
}

function needed(expression: Expression, known: Readonly<Record<string, string>>): Needed {
  if ("of" in expression) {
    const needs = expression.of.map((each) => needed(each, known));
    return expression.kind === "and" ? allOf(needs) : oneOf(needs);
  }
  const { steps } = expression.selector;
  const [step, ...rest] = steps;
  if (step?.kind === "key" && rest.length === 0 && Object.hasOwn(known, step.name)) {
    return compilePredicate({ expression })(known);
  }
  if (expression.kind === "notExists") return true;
  const text = textOf(expression) || steps.findLast((each) => each.kind === "key")?.name;
  return text === undefined || !isPlain.test(text) || [text];
}

/** What JSON writes in one way only, escaped letters aside. */
const isPlain = /^[ !#-[\]-~]+$/;

/** What a field's text must hold; empty where the field may be something else than a text. */
function textOf(expression: Exclude<Expression, { of: unknown }>): string {
  if (expression.kind !== "comparison" || expression.operator !== "=" || expression.value.kind !== "string") return "";
  const { text, quoted } = expression.value;
  // A wildcard without quotes matches numbers too, which JSON writes in several ways.
  return quoted || !text.includes("*") ? text.replace(/^\*/, "").replace(/\*$/, "") : "";
}
