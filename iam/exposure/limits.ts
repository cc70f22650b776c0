import { booleanOf } from "../conditionValue";
import type { Condition, Statement } from "../document";
import { ipRange, isPrivate } from "../ipRange";
import { hasVariable } from "../variables";
import { arnComponents } from "../wildcards";
import type { Audience } from "./audience";

/** Service of the resource that the policy is attached to: services differ in the keys that they trust. */
export type ResourceService = "dynamodb" | "s3" | "kms" | "sns" | "sqs" | "lambda" | "other";

/** What a condition that names a trusted key with fixed values says about the caller. */
type Limit = (values: readonly string[]) => Audience | undefined;

/**
 * Keys that make a policy non-public when their values are fixed (DynamoDB developer guide, "Blocking public access with
 * resource-based policies"). Every other key says nothing about who calls: a stranger picks his own user agent, referer,
 * transport, tags, request parameters and the hour.
 */
const trustedKeys = new Map<string, Limit>([
  ["aws:principalaccount", accountIds],
  ["aws:principalarn", accountsOfArns],
  ["aws:principalorgid", organizationIds],
  ["aws:principalorgpaths", organizationsOfPaths],
  ["aws:sourceaccount", (values) => source(accountIds(values))],
  ["aws:sourcearn", (values) => source(accountsOfArns(values))],
  ["aws:sourceorgid", (values) => source(organizationIds(values))],
  ["aws:sourceorgpaths", (values) => source(organizationsOfPaths(values))],
  ["aws:sourcevpc", networks],
  ["aws:sourcevpce", networks],
  ["aws:ec2instancesourcevpc", networks],
  ["aws:userid", () => ({ kind: "unclear", why: "aws:userid does not tell the account: add aws:PrincipalAccount" })],
  ["aws:principalservicename", (services) => ({ kind: "services", services })],
  ["aws:principalservicenameslist", (services) => ({ kind: "services", services })],
  ["aws:principalisawsservice", (values) => (values.every(booleanOf) ? { kind: "services", services: [] } : undefined)],
]);

/**
 * S3: Amazon S3 user guide, "Blocking public access to your Amazon S3 storage", section "The meaning of public".
 * KMS: developer guide, "AWS KMS condition keys". SNS: developer guide, "Example cases for Amazon SNS access control".
 */
const trustedKeysOf: Partial<Record<ResourceService, ReadonlyMap<string, Limit>>> = {
  s3: new Map<string, Limit>([
    ["aws:sourceip", addresses],
    ["aws:sourceowner", accountIds],
    ["s3:dataaccesspointaccount", accountIds],
    ["s3:dataaccesspointarn", accountsOfArns],
    [
      "s3:x-amz-server-side-encryption-aws-kms-key-id",
      () => ({ kind: "unclear", why: "who may use the named KMS key is not in this policy" }),
    ],
  ]),
  kms: new Map<string, Limit>([["kms:calleraccount", accountIds]]),
  sns: new Map<string, Limit>([["aws:sourceowner", (values) => source(accountIds(values))]]),
};

/** Multivalued keys need a set operator; without one AWS documents no outcome. */
const multivalued = new Set(["aws:principalorgpaths", "aws:sourceorgpaths", "aws:principalservicenameslist"]);

/** What the conditions of an Allow leave of its audience: one entry per condition that narrows. */
export function limitsOfAllow(statement: Statement, service: ResourceService): Audience[] {
  return statement.conditions.flatMap((condition) => {
    const { operator } = condition;
    if (operator.negated || !comparesIdentity(condition)) return [];
    // These hold also without the key, unless another condition asks for the key.
    const optional = operator.ifExists || operator.quantifier === "ForAllValues";
    if (optional && !demandsKey(statement, condition.key)) return [];
    return narrowing(condition, service);
  });
}

/**
 * What an unexcepted Deny leaves over: callers for whom one of its conditions is false. Undefined: that is not certain
 * to be a smaller audience.
 */
export function limitsOfDeny(statement: Statement, service: ResourceService): Audience[] | undefined {
  const left = statement.conditions.map((condition) => {
    const { operator, key, values } = condition;
    // "Not an AWS service": a plain Bool is false for anonymous callers, who lack the key, so they stay in.
    if (key.toLowerCase() === "aws:principalisawsservice" && operator.kind === "bool") {
      const denied = operator.ifExists && values.every((value) => booleanOf(value) === false) && values.length > 0;
      return denied ? [{ kind: "services", services: [] } as const] : [];
    }
    // A negated operator denies those without the key too, except as ForAnyValue.
    if (!operator.negated || operator.quantifier === "ForAnyValue" || !comparesIdentity(condition)) return [];
    return narrowing(condition, service);
  });
  return left.some((each) => each.length === 0) ? undefined : left.flat();
}

