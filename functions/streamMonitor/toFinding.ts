import { describeAlarm } from "../../detections/describe";
import type { WatchedDetection } from "../../detections/watchedTable";
import type { Finding } from "../finding";
import { callerNote } from "./callerNote";
import type { Sightings } from "./sightings";

/** What a finding is about. */
export interface Found {
  id: string;
  detection: WatchedDetection;
  tableArn: string;
  tableName: string;
  sightings: Sightings;
  /** The changes are those of a window, as far as this environment of the function saw it. */
  windowed: boolean;
}

/** EventBridge takes entries of 256 KB (EventBridge User Guide, "Calculating PutEvents event entry size"). */
const longestDetail = 200_000;

/** @param logGroupName Log group of the trail, for the query that names the caller. */
export function toFinding(found: Found, logGroupName?: string): Finding {
  const { id, detection, tableArn, tableName, sightings } = found;
  const [, , , region = "", account = ""] = tableArn.split(":");
  const finding: Finding = {
    id,
    detection: detection.id,
    title: detection.title,
    severity: detection.severity,
    time: new Date(sightings.to).toISOString(),
    account,
    region,
    summary: summaryOf(found),
    actors: [],
    tables: [tableName],
    events: sightings.events(),
    count: sightings.count,
    note: callerNote({ tableName, ...pick(sightings) }, logGroupName),
  };
  // Keys that are shown as they are may be long.
  while (finding.events.length > 1 && Buffer.byteLength(JSON.stringify(finding)) > longestDetail) {
    finding.events = finding.events.slice(0, Math.floor(finding.events.length / 2));
  }
  return finding;
}

const pick = ({ kinds, from, to }: Sightings) => ({ kinds, from, to });

function summaryOf({ detection, tableName, sightings, windowed }: Found): string {
  const { count, from, to, attributes, kinds } = sightings;
  const changes = count === 1 ? "1 change" : `${count} changes`;
  const where = `of items of table ${tableName}`;
  const what =
    attributes.size > 0
      ? `${changes} of ${[...attributes].sort().join(", ")} ${where}`
      : `${changes} ${where} (${[...kinds].sort().join(", ")})`;
  if (!windowed) return `${what}.`;
  const { threshold: moreThan, periodSeconds: withinSeconds } = detection;
  return (
    `${what} from ${new Date(from).toISOString()} to ${new Date(to).toISOString()}, as far as one environment of the ` +
    `monitor saw when it found ${describeAlarm({ moreThan, withinSeconds })}.`
  );
}
