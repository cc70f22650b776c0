import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { ArgumentError } from "../components/argumentError";
import { shown, unknownName } from "../wording";
import { type Configuration, configurationSchema, textKeys } from "./schema";

/**
 * The stack's configuration, checked: unknown keys, wrong types and malformed values are errors that name the key, the
 * value and what is allowed. Keys of other namespaces (`aws:region`) are left alone.
 */
export function readConfiguration(): Configuration {
  const project = pulumi.getProject();
  const written: Record<string, unknown> = {};
  const secrets = new Set<string>();
  for (const [key, text] of Object.entries(pulumi.runtime.allConfig())) {
    if (!key.startsWith(`${project}:`)) continue;
    const name = key.slice(project.length + 1);
    if (isConfigSecret(key)) secrets.add(name);
    written[name] = textKeys.has(name) ? text : parsed(text);
  }
  return configKeys(() => checked(written, secrets));
}

/** Runs the part of the program that takes arguments; a wrong one is reported as the configuration key that it came from. */
export function configKeys<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    // A RunError is shown without a stack: the mistake is in the configuration, not in the program.
    throw new pulumi.RunError(`config key ${pulumi.getProject()}:${error.argument}: ${error.problem}`);
  }
}

/** Checks configuration values by key. Exported for tests, which have no engine to read them from. */
export function checked(written: Record<string, unknown>, secrets: ReadonlySet<string> = new Set()): Configuration {
  const result = configurationSchema.safeParse(written);
  if (result.success) return result.data;
  // Of a misspelt key, that it is unknown says more than that the right one is missing.
  const { issues } = result.error;
  throw explained(issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0]!, written, secrets);
}

/** The SDK exports this without publishing its type. */
const { isConfigSecret } = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };

/** Pulumi hands every value over as text; structured ones, booleans and numbers are JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function explained(
  issue: z.core.$ZodIssue,
  written: Record<string, unknown>,
  secrets: ReadonlySet<string>,
): ArgumentError {
  const path = pathOf(issue.path);
  if (issue.code === "unrecognized_keys") {
    const parent = fieldsAt(issue.path.map(String));
    const problem = unknownName("key", issue.keys[0]!, parent);
    return path === "" ? new ArgumentError(issue.keys[0]!, problem) : new ArgumentError(path, problem);
  }
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)?.[key], written);
  if (value === undefined) return new ArgumentError(path, `is missing; it must be ${allowed(issue)}.`);
  const secret = secrets.has(String(issue.path[0]));
  const problem = `${secret ? "the secret value" : shown(value)} is not ${allowed(issue)}.`;
  return new ArgumentError(path, [problem, rewritten(issue, value, secret)].filter(Boolean).join(" "));
}

/** As `pulumi config set --path` takes it: `emails[0]`. */
const pathOf = (steps: readonly PropertyKey[]): string =>
  steps.map((step, i) => (typeof step === "number" ? `[${step}]` : `${i > 0 ? "." : ""}${String(step)}`)).join("");

/** What to write in the place of a value that has the right content in the wrong type. */
function rewritten(issue: z.core.$ZodIssue, value: unknown, secret: boolean): string | undefined {
  if (issue.code !== "invalid_type" || typeof value === "object") return undefined;
  if (issue.expected === "string") return `Write it in quotes${secret ? "" : `: ${JSON.stringify(String(value))}`}.`;
  if (issue.expected !== "array") return undefined;
  if (secret) return "Write a list.";
  const items = String(value)
    .split(",")
    .map((item) => item.trim());
  return `Write a list: ${JSON.stringify(items)} in one line, or ${items.map((item) => `- ${item}`).join(", ")} in lines.`;
}

/** What would have been right, in words. */
function allowed(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.expected === "array") return "a list";
      return issue.expected === "int" ? "a whole number" : `of type ${issue.expected}`;
    case "invalid_value":
      return `one of ${issue.values.map(shown).join(", ")}`;
    case "too_small":
      return issue.origin === "array" ? `a list of at least ${issue.minimum}` : `${issue.minimum} or more`;
    case "too_big":
      return `${issue.maximum} or less`;
    case "not_multiple_of":
      return `a multiple of ${issue.divisor}`;
    default:
      return issue.message;
  }
}

/** Names of the keys that are allowed at a path. */
function fieldsAt(path: string[]): string[] {
  let schema: z.core.$ZodType = configurationSchema;
  for (const step of path) schema = childOf(unwrapped(schema), step);
  const shape = (unwrapped(schema) as { shape?: Record<string, unknown> }).shape;
  return Object.keys(shape ?? {});
}

function childOf(schema: z.core.$ZodType, step: string): z.core.$ZodType {
  const definition = schema as {
    shape?: Record<string, z.core.$ZodType>;
    valueType?: z.core.$ZodType;
    element?: z.core.$ZodType;
  };
  return definition.shape?.[step] ?? definition.valueType ?? definition.element ?? schema;
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const inner = (schema as { def?: { innerType?: z.core.$ZodType } }).def?.innerType;
  return inner ? unwrapped(inner) : schema;
}
