import { closest, shown, unknownName } from "../wording";

/** The part of JSON Schema that configuration of a policy may use; a subset of what the policy SDK takes. */
export interface ValueSchema {
  type: "string" | "integer" | "array" | "object";
  pattern?: string;
  description?: string;
  default?: unknown;
  enum?: readonly string[];
  minimum?: number;
  maximum?: number;
  minProperties?: number;
  items?: ValueSchema;
  /** Keys of a map; others are refused. */
  properties?: Readonly<Record<string, ValueSchema>>;
  additionalProperties?: ValueSchema;
}

/** Configuration keys of a policy. */
export type ConfigurationSchema = Readonly<Record<string, ValueSchema & { description: string }>>;

/** Configuration of a policy is wrong. The message names policy, key and value, and what is allowed. */
export class ConfigurationError extends Error {
  constructor(policy: string, problem: string) {
    super(`configuration of policy ${policy}: ${problem}`);
    this.name = "ConfigurationError";
  }
}

/**
 * Checks a policy's configuration and fills in defaults. The engine does both from the schema, except that it lets
 * unknown keys pass; a caller without the engine sends what the user wrote.
 */
export function readConfiguration(policy: string, schema: ConfigurationSchema, given: object): Record<string, unknown> {
  const refuse = (problem: string): never => {
    throw new ConfigurationError(policy, problem);
  };
  const keys = Object.keys(schema);
  for (const key of Object.keys(given)) {
    if (!keys.includes(key)) refuse(unknownName("key", key, keys));
  }
  const read = keys.map((key): [string, unknown] => {
    const value: unknown = Object.getOwnPropertyDescriptor(given, key)?.value;
    if (value === undefined || value === null) return [key, schema[key]?.default];
    check(value, schema[key]!, key, refuse);
    return [key, value];
  });
  return Object.fromEntries(read);
}

function check(value: unknown, schema: ValueSchema, path: string, refuse: (problem: string) => never): void {
  if (!hasType(value, schema.type)) refuse(`${path} must be ${titles[schema.type]}, not ${shown(value)}.`);
  if (schema.enum && !schema.enum.includes(value as string)) {
    const near = closest(value as string, schema.enum);
    const suggestion = near === undefined ? "" : ` Did you mean ${shown(near)}?`;
    refuse(`${path} is ${shown(value)}.${suggestion} Allowed: ${schema.enum.join(", ")}.`);
  }
  if (typeof value === "string" && schema.pattern !== undefined && !new RegExp(schema.pattern).test(value)) {
    refuse(`${path} is ${shown(value)}. ${schema.description ?? `It must match ${schema.pattern}.`}`);
  }
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if (typeof value === "number" && (value < minimum || value > maximum)) {
    refuse(`${path} is ${value}. Allowed: ${minimum} to ${maximum}.`);
  }
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      if (schema.items) check(item, schema.items, `${path}[${index}]`, refuse);
    });
  } else if (schema.type === "object") {
    const entries = Object.entries(value as object);
    const { minProperties = 0 } = schema;
    if (entries.length < minProperties) refuse(`${path} must have at least ${minProperties} entry.`);
    for (const [key, item] of entries) {
      if (item === undefined) continue;
      const { additionalProperties: any, properties } = schema;
      const own = properties && Object.hasOwn(properties, key) ? properties[key] : any;
      if (own) check(item, own, `${path}.${key}`, refuse);
      else if (properties) refuse(unknownName(`key in ${path}`, key, Object.keys(properties)));
    }
  }
}

const titles = { string: "a string", integer: "a whole number", array: "a list", object: "a map" };

function hasType(value: unknown, type: ValueSchema["type"]): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}
