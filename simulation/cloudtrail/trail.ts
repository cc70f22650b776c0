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

/** Whether the event is too large for a log group. The length in characters decides most cases without counting bytes. */
export function isTooLargeForLogs(record: CloudTrailRecord): boolean {
  const text = JSON.stringify(record);
  if (text.length > maxLogEventBytes) return true;
  return text.length * 3 > maxLogEventBytes && Buffer.byteLength(text) > maxLogEventBytes;
}
