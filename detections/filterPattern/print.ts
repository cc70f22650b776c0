import type { Expression, FilterPattern, Selector, SelectorStep, Value } from "./ast";

export interface PrintOptions {
  /** Without the spaces around comparison operators and inside the braces. Default: false. */
  compact?: boolean;
}

/** The canonical text of a pattern: parentheses only where precedence or the tree's own nesting needs them. */
export function printFilterPattern({ expression }: FilterPattern, { compact = false }: PrintOptions = {}): string {
  const space = compact ? "" : " ";
  return `{${space}${print(expression, space)}${space}}`;
}

export function printSelector({ steps }: Pick<Selector, "steps">): string {
  return `$${steps.map(printStep).join("")}`;
}

const stateTests = { isNull: "IS NULL", isTrue: "IS TRUE", isFalse: "IS FALSE", notExists: "NOT EXISTS" } as const;

function print(expression: Expression, space: string): string {
  switch (expression.kind) {
    case "or":
      return expression.of.map((operand) => within(operand, ["or"], space)).join(" || ");
    case "and":
      return expression.of.map((operand) => within(operand, ["and", "or"], space)).join(" && ");
    case "comparison":
      return `${printSelector(expression.selector)}${space}${expression.operator}${space}${printValue(expression.value)}`;
    default:
      return `${printSelector(expression.selector)} ${stateTests[expression.kind]}`;
  }
}

function within(operand: Expression, inParentheses: readonly Expression["kind"][], space: string): string {
  const text = print(operand, space);
  return inParentheses.includes(operand.kind) ? `(${text})` : text;
}

function printStep(step: SelectorStep): string {
  switch (step.kind) {
    case "anyField":
      return ".*";
    case "anyElement":
      return "[*]";
    case "index":
      return `[${step.index}]`;
    case "key":
      return /^[A-Za-z0-9_-]+$/.test(step.name) ? `.${step.name}` : `.['${step.name}']`;
  }
}

function printValue(value: Value): string {
  switch (value.kind) {
    case "string":
      return value.quoted ? `"${value.text.replace(/["\\]/g, "\\$&")}"` : value.text;
    case "number":
      return value.text;
    case "regex":
      return `%${value.source}%`;
  }
}
