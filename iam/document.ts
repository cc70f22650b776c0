import { type ConditionOperator, readOperator } from "./conditionOperator";
import { valueProblem } from "./conditionValue";
import { type PrincipalEntry, readPrincipal } from "./principal";

/** A policy document, read and normalised: what was a string or a list is a list. */
export interface PolicyDocument {
  /** Absent in the document: 2008-10-17, which knows no policy variables. */
  readonly version: "2008-10-17" | "2012-10-17";
  readonly id?: string;
  readonly statements: readonly Statement[];
}

export interface Statement {
  /** The `Sid` in quotes, or `Statement[2]`: how messages call it. */
  readonly label: string;
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  /** Absent in identity policies. */
  readonly principals?: Listed<PrincipalEntry>;
  readonly actions: Listed<string>;
  /** Absent in trust policies. */
  readonly resources?: Listed<string>;
  readonly conditions: readonly Condition[];
}

/** The entries of an element or of its `Not…` form. */
export interface Listed<T> {
  /** True for `NotAction`, `NotResource`, `NotPrincipal`. */
  readonly except: boolean;
  readonly entries: readonly T[];
}

/** One operator and one key; a condition block is a conjunction of these. */
export interface Condition {
  readonly operator: ConditionOperator;
  /** As written; names of keys are not case sensitive. */
  readonly key: string;
  /** Alternatives. Policy variables are kept as written. */
  readonly values: readonly string[];
}

/** Where a document is attached, which decides what elements a statement has. */
export type PolicyType = "resource" | "identity" | "trust";

/** A document that AWS would refuse. */
export class PolicyDocumentError extends Error {
  constructor(
    /** Where: for example `Statement[1].Condition.StringEquals`. Empty for the whole document. */
    readonly path: string,
    /** What is wrong and what to write instead. */
    readonly problem: string,
  ) {
    super(path === "" ? `policy document: ${problem}` : `policy document, ${path}: ${problem}`);
    this.name = "PolicyDocumentError";
  }
}

/**
 * Reads a policy document from JSON text or from an object.
 *
 * @throws PolicyDocumentError naming the element and what to write instead. Nothing is guessed or skipped.
 */
export function parsePolicyDocument(input: unknown, type: PolicyType = "resource"): PolicyDocument {
  const document = members(typeof input === "string" ? parseJson(input) : input, "", ["Version", "Id", "Statement"]);
  const version = document.get("Version") ?? "2008-10-17";
  if (version !== "2008-10-17" && version !== "2012-10-17") {
    throw new PolicyDocumentError("Version", `is ${shown(version)}. Write "2012-10-17"`);
  }
  const id = document.get("Id");
  if (!document.has("Statement")) throw new PolicyDocumentError("", "has no Statement. Add a list of statements");
  const statements = document.get("Statement");
  const list = Array.isArray(statements) ? statements : [statements];
  if (list.length === 0) throw new PolicyDocumentError("Statement", "is empty. Write at least one statement");
  return {
    version,
    ...(id !== undefined && { id: text(id, "Id") }),
    statements: list.map((each, i) => readStatement(each, i, Array.isArray(statements), type)),
  };
}

/** As `parsePolicyDocument`, with the mistake as a value for callers that must not throw. */
export function readPolicyDocument(
  input: unknown,
  type: PolicyType = "resource",
): { readonly document: PolicyDocument } | { readonly error: PolicyDocumentError } {
  try {
    return { document: parsePolicyDocument(input, type) };
  } catch (error) {
    if (error instanceof PolicyDocumentError) return { error };
    throw error;
  }
}

const elements = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
] as const;

function readStatement(input: unknown, index: number, listed: boolean, type: PolicyType): Statement {
  const path = listed ? `Statement[${index}]` : "Statement";
  const statement = members(input, path, elements);
  const sid = statement.has("Sid") ? text(statement.get("Sid"), `${path}.Sid`) : undefined;
  const effect = statement.get("Effect");
  if (effect !== "Allow" && effect !== "Deny") {
    const problem = statement.has("Effect") ? `is ${shown(effect)}` : "is missing";
    throw new PolicyDocumentError(`${path}.Effect`, `${problem}. Write "Allow" or "Deny"`);
  }
  const principals = either(statement, path, "Principal", "NotPrincipal", readPrincipals);
  const actions = either(statement, path, "Action", "NotAction", readActions);
  const resources = either(statement, path, "Resource", "NotResource", (value, at) => readResources(value, at, type));
  if (actions === undefined) throw new PolicyDocumentError(path, "has neither Action nor NotAction. Add one");
  demand(type !== "identity", principals, path, "Principal", type);
  demand(type !== "trust", resources, path, "Resource", type);
  return {
    label: sid ? JSON.stringify(sid) : path,
    ...(sid !== undefined && { sid }),
    effect,
    ...(principals && { principals }),
    actions,
    ...(resources && { resources }),
    conditions: statement.has("Condition") ? readConditions(statement.get("Condition"), `${path}.Condition`) : [],
  };
}

