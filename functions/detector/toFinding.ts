import { duration } from "../../detections/describe";
import type { CloudTrailRecord } from "../../detections/event/record";
import { tableIdentitiesOf } from "../../detections/event/tables";
import { actorIn } from "../actor";
import type { Finding } from "../finding";
import type { Sighting } from "./observe";
import type { Found } from "./rules";

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** A sighting with its event. */
export interface RecordSighting extends Sighting {
  record: CloudTrailRecord;
}

/** What goes onto the bus about something that a rule found. `sighting` is the event that set it off. */
export function toFinding(sighting: RecordSighting, found: Found): Finding {
  const { watched, record, country } = sighting;
  const { id, title, severity } = watched.detection;
  const last = found.events[found.events.length - 1]!;
  const tables = tablesOf(sighting);
  return {
    id: `${id}:${last.id}`,
    detection: id,
    title,
    severity,
    time: new Date(last.time).toISOString(),
    account: text(record.recipientAccountId),
    region: text(record.awsRegion),
    summary: summaryOf(sighting, found, tables),
    actors: [actorIn(record, country)],
    tables,
    events: found.events.map(({ id, name, time }) => ({ id, name, time: new Date(time).toISOString() })).reverse(),
    count: watched.rule.kind === "rate" ? (found.count ?? 1) : found.events.length,
  };
}

/** The table of the group, where the rule groups by one: the event may be about others too. */
function tablesOf({ watched, group, record }: RecordSighting): string[] {
  const i = watched.rule.per.indexOf("table");
  if (i >= 0) return [group[i]!.split("/").slice(2).join("/")];
  return [...new Set(tableIdentitiesOf(record).map(({ name }) => name))];
}

function summaryOf({ watched, record, country }: RecordSighting, found: Found, tables: readonly string[]): string {
  const { rule } = watched;
  const who = actorIn(record).principal;
  const what = text(record.eventName);
  const table = tables.length > 0 ? ` on table ${tables.join(", ")}` : "";
  switch (rule.kind) {
    case "first-seen":
      return rule.value === "country"
        ? `${who} called ${what} from ${country}, where it was not seen in the last ${duration(rule.rememberSeconds)}.`
        : rule.value === "principal"
          ? `${who} called ${what}${table}, which it had not used in the last ${duration(rule.rememberSeconds)}.`
          : `${who} called ${what}${table}: a ${rule.value} not seen in the last ${duration(rule.rememberSeconds)}.`;
    case "distinct":
      return `${who}: ${found.count} different ${rule.value === "table" ? "tables" : `values of ${rule.value}`} within ${duration(rule.withinSeconds)}.`;
    case "rate":
      return (
        `${who} made ${found.count} calls within ${duration(rule.windowSeconds)}` +
        (found.usual === undefined ? "; what is usual is not known yet." : `; usual are ${Math.round(found.usual)}.`)
      );
    case "sequence": {
      const first = found.events[0]!;
      const last = found.events[found.events.length - 1]!;
      const steps = rule.steps.map(({ title }) => title).join(", then ");
      return `${steps[0]!.toUpperCase()}${steps.slice(1)}: ${who}${table}, within ${duration(Math.max(1, Math.ceil((last.time - first.time) / 1000)))}.`;
    }
  }
}
