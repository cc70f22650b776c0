/** Stands for a string that is not known before deployment, and for whatever a program does not know yet. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * The strings that stand for a value which is not known before deployment, one per type of the value. They are part of
 * Pulumi's wire protocol (`sdk/go/common/resource/plugin/rpc.go`). The policy SDK throws when a policy reads one.
 */
export const unknownSentinels: ReadonlySet<unknown> = new Set([
  unknownValue,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // list
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // map
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
]);

/**
 * What can be said about a property before deployment.
 *
 * - `known`: it is written, and its value is of the expected type.
 * - `absent`: it is not written, or is null.
 * - `unknown`: it is written, and its value is only known after deployment.
 * - `malformed`: it is written with a value of another type. The value itself is not kept: it may be a secret.
 */
export type Reading<T> = Known<T> | { state: "absent" } | { state: "unknown" } | Malformed;
export interface Known<T> {
  state: "known";
  value: T;
}
export interface Malformed {
  state: "malformed";
  /** For messages: "serverSideEncryption is a string where a map is expected". */
  problem: string;
}

/** A type that a property may be expected to have. */
export interface Kind<T> {
  /** With its article, for messages. */
  title: string;
  matches(value: unknown): value is T;
}
export const boolean: Kind<boolean> = { title: "a boolean", matches: (value) => typeof value === "boolean" };
export const number: Kind<number> = { title: "a number", matches: (value) => typeof value === "number" };
export const string: Kind<string> = { title: "a string", matches: (value) => typeof value === "string" };
export const list: Kind<unknown[]> = { title: "a list", matches: (value) => Array.isArray(value) };
export const isMap = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const map: Kind<object> = { title: "a map", matches: isMap };
/** A document, written out or as JSON text. */
export const mapOrText: Kind<object | string> = {
  title: "a map",
  matches: (value): value is object | string => isMap(value) || typeof value === "string",
};
/** CloudFormation takes text for booleans and numbers. */
export const booleanText: Kind<boolean | string> = {
  title: "a boolean",
  matches: (value): value is boolean | string => typeof value === "boolean" || value === "true" || value === "false",
};
export const numberText: Kind<number | string> = {
  title: "a number",
  matches: (value): value is number | string =>
    typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)),
};
/** A tag's value. The provider turns numbers and booleans into strings. */
export const tagValue: Kind<string | number | boolean> = {
  title: "a string",
  matches: (value): value is string | number | boolean => ["string", "number", "boolean"].includes(typeof value),
};

export function known<T>(value: T): Known<T> {
  return { state: "known", value };
}

/**
 * Reads one property of a map or list without tripping over unknown values: the SDK's proxy traps property reads only,
 * so the value is taken from the property descriptor. Whatever is said of the container holds for what is in it.
 */
export function read<T>(
  container: Reading<object>,
  key: string | number,
  kind: Kind<T>,
  path = String(key),
): Reading<T> {
  if (container.state !== "known") return container;
  const value: unknown = Object.getOwnPropertyDescriptor(container.value, key)?.value;
  if (value === undefined || value === null) return { state: "absent" };
  if (unknownSentinels.has(value)) return { state: "unknown" };
  if (kind.matches(value)) return known(value);
  return { state: "malformed", problem: `${path} is ${titleOf(value)} where ${kind.title} is expected` };
}

function titleOf(value: unknown): string {
  return [boolean, number, string, list, map].find((kind) => kind.matches(value))?.title ?? `a ${typeof value}`;
}

/** What is known of a value holds for what is made of it. */
export function mapped<T, U>(reading: Reading<T>, make: (value: T) => U): Reading<U> {
  return reading.state === "known" ? known(make(reading.value)) : reading;
}
