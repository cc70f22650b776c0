import { isMap, unknownValue } from "../table/reading";

/** What a template's functions are evaluated with. */
export interface Scope {
  /** Values of parameters, as far as they are known: given ones, else defaults. */
  parameters: ReadonlyMap<string, unknown>;
  mappings: unknown;
  /** Undefined: not known before deployment. */
  condition(name: string): boolean | undefined;
}

/** Levels of a template beyond which a value counts as not known. */
export const deepest = 100;

/**
 * The value with CloudFormation's functions evaluated, as far as that is possible before deployment: what is not known
 * becomes `unknownValue`, `AWS::NoValue` becomes undefined.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function evaluate(value: unknown, scope: Scope, depth = 0): unknown {
  if (depth > deepest) return unknownValue;
  const inner = (each: unknown): unknown => evaluate(each, scope, depth + 1);
  // A dynamic reference: the service resolves it when it deploys.
  if (typeof value === "string") return value.includes("{{resolve:") ? unknownValue : value;
  if (Array.isArray(value)) return value.map(inner).filter((each) => each !== undefined);
  if (!isMap(value)) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && name !== undefined && isFunction(name)) return call(name, argument, scope, inner);
  if (entries.some(([key]) => key.startsWith("Fn::"))) return unknownValue;
  return Object.fromEntries(entries.map(([key, each]) => [key, inner(each)]).filter(([, each]) => each !== undefined));
}

const isFunction = (name: string): boolean => name === "Ref" || name === "Condition" || name.startsWith("Fn::");

function call(name: string, argument: unknown, scope: Scope, inner: (value: unknown) => unknown): unknown {
  switch (name) {
    case "Ref":
      if (argument === "AWS::NoValue") return undefined;
      return typeof argument === "string" ? parameter(argument, scope) : unknownValue;
    case "Fn::If":
      return choose(argument, scope, inner);
    case "Fn::Sub":
      return substitute(argument, scope, inner);
    case "Fn::Join":
      return join(argument, inner);
    case "Fn::FindInMap":
      return find(argument, scope, inner);
    default:
      return unknownValue;
  }
}

const parameter = (name: string, { parameters }: Scope): unknown => parameters.get(name) ?? unknownValue;

function choose(argument: unknown, scope: Scope, inner: (value: unknown) => unknown): unknown {
  if (!Array.isArray(argument) || typeof argument[0] !== "string") return unknownValue;
  const holds = scope.condition(argument[0]);
  const [one, other] = [inner(argument[1]), inner(argument[2])];
  if (holds !== undefined) return holds ? one : other;
  return JSON.stringify(one) === JSON.stringify(other) ? one : unknownValue;
}

function substitute(argument: unknown, scope: Scope, inner: (value: unknown) => unknown): unknown {
  const [text, own] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== "string") return unknownValue;
  let known = true;
  const result = text.replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, variable: string) => {
    if (literal) return `\${${variable}}`;
    const name = variable.trim();
    const value =
      isMap(own) && Object.hasOwn(own, name) ? inner((own as Record<string, unknown>)[name]) : parameter(name, scope);
    if (isKnownScalar(value)) return String(value);
    known = false;
    return "";
  });
  return known ? inner(result) : unknownValue;
}

function join(argument: unknown, inner: (value: unknown) => unknown): unknown {
  const [separator, values] = Array.isArray(argument) ? argument : [];
  const parts = inner(values);
  if (typeof separator !== "string" || !Array.isArray(parts) || !parts.every(isKnownScalar)) return unknownValue;
  return parts.join(separator);
}

function find(argument: unknown, { mappings }: Scope, inner: (value: unknown) => unknown): unknown {
  const keys = Array.isArray(argument) ? argument.slice(0, 3).map(inner) : [];
  if (keys.length !== 3 || !keys.every(isKnownScalar)) return unknownValue;
  const found = keys.reduce<unknown>(
    (level, key) => (isMap(level) ? Object.getOwnPropertyDescriptor(level, String(key))?.value : undefined),
    mappings,
  );
  return found ?? unknownValue;
}

export function isKnownScalar(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value) && value !== unknownValue;
}
