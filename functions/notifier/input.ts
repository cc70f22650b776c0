import { severities } from "../../detections/detection";
import { type CloudTrailRecord, isRecord } from "../../detections/event/record";
import { type Finding, findingDetailType, findingSource } from "../finding";
import { type AlarmNotice, readAlarm } from "./alarm";

/** What one part of an invocation asks for. */
export type Input =
  | { kind: "alarm"; alarm: AlarmNotice }
  /** A message on the alarm topic that is no alarm. */
  | { kind: "text"; subject: string; text: string }
  /** The canary's message, back from the alert topic. */
  | { kind: "canary returned"; sentAt: number }
  /** A CloudTrail event from EventBridge. */
  | { kind: "event"; record: CloudTrailRecord }
  | { kind: "finding"; finding: Finding }
  | { kind: "sweep" }
  | { kind: "canary" };

/** `detail-type`s under which EventBridge carries CloudTrail events. */
const cloudTrailTypes = /^AWS (API Call|Service Event|Console Sign ?In) via CloudTrail$/i;

/** Tells by its shape what an invocation carries. Throws for what is nothing of all that. */
export function readInput(event: unknown): Input[] {
  const { Records: records, kind, detail, ...envelope } = object(event);
  if (Array.isArray(records)) return records.map(readRecord);
  if (kind === "sweep" || kind === "canary") return [{ kind }];
  const type = text(envelope["detail-type"]);
  if (envelope["source"] === findingSource && type === findingDetailType) {
    return [{ kind: "finding", finding: readFinding(detail) }];
  }
  if (cloudTrailTypes.test(type) && isRecord(detail)) return [{ kind: "event", record: detail }];
  throw new Error(
    "The event is none of: a message of a topic, a CloudTrail event or a finding of EventBridge, a schedule's sweep or canary.",
  );
}

function readRecord(record: unknown): Input {
  const sns = object(object(record)["Sns"]);
  const message = text(sns["Message"]);
  const attributes = object(sns["MessageAttributes"]);
  if (text(object(attributes["kind"])["Value"]) === "canary") {
    return { kind: "canary returned", sentAt: Date.parse(text(sns["Timestamp"])) };
  }
  const alarm = readAlarm(parsed(message));
  if (alarm) return { kind: "alarm", alarm };
  return { kind: "text", subject: text(sns["Subject"]), text: message };
}

/** A finding as far as an alert needs it: what is missing or of another type is empty and not fatal. */
function readFinding(detail: unknown): Finding {
  const finding = object(detail);
  const { id, detection } = finding;
  if (typeof id !== "string" || id === "" || typeof detection !== "string" || detection === "") {
    throw new Error("A finding on the event bus has no id or no detection.");
  }
  const list = (key: string): Record<string, unknown>[] => {
    const value = finding[key];
    return Array.isArray(value) ? value.map(object) : [];
  };
  const severity = severities.find((known) => known === finding["severity"]) ?? "medium";
  const time = Number.isNaN(Date.parse(text(finding["time"]))) ? new Date().toISOString() : text(finding["time"]);
  const note = text(finding["note"]);
  return {
    id,
    detection,
    title: text(finding["title"]) || detection,
    severity,
    time,
    account: text(finding["account"]),
    region: text(finding["region"]),
    summary: text(finding["summary"]),
    actors: list("actors").flatMap(readActor),
    tables: Array.isArray(finding["tables"]) ? finding["tables"].filter((name) => typeof name === "string") : [],
    events: list("events").flatMap(readEvent),
    count: typeof finding["count"] === "number" ? finding["count"] : 1,
    ...(note !== "" && { note }),
  };
}

function readEvent({ id, name, time, item, attributes }: Record<string, unknown>): Finding["events"] {
  if (text(id) === "") return [];
  const names = Array.isArray(attributes) ? attributes.filter((each) => typeof each === "string") : [];
  return [
    {
      id: text(id),
      name: text(name),
      time: text(time),
      ...(text(item) !== "" && { item: text(item) }),
      ...(names.length > 0 && { attributes: names }),
    },
  ];
}

function readActor(actor: Record<string, unknown>): Finding["actors"] {
  const principal = text(actor["principal"]);
  if (principal === "") return [];
  const texts = ["session", "type", "sourceIp", "country", "userAgent"].flatMap((key) =>
    text(actor[key]) === "" ? [] : [[key, text(actor[key])] as const],
  );
  const flags = ["mfa", "console"].flatMap((key) =>
    typeof actor[key] === "boolean" ? [[key, actor[key]] as const] : [],
  );
  return [{ principal, ...Object.fromEntries([...texts, ...flags]) }];
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
const text = (value: unknown): string => (typeof value === "string" ? value : "");
