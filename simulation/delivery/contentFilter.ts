/** A content filter, read from JSON. */
export type Filter = Readonly<Record<string, unknown>>;

/**
 * The content filters that SNS filter policies and EventBridge event patterns share: exact values, `prefix`, `suffix`,
 * `equals-ignore-case`, `wildcard`, `anything-but`, `numeric`, `exists`, `$or` (Amazon SNS Developer Guide, "Amazon SNS subscription filter policies";
 * Amazon EventBridge User Guide, "Comparison operators for use in event patterns"). Of the filter, `filterProblem` has
 * nothing to say.
 */
export function matchesFilter(filter: Filter, content: unknown): boolean {
  return Object.entries(filter).every(([key, wanted]) => {
    if (key === "$or") return (wanted as Filter[]).some((alternative) => matchesFilter(alternative, content));
    // A filter goes into each object of an array.
    if (Array.isArray(content)) return content.some((element) => matchesFilter({ [key]: wanted }, element));
    const found = isObject(content) && Object.hasOwn(content, key) ? content[key] : undefined;
    if (Array.isArray(wanted)) return wanted.some((condition) => matchesCondition(condition, found));
    return matchesFilter(wanted as Filter, Array.isArray(found) || isObject(found) ? found : undefined);
  });
}

/** Why a filter cannot be used: it is malformed, or holds an operator that is not simulated. `undefined`: it can. */
export function filterProblem(filter: unknown): string | undefined {
  if (!isObject(filter)) return `a filter is an object, not ${JSON.stringify(filter)}`;
  return firstOf(Object.entries(filter), ([key, wanted]) => {
    if (key === "$or") {
      return Array.isArray(wanted) ? firstOf(wanted, filterProblem) : `$or takes a list, not ${JSON.stringify(wanted)}`;
    }
    return Array.isArray(wanted) ? firstOf(wanted, conditionProblem) : filterProblem(wanted);
  });
}

function conditionProblem(condition: unknown): string | undefined {
  if (Array.isArray(condition)) return `a condition is no list: ${JSON.stringify(condition)}`;
  if (!isObject(condition)) return undefined;
  const [operator, ...others] = Object.keys(condition);
  if (operator === undefined || others.length > 0) return `one operator belongs into ${JSON.stringify(condition)}`;
  if (!operators.has(operator)) return `the operator "${operator}" is not simulated`;
  const operand = condition[operator];
  if (operator === "numeric" && !Array.isArray(operand)) return `numeric takes a list, not ${JSON.stringify(operand)}`;
  return operator === "anything-but" && isObject(operand) ? conditionProblem(operand) : undefined;
}

const operators = new Set(["prefix", "suffix", "equals-ignore-case", "wildcard", "anything-but", "numeric", "exists"]);

function firstOf<T>(values: readonly T[], problemOf: (value: T) => string | undefined): string | undefined {
  for (const value of values) {
    const problem = problemOf(value);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function matchesCondition(condition: unknown, found: unknown): boolean {
  if (isObject(condition) && "exists" in condition) return (found !== undefined) === condition["exists"];
  const values = Array.isArray(found) ? found : [found];
  return values.some((value) => value !== undefined && matchesValue(condition, value));
}

function matchesValue(condition: unknown, value: unknown): boolean {
  if (!isObject(condition)) return condition === value;
  const [[operator, operand] = ["", undefined]] = Object.entries(condition);
  switch (operator) {
    case "prefix":
      return text(value, (found) => startsWith(found, operand));
    case "suffix":
      return text(value, (found) => endsWith(found, operand));
    case "equals-ignore-case":
      return text(value, (found) => found.toLowerCase() === String(operand).toLowerCase());
    case "wildcard":
      return text(value, (found) => wildcard(String(operand)).test(found));
    case "anything-but":
      return anythingBut(operand, value);
    case "numeric":
      return typeof value === "number" && numeric(operand as unknown[], value);
    default:
      return false;
  }
}

function anythingBut(operand: unknown, value: unknown): boolean {
  if (Array.isArray(operand)) return !operand.includes(value);
  return isObject(operand) ? !matchesValue(operand, value) : operand !== value;
}

function numeric(conditions: readonly unknown[], value: number): boolean {
  for (let i = 0; i < conditions.length; i += 2) {
    const bound = Number(conditions[i + 1]);
    const operator = conditions[i] as "<" | ">" | "<=" | ">=" | "=";
    const holds = {
      "<": value < bound,
      ">": value > bound,
      "<=": value <= bound,
      ">=": value >= bound,
      "=": value === bound,
    };
    if (!holds[operator]) return false;
  }
  return true;
}

const text = (value: unknown, test: (found: string) => boolean): boolean => typeof value === "string" && test(value);

const ignoringCase = (operand: unknown): string | undefined =>
  isObject(operand) ? String(operand["equals-ignore-case"]).toLowerCase() : undefined;

function startsWith(found: string, operand: unknown): boolean {
  const lower = ignoringCase(operand);
  return lower === undefined ? found.startsWith(String(operand)) : found.toLowerCase().startsWith(lower);
}

function endsWith(found: string, operand: unknown): boolean {
  const lower = ignoringCase(operand);
  return lower === undefined ? found.endsWith(String(operand)) : found.toLowerCase().endsWith(lower);
}

const wildcard = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split("*")
      .map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"))
      .join(".*")}$`,
    "s",
  );

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
