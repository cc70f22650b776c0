// A second, slow reading of filter patterns, written apart from the compiled one: it collects every value that a selector
// leads to and asks each.
import type { Comparison, Expression, Selector, Value } from "../../../detections";

export function holds(expression: Expression, event: unknown): boolean {
  switch (expression.kind) {
    case "and":
      return !expression.of.some((operand) => !holds(operand, event));
    case "or":
      return expression.of.filter((operand) => holds(operand, event)).length > 0;
    case "notExists":
      return select(expression.selector, event).length === 0;
    case "isNull":
      return select(expression.selector, event).includes(null);
    case "isTrue":
      return select(expression.selector, event).includes(true);
    case "isFalse":
      return select(expression.selector, event).includes(false);
    case "comparison":
      return select(expression.selector, event).some((found) => compares(found, expression));
  }
}

function select({ steps }: Selector, event: unknown): unknown[] {
  let found = [event];
  for (const step of steps) {
    found = found.flatMap((value): unknown[] => {
      if (typeof value !== "object" || value === null) return [];
      const entries = Object.entries(value);
      if (Array.isArray(value)) {
        if (step.kind === "anyElement") return value;
        return step.kind === "index" ? entries.filter(([key]) => key === String(step.index)).map(([, v]) => v) : [];
      }
      if (step.kind === "anyField") return entries.map(([, v]) => v);
      return step.kind === "key" ? entries.filter(([key]) => key === step.name).map(([, v]) => v) : [];
    });
  }
  return found;
}

function compares(found: unknown, { operator, value }: Comparison): boolean {
  if (found === null || typeof found === "object") return false;
  if (operator === "=") return equals(found, value);
  if (operator === "!=") return !equals(found, value);
  if (typeof found !== "number" || value.kind !== "number") return false;
  const order = Math.sign(found - value.value);
  return { "<": [-1], ">": [1], "<=": [-1, 0], ">=": [1, 0] }[operator].includes(order);
}

function equals(found: unknown, value: Value): boolean {
  if (value.kind === "number") return found === value.value;
  if (value.kind === "regex") return typeof found === "string" && found.search(value.source) >= 0;
  const text = typeof found === "number" && !value.quoted && value.text.includes("*") ? String(found) : found;
  if (typeof text !== "string") return false;
  const escaped = value.text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = escaped.replace(/^\\\*/, "[^]*").replace(/\\\*$/, "[^]*");
  return new RegExp(`^(?:${pattern})$`).test(text);
}
