import type { Alert } from "../../simulation";
import type { Summary } from "./replay";

/** One alert as a line of `--json`. */
export function alertLine(alert: Alert): string {
  const { detection, title, severity, time, state, count, threshold, periodSeconds, suppressed } = alert;
  const { actors, tables, sourceIps, regions, eventIds } = alert;
  return JSON.stringify({
    detection,
    title,
    severity,
    time,
    state,
    count,
    threshold,
    periodSeconds,
    suppressed,
    actors,
    tables,
    sourceIps,
    regions,
    eventIds,
  });
}

/** The last line of `--json`. */
export function summaryLine({ files, events, relevant, invalid, late, alerts }: Summary): string {
  return JSON.stringify({ summary: { files, events, relevant, invalid, late, alerts } });
}
