import { type Severity, severities } from "../../../detections";
import type { Alert } from "../../../simulation";

/** The alerts of one detection, in order of time. */
export interface DetectionAlerts {
  /** Usable as an id in the page. */
  id: string;
  detection: string;
  title: string;
  /** The highest of its alerts. */
  severity: Severity;
  alerts: readonly Alert[];
}

const rank = (severity: Severity): number => severities.indexOf(severity);
export const highest = (found: readonly Severity[]): Severity => found.toSorted((a, b) => rank(b) - rank(a))[0]!;

/** Most severe detections first, then those that alerted first. */
export function groupByDetection(alerts: readonly Alert[]): DetectionAlerts[] {
  const found = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const others = found.get(alert.detection);
    if (others) others.push(alert);
    else found.set(alert.detection, [alert]);
  }
  return [...found]
    .map(([detection, alerts], i) => ({
      id: `detection-${i + 1}`,
      detection,
      title: alerts[0]!.title,
      severity: highest(alerts.map(({ severity }) => severity)),
      alerts,
    }))
    .sort((a, b) => rank(b.severity) - rank(a.severity));
}

/** Somebody or something that alerts name. */
export interface Ranked {
  name: string;
  alerts: number;
  severity: Severity;
  detections: number;
}

/** What most alerts name, the worst first. */
export function ranking(alerts: readonly Alert[], namesOf: (alert: Alert) => readonly string[]): Ranked[] {
  const found = new Map<string, Alert[]>();
  for (const alert of alerts) {
    for (const name of namesOf(alert)) {
      const others = found.get(name);
      if (others) others.push(alert);
      else found.set(name, [alert]);
    }
  }
  return [...found]
    .map(([name, alerts]) => ({
      name,
      alerts: alerts.length,
      severity: highest(alerts.map(({ severity }) => severity)),
      detections: new Set(alerts.map(({ detection }) => detection)).size,
    }))
    .sort((a, b) => rank(b.severity) - rank(a.severity) || b.detections - a.detections || b.alerts - a.alerts);
}
