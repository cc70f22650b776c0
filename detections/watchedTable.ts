import type { Severity } from "./detection";
import type { CountedChanges, ExpiryLowered, ItemChangeKind } from "./itemRule";

/** Name of the file beside the stream monitor's bundle that holds its tables, as JSON: a list of `WatchedTable`. */
export const tablesFile = "tables.json";

/** A table as the stream monitor watches it, settings included. */
export interface WatchedTable {
  tableArn: string;
  detections: WatchedDetection[];
}

export interface WatchedDetection {
  id: string;
  title: string;
  /** After settings. */
  severity: Severity;
  /** The alarm's: more than so many changes in one period. */
  threshold: number;
  periodSeconds: number;
  rule: WatchedRule;
}

/** An item rule with what a table's settings say of it. */
export type WatchedRule =
  | Pick<CountedChanges, "kind" | "changes">
  | {
      kind: "guarded-attributes";
      /** Attributes as document paths: `status`, `limits.daily`, `owners[0]`. */
      attributes: string[];
      /** Kinds of changes that count; an INSERT and a REMOVE count where the item has the attribute. */
      changes: ItemChangeKind[];
    }
  | (ExpiryLowered & { attribute: string });
