import type { Expression, FilterPattern } from "./ast";
import { exactText } from "./predicate";

/**
 * The values one of which a field (`eventSource`, `userIdentity.invokedBy`) must have in every event that matches; `undefined`
 * where the pattern does not say. Lets a caller ask few filters about an event, and none about most.
 */
export function requiredValues({ expression }: FilterPattern, field: string): ReadonlySet<string> | undefined {
  return required(expression, (leaf) => {
    const text = exactText(leaf);
    return text !== undefined && isAt(leaf, field) ? text : undefined;
  });
}

/** The same where the field may be missing, which is `null` then. */
export function requiredOrMissing(
  { expression }: FilterPattern,
  field: string,
): ReadonlySet<string | null> | undefined {
  return required<string | null>(expression, (leaf) => {
    if (!isAt(leaf, field)) return undefined;
    return leaf.kind === "notExists" ? null : exactText(leaf);
  });
}

function required<T>(expression: Expression, read: (leaf: Expression) => T | undefined): ReadonlySet<T> | undefined {
  if (expression.kind === "and") {
    for (const operand of expression.of) {
      const values = required(operand, read);
      if (values) return values;
    }
    return undefined;
  }
  if (expression.kind === "or") {
    const all = new Set<T>();
    for (const operand of expression.of) {
      const values = required(operand, read);
      if (!values) return undefined;
      for (const value of values) all.add(value);
    }
    return all;
  }
  const value = read(expression);
  return value === undefined ? undefined : new Set([value]);
}

/** Whether a leaf is about this path of plain keys. */
function isAt(leaf: Expression, field: string): boolean {
  if (!("selector" in leaf)) return false;
  const { steps } = leaf.selector;
  return (
    steps.every(({ kind }) => kind === "key") && steps.map((step) => "name" in step && step.name).join(".") === field
  );
}
