import type { Condition } from "./condition";
import type { GroupKey } from "./groupKey";
import type { ItemRule } from "./itemRule";
import type { StatefulRule } from "./statefulRule";

/** How serious an alert is. `high` and `critical` may page a person. */
export const severities = ["info", "low", "medium", "high", "critical"] as const;
export type Severity = (typeof severities)[number];

/**
 * Where the events of a detection come from. The trail must carry the source, or the detection can never fire.
 *
 * - `management`: control-plane API calls, logged by every trail unless switched off.
 * - `table-data`: item-level API calls on tables (`AWS::DynamoDB::Table` data events, paid, off by default).
 * - `stream-data`: `GetRecords` and `GetShardIterator` (`AWS::DynamoDB::Stream` data events).
 * - `kms`: AWS KMS management events, which a trail may exclude.
 * - `item-stream`: records of DynamoDB Streams. They carry no caller.
 */
export const eventSources = ["management", "table-data", "stream-data", "kms", "item-stream"] as const;
export type EventSource = (typeof eventSources)[number];

/**
 * How sure we are of the shape of the events that a detection reads.
 *
 * - `documented`: an AWS page prints such an event.
 * - `observed`: a real event was published by somebody.
 * - `inferred`: follows from the API model and CloudTrail's naming rules; nobody published one.
 */
export type EvidenceGrade = "documented" | "observed" | "inferred";

/** One ATT&CK mapping; ids are only comparable within a version. */
export interface AttackMapping {
  /** ATT&CK for Enterprise version in which both ids exist, for example "18.1". */
  version: string;
  /** Tactic id, for example "TA0040". */
  tactic: string;
  /** Technique or sub-technique id, for example "T1490". Absent where no technique fits; `note` says why. */
  technique?: string;
  note?: string;
}

export type { GroupKey };

/** When the count of matching events is worth an alert. */
export interface AlarmRule {
  /** Alerts when more than this many events fall into one window. 0: every event alerts. */
  moreThan: number;
  /** Length of the window in seconds, a multiple of 60. */
  withinSeconds: number;
  /** Count separately for each combination of these. Default: one count for the whole account. */
  per?: readonly GroupKey[];
}

/** One published alert of the vendor whose ten alerts this project implements, as printed by that vendor. */
export interface PublishedAlert {
  /** The vendor's name of the alert. */
  title: string;
  tactic: string;
  technique: string;
}

/** What every entry of the catalog says, whatever its source. Pure data: no alarm, metric or topic is mentioned here. */
export interface CatalogEntry {
  /** Kebab-case: configuration key, suffix of resource names, name of the runbook page. */
  id: string;
  title: string;
  severity: Severity;
  source: EventSource;
  /** Grade of the shapes of the events that match, and the reason for it. */
  evidence: EvidenceGrade;
  evidenceNote: string;
  alarm: AlarmRule;
  attack: readonly AttackMapping[];
  /** Set on the ten published alerts. */
  origin?: PublishedAlert;
  /** What an attacker gains or what is lost. */
  impact: string;
  /** Response steps, in order. */
  response: readonly string[];
  falsePositives: readonly string[];
  /** What this detection cannot see, and what does instead. */
  limits?: readonly string[];
}

/** What is detected among CloudTrail events. */
export interface Detection extends CatalogEntry {
  /** Its data events read: a trail that logs only those that write does not carry them. Default: false. */
  reads?: boolean;
  /** Which events match. One tree, from which filter patterns, queries and pages are made. */
  when: Condition;
  /**
   * Set where no metric filter can say it: what the detector function remembers. `when` says which events it is asked
   * about, and `alarm` is on the findings.
   */
  stateful?: StatefulRule;
  /** It is about the table in which the detectors keep their state: deployed where there is one. Default: false. */
  ownState?: boolean;
}

/** What is detected among the item changes of a table, by the stream monitor. Counted per table. */
export interface ItemDetection extends CatalogEntry {
  source: "item-stream";
  items: ItemRule;
}
