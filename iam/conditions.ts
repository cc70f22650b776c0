import { type Answer, allOf, answer, anyOf, no, not, unknown, yes } from "./answer";
import { booleanOf, bytesOf, dateOf, numberOf } from "./conditionValue";
import type { Condition } from "./document";
import { holds, ipRange } from "./ipRange";
import { type ContextLookup, unknownValue } from "./request";
import { expand, hasVariable } from "./variables";
import { matches, matchesArn, matchesIgnoringCase } from "./wildcards";

/** What a condition is judged against. */
export interface ConditionScope {
  readonly lookup: ContextLookup;
  /** Whether `${…}` is a variable: only with `Version` 2012-10-17. */
  readonly variables: boolean;
}

/** All operators and all keys must hold (IAM user guide, "Conditions with multiple context keys or values"). */
export function conditionsHold(conditions: readonly Condition[], scope: ConditionScope): Answer {
  return allOf(
    conditions.map((condition) => conditionHolds(condition, scope)),
    "all conditions hold",
  );
}

/** One operator and one key with its values. */
export function conditionHolds(condition: Condition, scope: ConditionScope): Answer {
  const { operator, key, values } = condition;
  const label = `${operator.name} ${key}`;
  const given = scope.lookup(key);
  if (given === unknownValue) return unknown(`${label}: the value of ${key} is not known`);

  if (operator.kind === "null") {
    const absent = given === undefined || given.length === 0;
    return answer(
      values.some((value) => booleanOf(value) === absent),
      `${label}: ${key} is ${absent ? "absent" : "there"}`,
    );
  }
  if (given === undefined || given.length === 0)
    return answer(holdsWithoutKey(condition), `${label}: ${key} is absent`);

  const matched = given.map((value) => matchesOne(condition, value, scope, label));
  const eachHolds = matched.map((one) => (operator.negated ? not(one) : one));
  switch (operator.quantifier) {
    case "ForAllValues":
      // "or if the context key value resolves to a null dataset, such as an empty string" (same page as the operators).
      return given.every((value) => value === "") ? yes(`${label}: ${key} is empty`) : allOf(eachHolds, label);
    case "ForAnyValue":
      return anyOf(eachHolds, eachHolds[0]!.why);
    default:
      return given.length === 1
        ? eachHolds[0]!
        : unknown(`${label}: the request holds ${given.length} values of ${key}, for which AWS asks a set operator`);
  }
}

/**
 * A key that the request does not hold. IAM user guide: "Condition operators" (positive operators do not match, negated
 * ones do, IfExists matches) and "Single-valued vs. multivalued context keys" (ForAllValues matches, ForAnyValue does
 * not). One example row of the operators page shows ForAllValues:StringNotLike as no match without the key; the rule as
 * written on both pages is taken.
 */
export function holdsWithoutKey({ operator }: Pick<Condition, "operator">): boolean {
  if (operator.ifExists || operator.quantifier === "ForAllValues") return true;
  return operator.quantifier === undefined && operator.negated === true;
}

/** Whether one value of the request matches one of the policy's values: values are alternatives. */
function matchesOne(condition: Condition, given: string, scope: ConditionScope, label: string): Answer {
  const shown = condition.values.map((value) => JSON.stringify(value)).join(", ");
  return anyOf(
    condition.values.map((value) => compare(condition, value, given, scope, label)),
    `${label}: ${JSON.stringify(given)} does not match ${shown || "an empty list"}`,
  );
}

function compare(condition: Condition, expected: string, given: string, scope: ConditionScope, label: string): Answer {
  const { operator } = condition;
  const result = (truth: boolean) =>
    answer(
      truth,
      `${label}: ${JSON.stringify(given)} ${truth ? "matches" : "does not match"} ${JSON.stringify(expected)}`,
    );
  switch (operator.kind) {
    case "string":
    case "arn": {
      const wildcards = operator.kind === "arn" || operator.wildcards === true;
      const expansion = expand(expected, { ...scope, wildcards });
      if ("unknown" in expansion)
        return unknown(`${label}: the value of the variable ${expansion.unknown} is not known`);
      if ("missing" in expansion) return no(`${label}: the variable ${expansion.missing} has no value`);
      if (operator.kind === "arn") {
        const matched = matchesArn(expansion.pattern, given);
        return matched === undefined
          ? unknown(`${label}: ${JSON.stringify(expected)} is no ARN of six components`)
          : result(matched);
      }
      return result((operator.ignoreCase ? matchesIgnoringCase : matches)(expansion.pattern, given));
    }
    case "numeric":
      return result(relates(operator.relation, numberOf(given), numberOf(expected)));
    case "date":
      return result(relates(operator.relation, dateOf(given), dateOf(expected)));
    case "bool":
      // AWS's pages disagree on whether Bool takes policy variables.
      return hasVariable(expected)
        ? unknown(`${label}: ${JSON.stringify(expected)} holds a variable`)
        : result(booleanOf(given) !== undefined && booleanOf(given) === booleanOf(expected));
    case "binary":
      return result(bytesOf(given) !== undefined && bytesOf(given) === bytesOf(expected));
    case "ip": {
      const range = ipRange(expected);
      return result(range !== undefined && holds(range, given));
    }
    default:
      return unknown(`${label}: not a comparison`);
  }
}

function relates(relation: Condition["operator"]["relation"], given?: number, expected?: number): boolean {
  if (given === undefined || expected === undefined) return false;
  switch (relation) {
    case "<":
      return given < expected;
    case "<=":
      return given <= expected;
    case ">":
      return given > expected;
    case ">=":
      return given >= expected;
    default:
      return given === expected;
  }
}
