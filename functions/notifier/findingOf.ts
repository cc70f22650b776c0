import { createHash } from "node:crypto";
import type { DeployedDetection } from "../../detections/deployedDetection";
import { type CloudTrailRecord, timeOf } from "../../detections/event/record";
import { actorOf, tablesOf } from "../../detections/event/summary";
import { actorIn } from "../actor";
import type { Actor, Finding } from "../finding";

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** CloudTrail's id of an event. A record without one, which only somebody who writes log events makes, gets its digest. */
export const eventId = (record: CloudTrailRecord): string =>
  text(record.eventID) || createHash("sha256").update(JSON.stringify(record)).digest("hex").slice(0, 36);

/** Events that an alert lists. */
const listedEvents = 50;

/** What CloudTrail events that a detection matches tell. `records` holds at least one. */
export function findingOf(detection: DeployedDetection, records: readonly CloudTrailRecord[], note?: string): Finding {
  const newestFirst = [...records].sort((a, b) => timeOf(b) - timeOf(a));
  const newest = newestFirst[0]!;
  const actors = distinctActors(newestFirst);
  const tables = [...new Set(newestFirst.flatMap(tablesOf))];
  return {
    id: `${detection.id}:${eventId(newest)}`,
    detection: detection.id,
    title: detection.title,
    severity: detection.severity,
    time: instant(newest),
    account: text(newest.recipientAccountId),
    region: text(newest.awsRegion),
    summary: summaryOf(detection, newestFirst, actors, tables),
    actors,
    tables,
    events: newestFirst.slice(0, listedEvents).map((record) => ({
      id: eventId(record),
      name: text(record.eventName),
      time: instant(record),
    })),
    count: records.length,
    ...(note !== undefined && { note }),
  };
}

function summaryOf(
  { rule, threshold }: DeployedDetection,
  records: readonly CloudTrailRecord[],
  actors: readonly Actor[],
  tables: readonly string[],
): string {
  const newest = records[0]!;
  const on = tables.length === 0 ? "" : ` on ${tables.length === 1 ? "table" : "tables"} ${some(tables)}`;
  const failed = text(newest.errorCode) === "" ? "" : `, refused with ${text(newest.errorCode)}`;
  if (records.length === 1) return `${actorOf(newest)} called ${text(newest.eventName)}${on}${failed}.`;
  const names = some([...new Set(records.map((record) => text(record.eventName)))]);
  const who = actors.length === 1 ? actors[0]!.principal : `${actors.length} callers`;
  const counted = threshold > 0 ? ` (the alarm counts ${rule})` : "";
  return `${records.length} calls of ${names}${on} by ${who}${counted}.`;
}

const some = (names: readonly string[]): string =>
  names.slice(0, 5).join(", ") + (names.length > 5 ? ` and ${names.length - 5} more` : "");

/** Each caller once, as in the newest of its events. */
function distinctActors(newestFirst: readonly CloudTrailRecord[]): Actor[] {
  const actors = new Map<string, Actor>();
  for (const record of newestFirst) {
    const actor = actorIn(record);
    const key = JSON.stringify([actor.principal, actor.session, actor.sourceIp]);
    if (!actors.has(key)) actors.set(key, actor);
  }
  return [...actors.values()];
}

function instant(record: CloudTrailRecord): string {
  const time = timeOf(record);
  return Number.isNaN(time) ? text(record.eventTime) : new Date(time).toISOString();
}
