import { isMap } from "../table/reading";
import { deepest, evaluate, isKnownScalar, type Scope } from "./intrinsics";

/**
 * Whether conditions of a template hold; undefined where that is not known before deployment.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export function conditionsOf(conditions: unknown, scope: Omit<Scope, "condition">): Scope["condition"] {
  const found = new Map<string, boolean | undefined>();
  const named = (name: string, depth: number): boolean | undefined => {
    if (!isMap(conditions)) return undefined;
    if (!found.has(name)) {
      found.set(name, undefined); // so that one that rests on itself is not known
      found.set(name, holds(Object.getOwnPropertyDescriptor(conditions, name)?.value, depth));
    }
    return found.get(name);
  };
  const holds = (condition: unknown, depth: number): boolean | undefined => {
    if (!isMap(condition) || depth > deepest) return undefined;
    const [name, argument] = Object.entries(condition)[0] ?? [];
    const all = () => (Array.isArray(argument) ? argument.map((each) => holds(each, depth + 1)) : [undefined]);
    switch (name) {
      case "Condition":
        return typeof argument === "string" ? named(argument, depth + 1) : undefined;
      case "Fn::Equals":
        return equal(argument);
      case "Fn::Not":
        return not(all()[0]);
      case "Fn::And":
        return not(some(all().map(not)));
      case "Fn::Or":
        return some(all());
      default:
        return undefined;
    }
  };
  const equal = (argument: unknown): boolean | undefined => {
    if (!Array.isArray(argument)) return undefined;
    const [one, other] = argument.map((each) => evaluate(each, { ...scope, condition: () => undefined }));
    return isKnownScalar(one) && isKnownScalar(other) ? String(one) === String(other) : undefined;
  };
  return (name) => named(name, 0);
}

const not = (truth: boolean | undefined): boolean | undefined => (truth === undefined ? undefined : !truth);

function some(truths: readonly (boolean | undefined)[]): boolean | undefined {
  if (truths.includes(true)) return true;
  return truths.includes(undefined) ? undefined : false;
}
