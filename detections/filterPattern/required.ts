import type { Expression, FilterPattern } from "./ast";
import { exactText } from "./predicate";

/**
 * The values one of which a top-level field must have in every event that matches; `undefined` where the pattern does not
 * say. Lets a caller ask few filters about an event, and none about most.
 */
export function requiredValues({ expression }: FilterPattern, field: string): ReadonlySet<string> | undefined {
  return required(expression, field);
}

function required(expression: Expression, field: string): ReadonlySet<string> | undefined {
  if (expression.kind === "and") {
    for (const operand of expression.of) {
      const values = required(operand, field);
      if (values) return values;
    }
    return undefined;
  }
  if (expression.kind === "or") {
    const all = new Set<string>();
    for (const operand of expression.of) {
      const values = required(operand, field);
      if (!values) return undefined;
      for (const value of values) all.add(value);
    }
    return all;
  }
  const text = exactText(expression);
  if (text === undefined || expression.kind !== "comparison") return undefined;
  const [step, ...rest] = expression.selector.steps;
  return step?.kind === "key" && step.name === field && rest.length === 0 ? new Set([text]) : undefined;
}
