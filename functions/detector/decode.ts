import { gunzipSync } from "node:zlib";
import type { CloudTrailRecord } from "../../detections/event/record";

/** What an invocation carried. */
export interface Decoded {
  records: CloudTrailRecord[];
  /** Lines that hold no JSON object. A log group may carry others than CloudTrail's. */
  unreadable: number;
}

/** Decompressed, a payload of CloudWatch Logs has at most some megabytes; more is no such payload. */
const maxPayloadBytes = 64 * 1024 * 1024;

/**
 * Reads what CloudWatch Logs sends to a subscription, or what EventBridge sends. Lines that are no JSON are counted and
 * not fatal; a payload that is neither of the two is, since nothing in it could be processed.
 */
export function decode(event: unknown): Decoded {
  const data = (event as { awslogs?: { data?: unknown } } | null)?.awslogs?.data;
  if (typeof data === "string") return decodeLogs(data);
  const detail = (event as { detail?: unknown } | null)?.detail;
  if (isObject(detail)) return { records: [detail], unreadable: 0 };
  throw new Error("The event is neither one of a CloudWatch Logs subscription nor one of EventBridge.");
}

function decodeLogs(data: string): Decoded {
  const text = gunzipSync(Buffer.from(data, "base64"), { maxOutputLength: maxPayloadBytes }).toString("utf8");
  const { messageType, logEvents } = JSON.parse(text) as {
    messageType?: unknown;
    logEvents?: readonly { message?: unknown }[];
  };
  // CloudWatch Logs asks from time to time whether the destination can be reached.
  if (messageType === "CONTROL_MESSAGE") return { records: [], unreadable: 0 };
  if (!Array.isArray(logEvents)) throw new Error("The CloudWatch Logs payload has no logEvents.");
  const decoded: Decoded = { records: [], unreadable: 0 };
  for (const { message } of logEvents) {
    const record = parsed(message);
    if (record) decoded.records.push(record);
    else decoded.unreadable++;
  }
  return decoded;
}

function parsed(message: unknown): CloudTrailRecord | undefined {
  try {
    const value: unknown = JSON.parse(String(message));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is CloudTrailRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);
