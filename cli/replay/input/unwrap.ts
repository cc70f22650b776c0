import { type CloudTrailRecord, isRecord, timeOf } from "../../../detections/event/record";
import { isToCome } from "./future";

/** Members that hold a list of what an export wraps. */
const lists = ["Records", "Events", "events", "logEvents", "results", "Messages"];
/** Members that hold an event as a text: CloudWatch Logs, Logs Insights, `aws cloudtrail lookup-events`, SNS, SQS. */
const texts = ["message", "@message", "CloudTrailEvent", "Message", "Body"];

/** What stands where an event should, with the reason why it is none. */
export class NoEvent {
  constructor(readonly reason: string) {}
}

/** The CloudTrail events in a JSON value, whatever they are wrapped in. */
export function* cloudTrailEventsIn(value: unknown): Generator<unknown> {
  for (const event of eventsIn(value, isRecord)) {
    if (event === undefined) {
      yield new NoEvent("not a CloudTrail event: it lacks eventName, or eventTime is no time in ISO 8601");
    } else if (isToCome(timeOf(event as CloudTrailRecord))) {
      yield new NoEvent(`eventTime ${(event as CloudTrailRecord).eventTime} is more than a day from now`);
    } else yield event;
  }
}

/** The events in a JSON value, whatever they are wrapped in; `undefined` for each thing that is none. */
export function* eventsIn(value: unknown, isEvent: (value: unknown) => boolean, depth = 0): Generator<unknown> {
  if (isEvent(value)) {
    yield value;
    return;
  }
  if (typeof value === "object" && value !== null && depth < deepest) {
    const object = isFields(value) ? fromFields(value) : (value as Record<string, unknown>);
    // CloudWatch Logs tries a subscription's destination so; Insights and aggregated events are of no call.
    if (object["messageType"] === "CONTROL_MESSAGE" || isOfNoCall(object)) return;
    const list = Array.isArray(object) ? object : lists.map((name) => object[name]).find(Array.isArray);
    if (list) {
      for (const element of list) yield* eventsIn(element, isEvent, depth + 1);
      return;
    }
    const text = texts.map((name) => object[name]).find((each) => typeof each === "string");
    // EventBridge: the event as `detail`.
    const inner = typeof object["detail"] === "object" ? object["detail"] : parsed(text as string | undefined);
    if (inner !== undefined) {
      yield* eventsIn(inner, isEvent, depth + 1);
      return;
    }
  }
  yield undefined;
}

/** A list of log events that each hold a text with an EventBridge envelope. */
const deepest = 5;

const isOfNoCall = ({ eventCategory }: Record<string, unknown>): boolean =>
  eventCategory === "Insight" || eventCategory === "Aggregated";

export interface Field {
  field: string;
  value: unknown;
}

/** A row of `aws logs get-query-results`. */
export const isFields = (value: unknown): value is Field[] =>
  Array.isArray(value) && value.length > 0 && value.every((each) => typeof (each as Field | null)?.field === "string");
const fromFields = (fields: readonly Field[]): Record<string, unknown> =>
  Object.fromEntries(fields.map(({ field, value }) => [field, value]));

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text.slice(Math.max(0, text.indexOf("{")))) as unknown;
  } catch {
    return undefined;
  }
}
