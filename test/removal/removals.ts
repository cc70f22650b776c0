import { type Expression, parseFilterPattern, printFilterPattern } from "../../detections";

/** One thing taken out of the inputs of a resource. */
export interface Removal {
  /** What is taken out; the same for every resource that has it. */
  what: string;
  inputs: Record<string, unknown>;
}

type Json = Record<string, unknown>;

/** Everything that can be taken out of a resource: settings, list entries, clauses of its patterns, policy statements. */
export function removalsIn(inputs: Json): Removal[] {
  return Object.entries(inputs).flatMap(([key, value]): Removal[] => {
    const put = (removed: unknown): Json => ({ ...inputs, [key]: removed });
    const { [key]: _, ...without } = inputs;
    const inside = within(key, value).map(({ what, value: changed }) => ({ what, inputs: put(changed) }));
    return [{ what: key, inputs: without }, ...inside];
  });
}

interface Change {
  what: string;
  value: unknown;
}

function within(key: string, value: unknown): Change[] {
  if (/^(filterP|p)attern$/.test(key) && typeof value === "string") return clauses(value);
  // Its lists name values that each count for themselves; without one of them it is another rule, and as good.
  if (key === "eventPattern" && typeof value === "string") {
    return parts(key, JSON.parse(value))
      .filter(({ what }) => !what.includes("["))
      .map(({ what, value: changed }) => ({ what, value: JSON.stringify(changed) }));
  }
  if (/policy$/i.test(key) && typeof value === "string" && value.includes("Statement")) return statements(key, value);
  return parts(key, value);
}

/** Entries of a list and members of an object, at every depth. */
function parts(path: string, value: unknown): Change[] {
  if (Array.isArray(value)) {
    return value.flatMap((entry, i) => {
      const at = `${path}[${nameOf(entry) ?? i}]`;
      const deeper = parts(at, entry).map(({ what, value: changed }) => ({ what, value: value.with(i, changed) }));
      return [{ what: at, value: value.filter((_, j) => j !== i) }, ...deeper];
    });
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const { [key]: _, ...without } = value as Json;
    const deeper = parts(`${path}.${key}`, member).map(({ what, value: changed }) => ({
      what,
      value: { ...value, [key]: changed },
    }));
    return [{ what: `${path}.${key}`, value: without }, ...deeper];
  });
}

/** Of a key: another one in every stack. */
const uuid = /^[0-9a-f-]{36}$/;

/** What an entry of a list calls itself: a selector, a field of a selector, a statement. */
function nameOf(entry: unknown): string | undefined {
  if (typeof entry === "string") return entry.length < 40 && !uuid.test(entry) ? entry : undefined;
  const { Sid, name, field } = (entry ?? {}) as Json;
  return [Sid, name, field].find((text): text is string => typeof text === "string");
}

/** Statements of a policy document, their conditions, and their actions where there are several. */
function statements(key: string, text: string): Change[] {
  const document = JSON.parse(text) as { Statement: Json[] };
  const entries = document.Statement;
  const put = (list: Json[]): string => JSON.stringify({ ...document, Statement: list });
  return entries.flatMap((statement, i) => {
    const at = `${key}[${nameOf(statement) ?? i}]`;
    const changed = (part: Json): string => put(entries.with(i, { ...statement, ...part }));
    const actions = Array.isArray(statement["Action"]) ? (statement["Action"] as string[]) : [];
    const operators = (statement["Condition"] ?? {}) as Record<string, Json>;
    return [
      { what: at, value: put(entries.filter((_, j) => j !== i)) },
      ...actions.map((action) => ({
        what: `${at} ${action}`,
        value: changed({ Action: actions.filter((other) => other !== action) }),
      })),
      ...Object.entries(operators).flatMap(([operator, keys]) =>
        Object.keys(keys).map((name) => {
          const { [name]: _, ...others } = keys;
          const { [operator]: __, ...rest } = operators;
          const left = Object.keys(others).length === 0 ? rest : { ...rest, [operator]: others };
          return {
            what: `${at} ${operator} ${name}`,
            value: changed({ Condition: Object.keys(left).length === 0 ? undefined : left }),
          };
        }),
      ),
    ];
  });
}

/** Operands of each `&&` and `||` of a pattern. What is left must still be a pattern. */
function clauses(pattern: string): Change[] {
  const { expression } = parseFilterPattern(pattern);
  const seen = new Map<string, number>();
  return without(expression).map(({ gone, left }) => {
    const clause = printFilterPattern({ expression: gone }).slice(2, -2);
    const count = (seen.get(clause) ?? 0) + 1;
    seen.set(clause, count);
    return {
      what: `pattern: ${clause}${count > 1 ? ` (${count})` : ""}`,
      value: printFilterPattern({ expression: left }),
    };
  });
}

function without(expression: Expression): { gone: Expression; left: Expression }[] {
  if (expression.kind !== "and" && expression.kind !== "or") return [];
  return expression.of.flatMap((operand, i) => {
    const rest = expression.of.filter((_, j) => j !== i);
    const left = rest.length === 1 ? rest[0]! : { ...expression, of: rest };
    const deeper = without(operand).map((inner) => ({
      gone: inner.gone,
      left: { ...expression, of: expression.of.with(i, inner.left) },
    }));
    return [{ gone: operand, left }, ...deeper];
  });
}
