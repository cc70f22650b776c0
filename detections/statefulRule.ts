import type { Condition } from "./condition";
import type { GroupKey } from "./groupKey";

/**
 * What no metric filter can say, since a filter has no memory. A function keeps a small state for each group (`per`) and
 * advances it by each event that the detection's `when` matches.
 */
export type StatefulRule = EachRule | FirstSeenRule | DistinctRule | RateRule | SequenceRule;

/**
 * What a rule remembers of an event. `country` is that of the source address, `principal` a role for its sessions, `table`
 * a table with its account and Region. An event without the value is not observed.
 */
export type Observed = "country" | "principal" | "table" | "region" | "eventName";

/**
 * Every event, once for each group and window. For conditions that a function reads and no metric filter does: a key of a
 * selector that AWS does not document, or more regular expressions than a log group takes.
 */
export interface EachRule {
  kind: "each";
  per: readonly GroupKey[];
  /** Seconds after a finding in which the group finds nothing more. */
  withinSeconds: number;
}

/** A value that the group did not show within the memory, for example a principal's country. */
export interface FirstSeenRule {
  kind: "first-seen";
  value: Observed;
  per: readonly GroupKey[];
  /** Seconds after which a value that was not seen again is new again. */
  rememberSeconds: number;
  /** Seconds after the first event in which values are learnt and nothing alerts. A group's first value is always learnt. */
  learnSeconds: number;
}

/** More than so many different values of one field within a window, for example tables read by one principal. */
export interface DistinctRule {
  kind: "distinct";
  value: Observed;
  per: readonly GroupKey[];
  moreThan: number;
  withinSeconds: number;
}

/** More events in a window than the group's own usual, for example reads by one principal. */
export interface RateRule {
  kind: "rate";
  per: readonly GroupKey[];
  /** Length of a window in seconds. */
  windowSeconds: number;
  /** Earlier windows with events that make the baseline; until a group has shown so many, only `atLeast` guards. */
  baselineWindows: number;
  /** Alerts when a window has more than this many times the baseline's mean. */
  factor: number;
  /** Never alerts at fewer events in a window than this. */
  atLeast: number;
}

/** Events in this order, by the same group, all of them within a window. */
export interface SequenceRule {
  kind: "sequence";
  /** At least two. */
  steps: readonly SequenceStep[];
  per: readonly GroupKey[];
  withinSeconds: number;
  /**
   * Each step is on a table of the step before, as a restore is on the table of its backup and on the new one. `per` then
   * leaves the table out. Default: false.
   */
  linked?: boolean;
}

export interface SequenceStep {
  /** What happened, as a clause: "deletion protection was switched off". */
  title: string;
  when: Condition;
}
