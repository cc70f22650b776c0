/** What a condition operator compares. */
export type ComparisonKind = "string" | "numeric" | "date" | "bool" | "binary" | "ip" | "arn" | "null";

interface Comparison {
  readonly kind: ComparisonKind;
  /** True for operators that ask that no value matches. */
  readonly negated?: boolean;
  readonly ignoreCase?: boolean;
  /** String operators: whether `*` and `?` are wildcards. */
  readonly wildcards?: boolean;
  /** Numeric and date operators: how the request's value relates to the policy's. */
  readonly relation?: "=" | "<" | "<=" | ">" | ">=";
}

const relations = {
  Equals: "=",
  LessThan: "<",
  LessThanEquals: "<=",
  GreaterThan: ">",
  GreaterThanEquals: ">=",
} as const;

/** Every documented operator (IAM user guide, "IAM JSON policy elements: Condition operators"). */
const comparisons = new Map<string, Comparison>([
  ["StringEquals", { kind: "string" }],
  ["StringNotEquals", { kind: "string", negated: true }],
  ["StringEqualsIgnoreCase", { kind: "string", ignoreCase: true }],
  ["StringNotEqualsIgnoreCase", { kind: "string", ignoreCase: true, negated: true }],
  ["StringLike", { kind: "string", wildcards: true }],
  ["StringNotLike", { kind: "string", wildcards: true, negated: true }],
  ...ordered("Numeric", "numeric"),
  ...ordered("Date", "date"),
  ["Bool", { kind: "bool" }],
  ["BinaryEquals", { kind: "binary" }],
  ["IpAddress", { kind: "ip" }],
  ["NotIpAddress", { kind: "ip", negated: true }],
  // "ArnEquals and ArnLike behave identically", says the same page.
  ["ArnEquals", { kind: "arn" }],
  ["ArnLike", { kind: "arn" }],
  ["ArnNotEquals", { kind: "arn", negated: true }],
  ["ArnNotLike", { kind: "arn", negated: true }],
  ["Null", { kind: "null" }],
]);

function ordered(prefix: string, kind: ComparisonKind): [string, Comparison][] {
  const positive = Object.entries(relations).map(([suffix, relation]): [string, Comparison] => [
    prefix + suffix,
    { kind, relation },
  ]);
  return [...positive, [`${prefix}NotEquals`, { kind, relation: "=", negated: true }]];
}

/** A condition operator as written in a policy, taken apart. */
export interface ConditionOperator extends Comparison {
  /** As written, for example `ForAnyValue:StringLikeIfExists`. */
  readonly name: string;
  readonly quantifier?: "ForAllValues" | "ForAnyValue";
  /** A missing key counts as a match. */
  readonly ifExists: boolean;
}

/** Names of the operators, without quantifier and suffix. */
export const operatorNames: readonly string[] = [...comparisons.keys()];

/** Takes an operator apart, or says what is wrong with it. */
export function readOperator(name: string): ConditionOperator | { readonly problem: string } {
  const [, quantifier, base = "", suffix] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/s.exec(name) ?? [];
  const comparison = comparisons.get(base);
  if (comparison === undefined) {
    const near = operatorNames.find((known) => known.toLowerCase() === base.toLowerCase());
    const hint = near ? ` Did you mean "${name.replace(base, near)}"?` : ` Known: ${operatorNames.join(", ")}.`;
    return { problem: `unknown condition operator ${JSON.stringify(name)}.${hint}` };
  }
  if (comparison.kind === "null" && (quantifier !== undefined || suffix !== undefined)) {
    return { problem: `Null takes neither a set operator nor IfExists, got ${JSON.stringify(name)}. Write "Null".` };
  }
  return {
    ...comparison,
    name,
    ...(quantifier !== undefined && { quantifier: quantifier as "ForAllValues" | "ForAnyValue" }),
    ifExists: suffix !== undefined,
  };
}