/** The audience that a trusted key with these values describes; none where the key or a value is not fixed. */
function narrowing({ operator, key, values }: Condition, service: ResourceService): Audience[] {
  const name = key.toLowerCase();
  const limit = trustedKeys.get(name) ?? trustedKeysOf[service]?.get(name);
  if (limit === undefined || values.length === 0) return [];
  if (multivalued.has(name) && operator.quantifier === undefined) {
    return [{ kind: "unclear", why: `${key} has several values: ${operator.name} needs ForAnyValue` }];
  }
  const audience = limit(values);
  return audience ? [audience] : [];
}

function comparesIdentity({ operator: { kind } }: Condition): boolean {
  return kind === "string" || kind === "arn" || kind === "ip" || kind === "bool";
}

function demandsKey(statement: Statement, key: string): boolean {
  return statement.conditions.some(
    (condition) =>
      condition.operator.kind === "null" &&
      condition.key.toLowerCase() === key.toLowerCase() &&
      condition.values.length > 0 &&
      condition.values.every((value) => booleanOf(value) === false),
  );
}

/**
 * "Values that don't contain a wildcard or an IAM policy variable". A wildcard in StringEquals is a plain character; it is
 * counted as not fixed all the same.
 */
function fixed(values: readonly string[]): boolean {
  return values.every((value) => !/[*?]/.test(value) && !hasVariable(value));
}

function accountIds(values: readonly string[]): Audience | undefined {
  return values.every((value) => /^\d{12}$/.test(value)) ? { kind: "accounts", accounts: values } : undefined;
}

function accountsOfArns(values: readonly string[]): Audience | undefined {
  if (!fixed(values)) return undefined;
  const accounts = values.map((value) => arnComponents(value)?.[4]);
  if (accounts.some((account) => account === undefined)) return undefined;
  const nameless = accounts.findIndex((account) => !/^\d{12}$/.test(account!));
  return nameless >= 0
    ? { kind: "unclear", why: `${values[nameless]} names no account: add a condition on the account` }
    : { kind: "accounts", accounts: accounts as string[] };
}

function organizationIds(values: readonly string[]): Audience | undefined {
  return fixed(values) ? { kind: "organizations", organizations: values } : undefined;
}

function organizationsOfPaths(values: readonly string[]): Audience | undefined {
  return organizationIds(values) && { kind: "organizations", organizations: values.map((path) => path.split("/")[0]!) };
}

function source(of: Audience | undefined): Audience | undefined {
  return of?.kind === "unclear" ? of : of && { kind: "serviceSource", of };
}

function networks(values: readonly string[]): Audience | undefined {
  return fixed(values) ? { kind: "networks", networks: values } : undefined;
}

/** S3 counts ranges wider than /8 (IPv6: /32) as public, private ones excepted. */
function addresses(values: readonly string[]): Audience | undefined {
  const narrow = values.every((value) => {
    const range = ipRange(value);
    return range && (isPrivate(range) || range.prefix >= (range.family === "ipv4" ? 8 : 32));
  });
  return narrow ? { kind: "networks", networks: values } : undefined;
}

/**
 * For whom a named service may act. Unlike above a wildcard after the account is harmless: the service is fixed already,
 * and what counts is whose resources make it call ("The confused deputy problem", IAM user guide).
 */
export function sourcesOfService(statement: Statement): Audience[] {
  return statement.conditions.flatMap((condition): Audience[] => {
    const { operator, values } = condition;
    const key = condition.key.toLowerCase();
    if (operator.negated || values.length === 0) return [];
    if ((operator.ifExists || operator.quantifier === "ForAllValues") && !demandsKey(statement, condition.key))
      return [];
    if (key !== "aws:sourcearn") {
      const limit = /^aws:source(account|orgid|orgpaths)$/.test(key) ? trustedKeys.get(key) : undefined;
      const audience = limit?.(values);
      return audience?.kind === "serviceSource" ? [audience] : [];
    }
    // In StringLike a `*` reaches over colons, so that a later component may hold the caller's own text.
    const reaches = operator.kind !== "arn";
    const accounts = values.map((value) => {
      const parts = arnComponents(value) ?? [];
      const before = reaches && /[*?]/.test(parts.slice(0, 4).join(":"));
      return before ? undefined : parts[4];
    });
    const named = accounts.every((account) => account !== undefined && /^\d{12}$/.test(account));
    return named ? [{ kind: "serviceSource", of: { kind: "accounts", accounts: accounts as string[] } }] : [];
  });
}
