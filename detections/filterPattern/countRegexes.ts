import type { Expression } from "./ast";
import { FilterPatternError } from "./error";
import { parseFilterPattern } from "./parse";

/**
 * How many regular expressions a filter pattern holds. Patterns for other events than JSON are not parsed: there every
 * `%…%` counts.
 */
export function countRegexes(pattern: string): number {
  try {
    return inExpression(parseFilterPattern(pattern).expression);
  } catch (error) {
    if (!(error instanceof FilterPatternError)) throw error;
    return pattern.match(/%[^%]+%/g)?.length ?? 0;
  }
}

function inExpression(expression: Expression): number {
  if ("of" in expression) return expression.of.reduce((sum, operand) => sum + inExpression(operand), 0);
  return expression.kind === "comparison" && expression.value.kind === "regex" ? 1 : 0;
}
