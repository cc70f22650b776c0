import { absent, all, type Condition, present } from "../condition";
import type { Detection, GroupKey } from "../detection";
import { maxPatternLength, parseFilterPattern, printFilterPattern } from "../filterPattern";
import { checkTransformation } from "./dimensions";
import { CompileError, Inexpressible } from "./error";
import { selectorText, toExpression } from "./expression";
import { fromElsewhere } from "./origins";
import {
  type Callers,
  callerField,
  deepestPath,
  foldRoles,
  issuerField,
  noneOfPrincipals,
  oneOfPrincipals,
  type Principals,
  readPrincipals,
} from "./principals";

/** Whose events count. Every list compiles to a guard that keeps events without the field. */
export interface Exclusions {
  /** ARNs of principals whose events do not count. A role's ARN covers its sessions; a `*` may end an ARN. */
  ignorePrincipals?: readonly string[];
  /** ARNs of the only principals whose events count. Default: everyone. */
  onlyPrincipals?: readonly string[];
  /** Addresses, or IPv4 networks of /8, /16 or /24. An IPv6 address is compared as text: write it as CloudTrail does. */
  ignoreSourceIps?: readonly string[];
  /** Ids of VPC endpoints. */
  ignoreVpcEndpoints?: readonly string[];
}

export interface CompileOptions {
  /** Count per `alarm.per` with metric dimensions. false: one count for the whole account. Default: true. */
  grouped?: boolean;
}

export interface CompiledFilter {
  /** Keeps the filters of one detection apart, for example "role-sessions". Empty where there is one. */
  variant: string;
  pattern: string;
  /** Selector by dimension name. Absent when ungrouped. */
  dimensions?: Readonly<Record<string, string>>;
}

export interface CompiledDetection {
  /** Filters on one metric. No event matches two of them. */
  filters: CompiledFilter[];
  /** What the person who deploys should know, for example that a list of roles became a wildcard. */
  notes: string[];
}

/**
 * The CloudWatch Logs filters of a detection. Throws a CompileError, naming the detection and the reason, for what a
 * filter pattern cannot express and for what AWS would refuse.
 */
export function compileDetection(
  detection: Detection,
  exclusions: Exclusions = {},
  { grouped = true }: CompileOptions = {},
): CompiledDetection {
  if (detection.stateful)
    throw new CompileError(detection.id, `no metric filter can say it: ${detection.stateful.needs}`);
  try {
    const ignored = readPrincipals("ignorePrincipals", exclusions.ignorePrincipals);
    const only = readPrincipals("onlyPrincipals", exclusions.onlyPrincipals);
    const elsewhere = fromElsewhere(exclusions.ignoreSourceIps, exclusions.ignoreVpcEndpoints);
    const forms = grouped && detection.alarm.per ? groupedForms(detection.alarm.per) : [accountWide];
    return fitted(detection, forms, elsewhere, ignored, only);
  } catch (error) {
    if (error instanceof Inexpressible) throw new CompileError(detection.id, error.message);
    throw error;
  }
}

/** One filter of a detection: which callers it meets and what it is counted by. */
interface Form {
  variant: string;
  callers: Callers;
  /** Field by dimension name. */
  dimensions?: Partial<Record<GroupKey, string>>;
}

const accountWide: Form = { variant: "", callers: "any" };

/** A table's name may be an ARN or missing in the request; the response names the table by its ARN. */
const tableField = "responseElements.tableDescription.tableArn";

/**
 * A metric filter reads a dimension from one field, and no single field names every principal: role sessions differ in
 * `userIdentity.arn` by their session's name, while root, users and federated users have no issuer that is themselves.
 * So there are two filters, one for events with a session issuer and one for those without: no event is in both.
 */
function groupedForms(per: readonly GroupKey[]): Form[] {
  const table = per.includes("table") ? { table: tableField } : {};
  if (!per.includes("principal")) return [{ variant: "", callers: "any", dimensions: table }];
  return [
    { variant: "role-sessions", callers: "withIssuer", dimensions: { principal: issuerField, ...table } },
    { variant: "other-principals", callers: "withoutIssuer", dimensions: { principal: callerField, ...table } },
  ];
}

/** Tries the lists as written; if they are too long, folds roles into their IAM paths, the longest paths first. */
function fitted(
  detection: Detection,
  forms: readonly Form[],
  elsewhere: Condition | undefined,
  ignored: Principals,
  only: Principals,
): CompiledDetection {
  const attempt = (ignore: Principals, count: Principals): Attempt =>
    compileForms(detection, forms, elsewhere, ignore, count);
  const written = attempt(ignored, only);
  if (written.excess <= 0) return { filters: written.filters, notes: wideRoles(ignored) };

  for (let depth = Math.max(deepestPath(ignored), deepestPath(only)); depth > 0; depth--) {
    const ignore = foldRoles(ignored, depth);
    const count = foldRoles(only, depth);
    const folded = attempt(ignore.principals, count.principals);
    if (folded.excess > 0) continue;
    return {
      filters: folded.filters,
      notes: [
        ...wideRoles(ignored),
        ...ignore.folded.map(
          (path) =>
            `ignorePrincipals does not fit one by one: ${path} is ignored, with every role created under that path.`,
        ),
        ...count.folded.map(
          (path) => `onlyPrincipals does not fit one by one: ${path} counts, with every role created under that path.`,
        ),
      ],
    };
  }
  throw new CompileError(detection.id, tooLong(written.excess, ignored, only, attempt));
}

