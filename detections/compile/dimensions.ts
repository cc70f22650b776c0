import { type Expression, type FilterPattern, maxDimensions, printSelector } from "../filterPattern";
import { CompileError } from "./error";

/** What a metric filter does with an event, as far as AWS restricts it. */
export interface MetricTransformation {
  /** Selector of the value, by dimension name. */
  dimensions?: Readonly<Record<string, string>>;
  /** Value of minutes with log events but without a match. */
  defaultValue?: number;
}

/**
 * Refuses what AWS refuses: more than three dimensions, dimensions beside a default value, a dimension that the pattern
 * does not name (CloudWatch Logs API reference, MetricTransformation; user guide, "Publishing dimensions with metrics").
 */
export function checkTransformation(
  detectionId: string,
  pattern: FilterPattern,
  { dimensions = {}, defaultValue }: MetricTransformation,
): void {
  const names = Object.keys(dimensions);
  if (names.length > maxDimensions) {
    throw new CompileError(
      detectionId,
      `a metric filter has at most ${maxDimensions} dimensions, this one has ${names.join(", ")}.`,
    );
  }
  if (names.length > 0 && defaultValue !== undefined) {
    throw new CompileError(
      detectionId,
      `a metric filter with dimensions (${names.join(", ")}) cannot have a default value. Leave one of the two out.`,
    );
  }
  const named = selectorsOf(pattern.expression);
  for (const [name, selector] of Object.entries(dimensions)) {
    if (named.includes(selector)) continue;
    throw new CompileError(
      detectionId,
      `dimension ${name} reads ${selector}, which the pattern does not name. Add "present" for it.`,
    );
  }
}

function selectorsOf(expression: Expression): string[] {
  if ("of" in expression) return expression.of.flatMap(selectorsOf);
  return [printSelector(expression.selector)];
}
