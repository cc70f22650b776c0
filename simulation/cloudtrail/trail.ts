import type { CloudTrailRecord } from "../../detections/event/record";
import { advancedSelectors, basicSelectors, defaultSelectors, type EventTest } from "./selectors";

/**
 * Events above it are not sent to CloudWatch Logs or EventBridge, only to the bucket (CloudTrail user guide, "Quotas in
 * AWS CloudTrail").
 */
export const maxLogEventBytes = 256 * 1024;

/**
 * Services whose events are recorded in one Region, us-east-1 in the `aws` partition, whatever Region is used
 * (CloudTrail user guide, "About global service events").
 */
const globalServices = new Set(["iam.amazonaws.com", "sts.amazonaws.com", "cloudfront.amazonaws.com"]);

export interface Trail {
  name: string;
  arn: string;
  homeRegion: string;
  /** Why the trail records nothing at all; `undefined` where it records. */
  silent: string | undefined;
  /** Why the trail does not record an event; `undefined` where it does. */
  refuses(record: CloudTrailRecord): string | undefined;
}

/** Reads `aws:cloudtrail/trail:Trail` inputs. */
export function readTrail(name: string, arn: string, inputs: Record<string, unknown>): Trail {
  const homeRegion = arn.split(":")[3] ?? "";
  const multiRegion = inputs["isMultiRegionTrail"] === true;
  const globalEvents = inputs["includeGlobalServiceEvents"] !== false;
  const takes = selectorsOf(name, inputs);
  return {
    name,
    arn,
    homeRegion,
    silent: inputs["enableLogging"] === false ? "the trail does not log (enableLogging is false)" : undefined,
    refuses(record) {
      const region = String(record.awsRegion ?? homeRegion);
      if (!multiRegion && region !== homeRegion) {
        return `the trail logs ${homeRegion} only (isMultiRegionTrail is not true)`;
      }
      if (!multiRegion && !globalEvents && globalServices.has(String(record.eventSource))) {
        return "the trail leaves out global services (includeGlobalServiceEvents is false)";
      }
      return takes(record) ? undefined : "no event selector of the trail takes the event";
    },
  };
}

function selectorsOf(name: string, inputs: Record<string, unknown>): EventTest {
  const advanced = inputs["advancedEventSelectors"];
  if (Array.isArray(advanced) && advanced.length > 0) return advancedSelectors(name, advanced);
  const basic = inputs["eventSelectors"];
  if (Array.isArray(basic) && basic.length > 0) return basicSelectors(basic);
  return defaultSelectors;
}

/** Whether the event is too large for a log group. Bytes are counted where a look at its size does not decide. */
export const isTooLargeForLogs = (record: CloudTrailRecord): boolean =>
  mostBytes(record) > maxLogEventBytes && Buffer.byteLength(JSON.stringify(record)) > maxLogEventBytes;

/** What a character of a text takes at most: one that JSON writes by its number, `\u0000`. */
const [longestCharacter, longestScalar] = [6, 25];

/** Bytes that a value of JSON takes at most. */
function mostBytes(value: unknown): number {
  if (typeof value === "string") return value.length * longestCharacter + 3;
  if (typeof value !== "object" || value === null) return longestScalar;
  let bytes = 2;
  for (const key in value) {
    bytes += key.length * longestCharacter + 4 + mostBytes((value as Record<string, unknown>)[key]);
  }
  return bytes;
}
