import { absent, all, type Condition, differs, present } from "../condition";
import { describeRule } from "../describe";
import type { Detection, GroupKey } from "../detection";
import {
  countRegexes,
  FilterPatternError,
  maxPatternLength,
  parseFilterPattern,
  printFilterPattern,
} from "../filterPattern";
import { checkTransformation } from "./dimensions";
import { CompileError, Inexpressible } from "./error";
import { selectorText, toExpression } from "./expression";
import { type Attempt, fitPrincipals } from "./fitting";
import { chosenByCaller, fromElsewhere } from "./origins";
import {
  accountField,
  type Callers,
  callerField,
  issuerField,
  noneOfPrincipals,
  oneOfPrincipals,
  type Principals,
  readPrincipals,
  refuseNobody,
  serviceLinkedRoles,
} from "./principals";

export { compileSubscription, type EventScope, scopesOf } from "./subscription";

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
  /** Name of a table, `*` may end it, whose item-level calls do not count: the one in which the detectors keep their state. */
  ignoreTable?: string;
}

export interface CompileOptions {
  /** Count per `alarm.per` with metric dimensions. false: one count for the whole account. Default: true. */
  grouped?: boolean;
}

export interface CompiledFilter {
  /** Keeps the filters of one detection apart, for example "role-sessions". Empty where there is one. */
  variant: string;
  pattern: string;
  /** Regular expressions in the pattern, of which a log group takes few. */
  regexes: number;
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
  if (detection.stateful) {
    throw new CompileError(
      detection.id,
      `no metric filter can say it, since a filter has no memory: ${describeRule(detection.stateful)}.`,
    );
  }
  const forms = grouped && detection.alarm.per ? groupedForms(detection.alarm.per) : [accountWide];
  return compile(detection, forms, exclusions);
}

/** Which events the rule of a stateful detection is asked about, as filter patterns. */
export interface CompiledEvents {
  /** An event counts when one of them matches. */
  patterns: string[];
  /** The patterns of each step of a sequence. Absent for other rules. */
  steps?: { title: string; patterns: string[] }[];
  notes: string[];
}

/**
 * The patterns of the events that a detection is about, without any grouping. Of a sequence, those of its steps: all of
 * them in one pattern would exceed AWS's length. Throws as `compileDetection` does.
 */
export function compileEvents(detection: Detection, exclusions: Exclusions = {}): CompiledEvents {
  const { stateful } = detection;
  const patternsOf = (when: Condition) => {
    const { filters, notes } = compile({ ...detection, when }, [accountWide], exclusions);
    return { patterns: filters.map(({ pattern }) => pattern), notes };
  };
  if (stateful?.kind !== "sequence") return patternsOf(detection.when);
  const compiled = stateful.steps.map(({ title, when }) => ({ title, ...patternsOf(when) }));
  return {
    patterns: compiled.flatMap(({ patterns }) => patterns),
    steps: compiled.map(({ title, patterns }) => ({ title, patterns })),
    notes: [...new Set(compiled.flatMap(({ notes }) => notes))],
  };
}

function compile(detection: Detection, forms: readonly Form[], exclusions: Exclusions): CompiledDetection {
  try {
    const ignored = readPrincipals("ignorePrincipals", exclusions.ignorePrincipals);
    const only = readPrincipals("onlyPrincipals", exclusions.onlyPrincipals);
    refuseNobody(only, ignored);
    const elsewhere = fromElsewhere(exclusions.ignoreSourceIps, exclusions.ignoreVpcEndpoints);
    const otherTables = exclusions.ignoreTable && differs("resources[0].ARN", `*/${exclusions.ignoreTable}`);
    const { filters, notes } = fitPrincipals(ignored, only, (ignore, count) =>
      compileForms(detection, forms, [elsewhere, otherTables || undefined], ignore, count),
    );
    return { filters, notes: [...notes, ...chosenByCaller(exclusions.ignoreSourceIps)] };
  } catch (error) {
    if (error instanceof Inexpressible) throw new CompileError(detection.id, error.message);
    if (error instanceof FilterPatternError) throw new CompileError(detection.id, error.reason);
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
 * Principals of other accounts and IAM Identity Center users have neither, but an account (CloudTrail user guide,
 * "userIdentity element"); the id of such a principal ends with a session's name, which the caller chooses. So there are
 * three filters, and no event is in two of them.
 */
function groupedForms(per: readonly GroupKey[]): Form[] {
  const table = per.includes("table") ? { table: tableField } : {};
  if (!per.includes("principal")) return [{ variant: "", callers: "any", dimensions: table }];
  return [
    { variant: "role-sessions", callers: "withIssuer", dimensions: { principal: issuerField, ...table } },
    { variant: "other-principals", callers: "withoutIssuer", dimensions: { principal: callerField, ...table } },
    { variant: "accounts", callers: "withoutArn", dimensions: { principal: accountField, ...table } },
  ];
}

function compileForms(
  detection: Detection,
  forms: readonly Form[],
  elsewhere: readonly (Condition | undefined)[],
  ignored: Principals,
  only: Principals,
): Attempt<CompiledFilter> {
  const filters: CompiledFilter[] = [];
  let excess = 0;
  // They change tables, not items; and where only named principals count, none of them does. Then the pattern's length is
  // better spent on principals.
  const isOpen = only.roles.length + only.others.length === 0;
  const ofServices = isOpen && detection.source !== "table-data" ? [serviceLinkedRoles] : [];
  for (const { variant, callers, dimensions } of forms) {
    const counted = oneOfPrincipals(only, callers);
    if (counted === "nobody") continue;
    const parts = [
      detection.when,
      ...grouping(callers, dimensions),
      counted,
      noneOfPrincipals({ ...ignored, roles: [...ignored.roles, ...ofServices] }, callers),
      ...elsewhere,
    ];
    const expression = toExpression(all(...parts.filter((part) => part !== undefined)));
    const pattern = shortEnough({ expression });
    excess = Math.max(excess, pattern.length - maxPatternLength);
    if (pattern.length > maxPatternLength) continue;
    const selectors = dimensions && mapValues(dimensions, selectorText);
    checkTransformation(detection.id, parseFilterPattern(pattern), { dimensions: selectors });
    filters.push({ variant, pattern, regexes: countRegexes(pattern), ...(selectors ? { dimensions: selectors } : {}) });
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
  const missing =
    callers === "withoutArn" ? [issuerField, callerField] : callers === "withoutIssuer" ? [issuerField] : [];
  return [...missing.map(absent), ...Object.values(dimensions).map(present)];
}

function mapValues(record: Partial<Record<string, string>>, change: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value!)]));
}
