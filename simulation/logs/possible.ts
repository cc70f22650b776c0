import type { Expression, FilterPattern } from "../../detections/filterPattern";
import { compilePredicate } from "../../detections/filterPattern";

/**
 * Whether an event with these top-level fields can match, whatever its other fields hold. A pattern has no negation of more than
 * one field, so what is not known counts as true.
 */
export function mayMatch({ expression }: FilterPattern, known: Readonly<Record<string, string>>): boolean {
  return possible(expression, known);
}

function possible(expression: Expression, known: Readonly<Record<string, string>>): boolean {
  if ("of" in expression) {
    const may = (each: Expression): boolean => possible(each, known);
    return expression.kind === "and" ? expression.of.every(may) : expression.of.some(may);
  }
  const [step, ...rest] = expression.selector.steps;
  if (step?.kind !== "key" || rest.length > 0 || !Object.hasOwn(known, step.name)) return true;
  return compilePredicate({ expression })(known);
}
