import { type Expression, parseFilterPattern, type Selector, type Value } from "../../../detections/filterPattern";

/**
 * A reference reading of filter patterns, only as large as these tests need: one value per selector is enough to match
 * (also under a wildcard), `!=` and comparisons need the field, objects and arrays never match.
 */
export function matches(pattern: string, event: object): boolean {
  return holds(parseFilterPattern(pattern).expression, event);
}

function holds(expression: Expression, event: object): boolean {
  switch (expression.kind) {
    case "and":
      return expression.of.every((operand) => holds(operand, event));
    case "or":
      return expression.of.some((operand) => holds(operand, event));
    case "notExists":
      return select(expression.selector, event).length === 0;
    case "isNull":
      return select(expression.selector, event).includes(null);
    case "isTrue":
      return select(expression.selector, event).includes(true);
    case "isFalse":
      return select(expression.selector, event).includes(false);
    case "comparison":
      return select(expression.selector, event).some((found) => compares(found, expression.operator, expression.value));
  }
}

function select({ steps }: Selector, event: object): unknown[] {
  let found: unknown[] = [event];
  for (const step of steps) {
    found = found.flatMap((value) => {
      if (typeof value !== "object" || value === null) return [];
      if (step.kind === "anyElement") return Array.isArray(value) ? value : [];
      if (step.kind === "index") return Array.isArray(value) && step.index < value.length ? [value[step.index]] : [];
      if (Array.isArray(value)) return [];
      if (step.kind === "anyField") return Object.values(value);
      return Object.hasOwn(value, step.name) ? [(value as Record<string, unknown>)[step.name]] : [];
    });
  }
  return found;
}

function compares(found: unknown, operator: string, value: Value): boolean {
  if (value.kind === "number") {
    if (typeof found !== "number") return false;
    const by = found - value.value;
    return { "=": by === 0, "!=": by !== 0, "<": by < 0, ">": by > 0, "<=": by <= 0, ">=": by >= 0 }[operator]!;
  }
  if (typeof found !== "string") return false;
  const equal = value.kind === "regex" ? new RegExp(value.source).test(found) : like(found, value.text);
  return operator === "=" ? equal : !equal;
}

function like(found: string, text: string): boolean {
  const open = text.startsWith("*");
  const end = text.length > 1 && text.endsWith("*");
  const core = text.slice(open ? 1 : 0, end ? -1 : undefined);
  if (open && end) return found.includes(core);
  if (open) return found.endsWith(core);
  return end ? found.startsWith(core) : found === core;
}
