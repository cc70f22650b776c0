import type { CloudTrailRecord } from "../../detections/event/record";
import { categoryOf, readOnlyOf } from "../cloudtrail/category";
import { type Filter, filterProblem, matchesFilter } from "../delivery/contentFilter";
import { InputError } from "../inputError";

/** A rule of EventBridge on events that CloudTrail sends. */
export interface EventRule {
  /** Logical name. */
  resource: string;
  /** Physical name. */
  name: string;
  arn: string;
  /** Why the rule matches nothing at all. */
  disabled: string | undefined;
  /** Values of `eventSource` that events must have; `undefined`: the pattern does not say. */
  sources: ReadonlySet<string> | undefined;
  matches(record: CloudTrailRecord): boolean;
  /** Why an event that matches is not sent to the rule; `undefined` where it is. */
  misses(record: CloudTrailRecord): string | undefined;
}

/** EventBridge User Guide, "AWS service events delivered via AWS CloudTrail". */
const detailType = "AWS API Call via CloudTrail";
const readsToo = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/** Reads `aws:cloudwatch/eventRule:EventRule` inputs; `undefined` for rules on other events, a text: why it is not simulated. */
export function readEventRule(
  resource: string,
  name: string,
  arn: string,
  inputs: Record<string, unknown>,
): EventRule | string | undefined {
  const pattern = readPattern(resource, inputs["eventPattern"]);
  if (pattern === undefined) return undefined;
  const problem = filterProblem(pattern);
  if (problem !== undefined) return `event pattern: ${problem}`;
  const types = pattern["detail-type"];
  if (Array.isArray(types) && !types.includes(detailType)) return undefined;
  const region = arn.split(":")[3];
  const state = String(inputs["state"] ?? "ENABLED");
  return {
    resource,
    name,
    arn,
    disabled:
      state === "DISABLED" || inputs["isEnabled"] === false ? `the rule is switched off (state ${state})` : undefined,
    sources: sourcesOf(pattern),
    matches: (record) => matchesFilter(pattern, envelopeOf(record)),
    misses(record) {
      if (typeof record.awsRegion === "string" && record.awsRegion !== region) {
        return `the rule is in ${region}, and the event is sent to the bus of ${record.awsRegion}`;
      }
      if (state !== readsToo && categoryOf(record) === "Management" && readOnlyOf(record) === "true") {
        return `read-only management events need the state ${readsToo}`;
      }
      return undefined;
    },
  };
}

/** A filter, if `filterProblem` agrees. */
function readPattern(resource: string, written: unknown): Filter | undefined {
  if (written === undefined || written === null || written === "") return undefined;
  try {
    return (typeof written === "string" ? JSON.parse(written) : written) as Filter;
  } catch (error) {
    throw new InputError(resource, "eventPattern", `is not JSON: ${(error as Error).message}`);
  }
}

function sourcesOf(pattern: Filter): ReadonlySet<string> | undefined {
  const listed = (pattern["detail"] as Record<string, unknown> | undefined)?.["eventSource"];
  return Array.isArray(listed) && listed.every((each) => typeof each === "string") ? new Set(listed) : undefined;
}

/** The event as EventBridge wraps it. Its `resources` are empty: those of the call are in `detail`. */
function envelopeOf(record: CloudTrailRecord): Record<string, unknown> {
  return {
    source: `aws.${String(record.eventSource ?? "").split(".")[0]}`,
    "detail-type": detailType,
    account: record.recipientAccountId,
    region: record.awsRegion,
    time: record.eventTime,
    resources: [],
    detail: record,
  };
}