/** The grammar's rule: a principal in resource and trust policies and nowhere else, a resource except in trust policies. */
function demand(wanted: boolean, found: unknown, path: string, element: string, type: PolicyType): void {
  if (wanted && found === undefined) {
    throw new PolicyDocumentError(path, `has no ${element}, which every statement of a ${type} policy needs. Add it`);
  }
  if (!wanted && found !== undefined) {
    throw new PolicyDocumentError(path, `has a ${element}, which no ${type} policy may have. Remove it`);
  }
}

function either<T>(
  statement: ReadonlyMap<string, unknown>,
  path: string,
  name: string,
  exceptName: string,
  read: (value: unknown, path: string) => T[],
): Listed<T> | undefined {
  if (statement.has(name) && statement.has(exceptName)) {
    throw new PolicyDocumentError(path, `has both ${name} and ${exceptName}. Keep one`);
  }
  const written = statement.has(exceptName) ? exceptName : name;
  if (!statement.has(written)) return undefined;
  return { except: written === exceptName, entries: read(statement.get(written), `${path}.${written}`) };
}

function readPrincipals(value: unknown, path: string): PrincipalEntry[] {
  if (value === "*") return [{ type: "everyone", written: "*" }];
  if (typeof value === "string") {
    throw new PolicyDocumentError(path, `is ${shown(value)}. Write "*" or a map such as {"AWS": ${shown(value)}}`);
  }
  return [...members(value, path)].flatMap(([kind, entries]) =>
    texts(entries, `${path}.${kind}`).map((written) => {
      const entry = readPrincipal(kind, written);
      if ("problem" in entry) throw new PolicyDocumentError(`${path}.${kind}`, entry.problem);
      return entry;
    }),
  );
}

function readActions(value: unknown, path: string): string[] {
  return texts(value, path).map((action) => {
    if (/^(\*+|[^\s:]+:[^\s:]+)$/.test(action)) return action;
    throw new PolicyDocumentError(
      path,
      `${shown(action)} is no action. Write "service:Action", for example "sns:Publish"`,
    );
  });
}

function readResources(value: unknown, path: string, type: PolicyType): string[] {
  return texts(value, path).map((resource) => {
    if (/^\*+$/.test(resource)) return resource;
    if (!resource.startsWith("arn:")) {
      throw new PolicyDocumentError(path, `${shown(resource)} is no resource. Write an ARN or "*"`);
    }
    // IAM completes a short ARN with wildcards, in identity policies only (IAM user guide, "Grammar of the IAM JSON
    // policy language", resource_string).
    const missing = type === "identity" ? 6 - resource.split(":").length : 0;
    return missing > 0 ? resource + ":*".repeat(missing) : resource;
  });
}

function readConditions(value: unknown, path: string): Condition[] {
  return [...members(value, path)].flatMap(([name, keys]) => {
    const at = `${path}.${name}`;
    const operator = readOperator(name);
    if ("problem" in operator) throw new PolicyDocumentError(path, operator.problem);
    return [...members(keys, at)].map(([key, written]) => {
      const values = texts(written, `${at}.${key}`, true);
      for (const each of values) {
        const problem = valueProblem(operator, each);
        if (problem) throw new PolicyDocumentError(`${at}.${key}`, `is ${shown(each)}; ${problem}`);
      }
      return { operator, key, values };
    });
  });
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new PolicyDocumentError("", `is not JSON (${(error as Error).message}). Write one JSON object`);
  }
}

/** The members of an object; with `allowed`, no others. */
function members(value: unknown, path: string, allowed?: readonly string[]): Map<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new PolicyDocumentError(path, `is ${shown(value)}. Write an object`);
  }
  const found = new Map(Object.entries(value).filter(([, member]) => member !== undefined));
  for (const name of found.keys()) {
    if (allowed && !allowed.includes(name)) {
      const near = allowed.find((known) => known.toLowerCase() === name.toLowerCase());
      const hint = near ? `Did you mean "${near}"?` : `Allowed: ${allowed.join(", ")}.`;
      throw new PolicyDocumentError(path, `has an unknown element ${shown(name)}. ${hint}`);
    }
  }
  return found;
}

function texts(value: unknown, path: string, scalars = false): string[] {
  return Array.isArray(value)
    ? value.map((each, i) => text(each, `${path}[${i}]`, scalars))
    : [text(value, path, scalars)];
}

/** `scalars`: quotation marks are optional around numbers and booleans in conditions (same grammar page). */
function text(value: unknown, path: string, scalars = false): string {
  if (typeof value === "string") return value;
  if (scalars && (typeof value === "number" || typeof value === "boolean")) return String(value);
  throw new PolicyDocumentError(path, `is ${shown(value)}. Write a string`);
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 100 ? `${value.slice(0, 97)}...` : value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
