/**
 * The content filters that SNS filter policies and EventBridge event patterns share: exact values, `prefix`, `suffix`,
 * `equals-ignore-case`, `wildcard`, `anything-but`, `numeric`, `exists`, `$or` (Amazon SNS Developer Guide, "Amazon SNS subscription filter policies";
 * Amazon EventBridge User Guide, "Comparison operators for use in event patterns"). Others throw, naming themselves.
 */
export function matchesFilter(filter: unknown, content: unknown): boolean {
  if (!isObject(filter)) throw new Error(`a filter is an object, not ${JSON.stringify(filter)}`);
  return Object.entries(filter).every(([key, wanted]) => {
    if (key === "$or") return (wanted as unknown[]).some((alternative) => matchesFilter(alternative, content));
    // A filter goes into each object of an array.
    if (Array.isArray(content)) return content.some((element) => matchesFilter({ [key]: wanted }, element));
    const found = isObject(content) && Object.hasOwn(content, key) ? content[key] : undefined;
    if (Array.isArray(wanted)) return wanted.some((condition) => matchesCondition(condition, found));
    return Array.isArray(found) || isObject(found) ? matchesFilter(wanted, found) : matchesFilter(wanted, undefined);
  });
}

function matchesCondition(condition: unknown, found: unknown): boolean {
  if (isObject(condition) && "exists" in condition) return (found !== undefined) === condition["exists"];
  const values = Array.isArray(found) ? found : [found];
  return values.some((value) => value !== undefined && matchesValue(condition, value));
}

function matchesValue(condition: unknown, value: unknown): boolean {
  if (!isObject(condition)) return condition === value;
  const [[operator, operand] = ["", undefined], ...others] = Object.entries(condition);
  if (others.length > 0) throw new Error(`one operator belongs into ${JSON.stringify(condition)}`);
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
      throw new Error(`the operator "${operator}" is not simulated`);
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
