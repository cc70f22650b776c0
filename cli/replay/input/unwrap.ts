import { type CloudTrailRecord, isRecord } from "../../../simulation";

/** Members that hold a list of what an export wraps. */
const lists = ["Records", "Events", "events", "logEvents"];
/** Members that hold an event as a text: CloudWatch Logs, Logs Insights, `aws cloudtrail lookup-events`. */
const texts = ["message", "@message", "CloudTrailEvent"];

/** The CloudTrail events in a JSON value, whatever they are wrapped in; `undefined` for each thing that is none. */
export function* eventsIn(value: unknown, depth = 0): Generator<CloudTrailRecord | undefined> {
  if (isRecord(value)) {
    yield value;
    return;
  }
  if (typeof value === "object" && value !== null && depth < deepest) {
    const object = value as Record<string, unknown>;
    const list = Array.isArray(value) ? value : lists.map((name) => object[name]).find(Array.isArray);
    if (list) {
      for (const element of list) yield* eventsIn(element, depth + 1);
      return;
    }
    const text = texts.map((name) => object[name]).find((each) => typeof each === "string");
    // EventBridge: the event as `detail`.
    const inner = typeof object["detail"] === "object" ? object["detail"] : parsed(text as string | undefined);
    if (inner !== undefined) {
      yield* eventsIn(inner, depth + 1);
      return;
    }
  }
  yield undefined;
}

/** A list of log events that each hold a text with an EventBridge envelope. */
const deepest = 5;

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text.slice(Math.max(0, text.indexOf("{")))) as unknown;
  } catch {
    return undefined;
  }
}
