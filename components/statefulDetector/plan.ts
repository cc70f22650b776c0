import {
  compileSubscription,
  type DeployedDetection,
  type EventScope,
  maxPatternLength,
  parseFilterPattern,
  scopesOf,
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
  /** Which events of which services the stateful detections ask about. */
  scopes: EventScope[];
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
  return { scopes: scopesAsked(parsed(args.detections)), countryDatabase, notes };
}

function parsed(text: string): DeployedDetection[] {
  const detections = JSON.parse(text) as DeployedDetection[];
  if (detections.some(({ stateful }) => stateful)) return detections;
  throw new ArgumentError("detections", "none of them is stateful. Switch one on, or leave the detector out.");
}

/** Scopes that every event is in which some pattern matches. */
function scopesAsked(detections: readonly DeployedDetection[]): EventScope[] {
  const stateful = detections.filter((detection) => detection.stateful);
  const read = stateful.map(({ id, patterns }) => ({ id, patterns: patterns.map((text) => parseFilterPattern(text)) }));
  const nameless = read.find(({ patterns }) => !scopesOf(patterns));
  if (nameless) throw new ArgumentError(`detections.${nameless.id}`, "a pattern names no event source.");
  return scopesOf(read.flatMap(({ patterns }) => patterns))!;
}

const roleArn = ({ partition, accountId }: Place, name: string): string =>
  `arn:${partition}:iam::${accountId}:role/${name}`;

/** What the log group sends on: the events that some detection asks about, but for our own functions' calls. */
export function subscriptionPattern(scopes: readonly EventScope[], roleNames: readonly string[], at: Place): string {
  const pattern = compileSubscription(
    scopes,
    roleNames.map((name) => roleArn(at, name)),
  );
  if (pattern.length <= maxPatternLength) return pattern;
  throw new ArgumentError("ownRoleNames", `${roleNames.length} roles make the subscription's pattern too long.`);
}

/** The same for EventBridge. A call without a session issuer has no role. */
export function eventPattern(scopes: readonly EventScope[], roleNames: readonly string[], at: Place): string {
  const names = scopes.map(({ eventSource }) => eventSource);
  const callers = [{ exists: false }, { "anything-but": roleNames.map((name) => roleArn(at, name)) }].map(
    (condition) => ({
      sessionContext: { sessionIssuer: { arn: [condition] } },
    }),
  );
  const whole = scopes.filter(({ invokedBy }) => !invokedBy).map(({ eventSource }) => eventSource);
  const asked = [
    ...(whole.length > 0 ? [{ eventSource: whole, userIdentity: {} }] : []),
    ...scopes.flatMap(({ eventSource, invokedBy }) =>
      invokedBy ? [{ eventSource: [eventSource], userIdentity: { invokedBy: invokedBy.map(orMissing) } }] : [],
    ),
  ];
  return JSON.stringify({
    source: names.map((name) => `aws.${name.split(".")[0]}`),
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: names,
      $or: asked.flatMap(({ eventSource, userIdentity }) =>
        callers.map((caller) => ({
          ...(asked.length > 1 && { eventSource }),
          userIdentity: { ...userIdentity, ...caller },
        })),
      ),
    },
  });
}

const orMissing = (value: string | null): unknown => (value === null ? { exists: false } : value);
