import { type DeployedDetection, parseFilterPattern, requiredValues } from "../../detections";
import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import { checkLogRetention } from "../logRetention";
import type { AlertNotifierArgs } from "./args";

type Checked = Pick<
  AlertNotifierArgs,
  "detections" | "reservedConcurrency" | "logRetentionDays" | "findingsBusArn" | "findingsBusName"
>;

/** A rule of the fast way. */
export interface FastRule {
  eventPattern: string;
  state: "ENABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
}

/** Severities worth the fast way; the function judges by the same. */
const fast = new Set(["high", "critical"]);
/** Longest event pattern (Amazon EventBridge User Guide, "Amazon EventBridge quotas"). */
const longestPattern = 2048;
/** Calls that CloudTrail marks as reading. */
const readsOnly = /^(Get|List|Describe|BatchGet|Lookup|Search|Scan|Query|TransactGet)/;

/** Checks the arguments, and says which events go the fast way. Throws ArgumentError. */
export function planNotifier(args: Checked): FastRule[] {
  const { reservedConcurrency, logRetentionDays, findingsBusArn, findingsBusName } = args;
  if (reservedConcurrency !== undefined && !(Number.isInteger(reservedConcurrency) && reservedConcurrency >= 1)) {
    throw new ArgumentError("reservedConcurrency", `${shown(reservedConcurrency)} is not a whole number of 1 or more.`);
  }
  if (logRetentionDays !== undefined) checkLogRetention("logRetentionDays", logRetentionDays);
  if ((findingsBusArn === undefined) !== (findingsBusName === undefined)) {
    throw new ArgumentError("findingsBusName", "belongs to findingsBusArn. Give both or neither.");
  }
  return planFastRules(JSON.parse(args.detections) as DeployedDetection[]);
}

/**
 * Rules for the events of detections for which one event is enough and that are worth the haste. A rule lets through more
 * than a pattern matches; the function evaluates the pattern. A pattern that names no calls gets the management events of
 * its source: item-level calls of every application would start the function all day, and take the alarm's way.
 */
export function planFastRules(detections: readonly DeployedDetection[]): FastRule[] {
  const sources = new Set<string>();
  const names = new Set<string>();
  let others = false;
  for (const { patterns } of detections.filter(isFast)) {
    for (const pattern of patterns.map(parseFilterPattern)) {
      for (const source of requiredValues(pattern, "eventSource") ?? []) sources.add(source);
      const named = requiredValues(pattern, "eventName");
      if (named) for (const name of named) names.add(name);
      else others = true;
    }
  }
  if (sources.size === 0) return [];
  const sorted = [...sources].sort();
  const ways = [
    ...inParts([...names].sort(), (part) => patternOf(sorted, { eventName: part })).map((part) => ({
      eventPattern: patternOf(sorted, { eventName: part }),
      reads: part.some((name) => readsOnly.test(name)),
    })),
    ...(others ? [{ eventPattern: patternOf(sorted, { managementEvent: [true] }), reads: false }] : []),
  ];
  return ways.map(({ eventPattern, reads }) => ({
    eventPattern,
    // Without it EventBridge keeps back management events that only read.
    state: reads ? "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" : "ENABLED",
  }));
}

const isFast = ({ singleEvent, severity, stateful }: DeployedDetection): boolean =>
  singleEvent && stateful === undefined && fast.has(severity);

const patternOf = (sources: readonly string[], detail: object): string =>
  JSON.stringify({
    source: sources.map((source) => `aws.${source.split(".")[0]}`),
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: { eventSource: sources, ...detail },
  });

/** As few parts as fit into a pattern each. */
function inParts(names: readonly string[], pattern: (part: string[]) => string): string[][] {
  const parts: string[][] = [];
  for (const name of names) {
    const last = parts.at(-1);
    if (last && pattern([...last, name]).length <= longestPattern) last.push(name);
    else parts.push([name]);
  }
  return parts;
}
