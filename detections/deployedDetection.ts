import type { Severity } from "./detection";
import type { StatefulRule } from "./statefulRule";

/** Name of the file beside a function's bundle that holds the deployed detections, as JSON. */
export const detectionsFile = "detections.json";

/**
 * A detection as it is deployed, settings included. The functions read these from `detections.json` and not from the
 * catalog, so that what they match is what the metric filters match.
 */
export interface DeployedDetection {
  id: string;
  title: string;
  /** After settings. */
  severity: Severity;
  /**
   * CloudWatch Logs filter patterns, exclusions included; an event counts when one of them matches. For a stateful
   * detection: which events its rule is asked about.
   */
  patterns: string[];
  /** What the alarm counts, for example "more than 5 in 10 minutes". */
  rule: string;
  threshold: number;
  periodSeconds: number;
  /** Set where a function decides and not a metric filter; `sequence` steps carry patterns instead of conditions. */
  stateful?: DeployedRule;
  /** A single event is worth an alert, so it may go the fast way over EventBridge. */
  singleEvent: boolean;
  impact: string;
  response: string[];
  /** ATT&CK tactic and technique ids with their version, for example "ATT&CK 18.1: TA0040, T1490". */
  attack: string;
  runbook: string;
}

/** A stateful rule in which conditions have become filter patterns. */
export type DeployedRule =
  | Exclude<StatefulRule, { kind: "sequence" }>
  | (Omit<Extract<StatefulRule, { kind: "sequence" }>, "steps"> & {
      steps: { title: string; patterns: string[] }[];
    });
