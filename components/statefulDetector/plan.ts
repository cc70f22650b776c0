import {
  compileSubscription,
  type DeployedDetection,
  maxPatternLength,
  parseFilterPattern,
  requiredValues,
} from "../../detections";
import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import { checkLogRetention } from "../logRetention";
import type { Place } from "../policyDocument";
import type { StatefulDetectorArgs } from "./args";
import { type CountryDatabaseFile, planCountryDatabase } from "./countryDatabase";

type Checked = Pick<
  StatefulDetectorArgs,
  "detections" | "countryDatabase" | "reservedConcurrency" | "logRetentionDays" | "eventBridge"
>;

export interface DetectorPlan {
  /** Event sources that the stateful detections ask about. */
  eventSources: string[];
  countryDatabase: CountryDatabaseFile;
  /** What the person who deploys should know. */
  notes: string[];
}

/** Checks the arguments. Throws ArgumentError. Reads the country database, nothing else. */
export function planDetector(args: Checked): DetectorPlan {
  const { reservedConcurrency, logRetentionDays } = args;
  if (reservedConcurrency !== undefined && !(Number.isInteger(reservedConcurrency) && reservedConcurrency >= 1)) {
    throw new ArgumentError("reservedConcurrency", `${shown(reservedConcurrency)} is not a whole number of 1 or more.`);
  }
  if (logRetentionDays !== undefined) checkLogRetention("logRetentionDays", logRetentionDays);
  const countryDatabase = planCountryDatabase(args.countryDatabase);
  const notes = [
    ...(countryDatabase.warning === undefined ? [] : [countryDatabase.warning]),
    ...(args.eventBridge
      ? ["Stateful detections get their events from EventBridge: those of other Regions do not reach them."]
      : []),
  ];
  return { eventSources: eventSourcesOf(parsed(args.detections)), countryDatabase, notes };
}

function parsed(text: string): DeployedDetection[] {
  const detections = JSON.parse(text) as DeployedDetection[];
  if (detections.some(({ stateful }) => stateful)) return detections;
  throw new ArgumentError("detections", "none of them is stateful. Switch one on, or leave the detector out.");
}

/** Sources that every event has which some pattern matches. */
function eventSourcesOf(detections: readonly DeployedDetection[]): string[] {
  const sources = new Set<string>();
  for (const { id, patterns } of detections.filter(({ stateful }) => stateful)) {
    for (const pattern of patterns) {
      const required = requiredValues(parseFilterPattern(pattern), "eventSource");
      if (!required) throw new ArgumentError(`detections.${id}`, "a pattern names no event source.");
      for (const source of required) sources.add(source);
    }
  }
  return [...sources].sort();
}

const roleArn = ({ partition, accountId }: Place, name: string): string =>
  `arn:${partition}:iam::${accountId}:role/${name}`;

/** What the log group sends on: the events that some detection asks about, but for our own functions' calls. */
export function subscriptionPattern(eventSources: readonly string[], roleNames: readonly string[], at: Place): string {
  const pattern = compileSubscription(
    eventSources,
    roleNames.map((name) => roleArn(at, name)),
  );
  if (pattern.length <= maxPatternLength) return pattern;
  throw new ArgumentError("ownRoleNames", `${roleNames.length} roles make the subscription's pattern too long.`);
}

/** The same for EventBridge. A call without a session issuer has no role. */
export function eventPattern(eventSources: readonly string[], roleNames: readonly string[], at: Place): string {
  const issuer = (condition: object) => ({ userIdentity: { sessionContext: { sessionIssuer: { arn: [condition] } } } });
  return JSON.stringify({
    source: eventSources.map((source) => `aws.${source.split(".")[0]}`),
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: eventSources,
      $or: [issuer({ exists: false }), issuer({ "anything-but": roleNames.map((name) => roleArn(at, name)) })],
    },
  });
}
