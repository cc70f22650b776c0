import { catalog, detectionById, type Severity, severities } from "../detections";
import type { EventSummary } from "../detections/event/summary";
import type { Episode } from "./cloudwatch/alarm";
import { breakOf, type Hop } from "./delivery/hop";
import type { EventRule } from "./eventBridge/rule";

/** An alarm's change to ALARM, with what happened until it changed back. */
export interface Alert {
  /** Id of the detection: the name of the metric, or of a rule without its prefix. */
  detection: string;
  title: string;
  /** From the alarm's name, else the catalog's. */
  severity: Severity;
  /** When the alarm changes state: the end of the minute that made it change (ISO 8601). */
  time: string;
  state: "ALARM";
  /** The data point that was over the threshold: the sum of a period. */
  count: number;
  threshold: number;
  periodSeconds: number;
  /** Matching events while the alarm stayed in ALARM: nothing notifies of these. */
  suppressed: number;
  /** Of all events, those that were suppressed included, in order of appearance. */
  actors: string[];
  tables: string[];
  sourceIps: string[];
  regions: string[];
  /** Ids of the events that made the alarm change, then of suppressed ones; at most 1,000. */
  eventIds: string[];
  /** Values of the group that is counted apart, by dimension. Empty for one count over the account. */
  group: Readonly<Record<string, string>>;
  /** Physical name of the alarm or rule. */
  alarm: string;
  /** Events that made the alarm change, and suppressed ones; together at most 1,000. */
  events: EventSummary[];
  suppressedEvents: EventSummary[];
  /** The way of the alert, hop by hop. */
  path: readonly Hop[];
  /** The hop at which it stopped; absent where it arrives. */
  stoppedAt?: Hop;
}

/** The alert of a rule: one per event, at once. */
export function ruleAlert(rule: EventRule, time: number, event: EventSummary, path: readonly Hop[]): Alert {
  const detection = catalog.find(({ id }) => rule.name === id || rule.name.endsWith(`-${id}`))?.id ?? rule.name;
  const alarm = { name: rule.name, metricName: detection, threshold: 0, periodSeconds: 0 };
  return alertOf({ alarm, group: {}, time, value: 1, events: [event], suppressed: 0, suppressedEvents: [] }, path);
}

/** The alert of an alarm. */
export function alertOf(
  episode: Omit<Episode, "alarm"> & {
    alarm: Pick<Episode["alarm"], "name" | "metricName" | "threshold" | "periodSeconds">;
  },
  path: readonly Hop[],
): Alert {
  const { alarm, events, suppressedEvents } = episode;
  const all = [...events, ...suppressedEvents];
  const distinct = (values: string[]): string[] => [...new Set(values.filter((value) => value !== ""))];
  const detection = detectionById(alarm.metricName);
  const stoppedAt = breakOf(path);
  return {
    detection: alarm.metricName,
    title: detection?.title ?? alarm.name,
    severity: severityOf(alarm.name, alarm.metricName) ?? detection?.severity ?? "info",
    time: new Date(episode.time).toISOString().replace(".000Z", "Z"),
    state: "ALARM",
    count: episode.value,
    threshold: alarm.threshold,
    periodSeconds: alarm.periodSeconds,
    suppressed: episode.suppressed,
    actors: distinct(all.map(({ actor }) => actor)),
    tables: distinct(all.flatMap(({ tables }) => tables)),
    sourceIps: distinct(all.map(({ sourceIp }) => sourceIp)),
    regions: distinct(all.map(({ region }) => region)),
    eventIds: distinct(all.map(({ id }) => id)),
    group: episode.group,
    alarm: alarm.name,
    events,
    suppressedEvents,
    path,
    ...(stoppedAt && { stoppedAt }),
  };
}

/** Alarm names end with `<severity>-<detection>`. A name that was shortened keeps that end. */
function severityOf(alarmName: string, detection: string): Severity | undefined {
  if (!alarmName.endsWith(`-${detection}`)) return undefined;
  const last = alarmName
    .slice(0, -detection.length - 1)
    .split("-")
    .pop();
  return severities.find((severity) => severity === last);
}