interface Attempt {
  filters: CompiledFilter[];
  /** Characters over the limit, of the longest filter. 0 or less: it fits. */
  excess: number;
}

function compileForms(
  detection: Detection,
  forms: readonly Form[],
  elsewhere: Condition | undefined,
  ignored: Principals,
  only: Principals,
): Attempt {
  const filters: CompiledFilter[] = [];
  let excess = 0;
  for (const { variant, callers, dimensions } of forms) {
    const counted = oneOfPrincipals(only, callers);
    if (counted === "nobody") continue;
    const parts = [
      detection.when,
      ...grouping(callers, dimensions),
      counted,
      noneOfPrincipals(ignored, callers),
      elsewhere,
    ];
    const expression = toExpression(all(...parts.filter((part) => part !== undefined)));
    const pattern = shortEnough({ expression });
    excess = Math.max(excess, pattern.length - maxPatternLength);
    if (pattern.length > maxPatternLength) continue;
    const selectors = dimensions && mapValues(dimensions, selectorText);
    checkTransformation(detection.id, parseFilterPattern(pattern), { dimensions: selectors });
    filters.push({ variant, pattern, ...(selectors ? { dimensions: selectors } : {}) });
  }
  return { filters, excess };
}

/** The text that people read best, or the one without optional spaces where the first is too long. */
function shortEnough(pattern: { expression: ReturnType<typeof toExpression> }): string {
  const readable = printFilterPattern(pattern);
  return readable.length <= maxPatternLength ? readable : printFilterPattern(pattern, { compact: true });
}

/** Dimension fields must occur in the pattern, and an event without one would be counted under no group. */
function grouping(callers: Callers, dimensions: Form["dimensions"] = {}): Condition[] {
  const fields = Object.values(dimensions).map((field) => present(field));
  return callers === "withoutIssuer" ? [absent(issuerField), ...fields] : fields;
}

function mapValues(record: Partial<Record<string, string>>, change: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value!)]));
}

/** A person may write `role/*`, which ignores every role of an account. */
function wideRoles({ roles, others }: Principals): string[] {
  return [...roles, ...others]
    .filter((text) => /:(role|user|assumed-role|federated-user)\/\*$/.test(text))
    .map((text) => `ignorePrincipals: ${text} ignores every principal of its kind in that account.`);
}

/** Says by how much, and which wildcard was tried and does fit. */
function tooLong(
  excess: number,
  ignored: Principals,
  only: Principals,
  attempt: (ignored: Principals, only: Principals) => Attempt,
): string {
  const count = (principals: Principals): number => principals.roles.length + principals.others.length;
  const longer = count(only) > count(ignored) ? "onlyPrincipals" : "ignorePrincipals";
  const problem = `the pattern is ${excess} characters over AWS's limit of ${maxPatternLength}.`;
  if (count(ignored) + count(only) === 0)
    return `${problem} Shorten ignoreSourceIps or ignoreVpcEndpoints, or the detection.`;
  const { roles, others } = longer === "onlyPrincipals" ? only : ignored;
  const candidates = { roles: commonStarts(roles), others: commonStarts(others) };
  const tried = longer === "onlyPrincipals" ? attempt(ignored, candidates) : attempt(candidates, only);
  const wildcards = [...candidates.roles, ...candidates.others];
  if (wildcards.length > 0 && tried.excess <= 0) {
    return `${problem} Instead of the ${roles.length + others.length} ARNs of ${longer} write ${wildcards.join(", ")}.`;
  }
  return (
    `${problem} No wildcard over the ARNs of ${longer} is short enough: give the roles a common IAM path, ` +
    "for example role/app/, and write arn:aws:iam::<account>:role/app/*."
  );
}

/** Per account and kind, the longest start that all ARNs share, as a wildcard; a lone ARN stays itself. */
function commonStarts(arns: readonly string[]): string[] {
  const groups = new Map<string, string[]>();
  for (const text of arns) {
    const kind = /^arn:[^:]*:[^:]*::\d{12}:[a-z-]+\/?/.exec(text)![0];
    groups.set(kind, [...(groups.get(kind) ?? []), text]);
  }
  return [...groups].flatMap(([kind, members]) => {
    if (members.length === 1) return members;
    let start = members[0]!.replace(/\*$/, "");
    for (const member of members) while (!member.startsWith(start)) start = start.slice(0, -1);
    return start.length > kind.length ? [`${start}*`] : [];
  });
}
