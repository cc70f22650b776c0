import type { DeployedDetection } from "../../detections/deployedDetection";
import type { Search, Window } from "./eventQuery";
import type { Place } from "./links";
import type { Publisher } from "./publisher";
import type { AlertState } from "./state";

/** Metrics of the notifier itself. */
export type Counted =
  | "AlertsPublished"
  | "AlarmsWithoutEvents"
  | "AlarmsSilent"
  | "StateFailures"
  | "SweepFailures"
  | "CanaryReturned";

export interface Log {
  info(message: string, extra?: Record<string, unknown>): void;
  warn(message: string, extra?: Record<string, unknown>): void;
}

/** What the notifier works with. Tests give their own. */
export interface Dependencies {
  detections: readonly DeployedDetection[];
  place: Place;
  logGroup: string;
  /** Metric by which the canary's alarm is known. */
  canaryMetric: string;
  state: AlertState;
  events: { find(patterns: readonly string[], window: Window, waits?: boolean): Promise<Search> };
  publisher: Publisher;
  /** Writes the canary to the log group. */
  sendCanary(): Promise<void>;
  log: Log;
  /** Counts something worth a metric, once. */
  count(metric: Counted): void;
  /** Milliseconds. */
  now(): number;
  /** Waits, in milliseconds. */
  pause(ms: number): Promise<void>;
}
