import type { Form } from "../replay/input/splitter";
import { eventsIn, isFields, NoEvent } from "../replay/input/unwrap";

/** Log events of all kinds. */
export const logEvents: Form = { listStart: /^\{\s*"Records"\s*:\s*\[/, eventsIn: logEventsIn };

/** What AWS's tools wrap log events in is taken off, everything else is an event as it is. */
function* logEventsIn(value: unknown): Generator<unknown> {
  for (const event of eventsIn(value, (each) => !isWrapper(each))) {
    yield event === undefined ? new NoEvent("wraps no JSON event") : event;
  }
}

/** What `aws logs filter-log-events`, `get-log-events` and subscriptions print beside an event's text. */
const logEventKeys = new Set(["eventId", "id", "timestamp", "message", "ingestionTime", "logStreamName"]);

/**
 * Known by more than one name: an application's own event may have a `message` or a `detail` too, and is to be matched as it
 * is.
 */
function isWrapper(value: unknown): boolean {
  if (Array.isArray(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  const object = value as Record<string, unknown>;
  const isText = (key: string): boolean => typeof object[key] === "string";
  const isList = (key: string): boolean => Array.isArray(object[key]);
  const holdsWrappers = (key: string): boolean => isList(key) && (object[key] as unknown[]).every(isWrapper);
  return (
    isList("Records") ||
    // CloudWatch Logs subscriptions; EventBridge.
    (isText("messageType") && isList("logEvents")) ||
    (isText("detail-type") && typeof object["detail"] === "object") ||
    // `aws cloudtrail lookup-events`, `aws sqs receive-message`, SNS.
    isText("CloudTrailEvent") ||
    (isText("Body") && (isText("MessageId") || isText("ReceiptHandle"))) ||
    (object["Type"] === "Notification" && isText("Message")) ||
    (isText("message") && isJson(object["message"]) && Object.keys(object).every((key) => logEventKeys.has(key))) ||
    ["events", "Events", "Messages"].some(holdsWrappers) ||
    (isList("results") && (object["results"] as unknown[]).every(isFields))
  );
}

const isJson = (text: unknown): boolean => /^[^{]*\{/.test(text as string);
