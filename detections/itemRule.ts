/** What happened to an item. The first three are the stream's own event names; `EXPIRE` is a removal by time to live. */
export const itemChangeKinds = ["INSERT", "MODIFY", "REMOVE", "EXPIRE"] as const;
export type ItemChangeKind = (typeof itemChangeKinds)[number];

/** Which item changes match. */
export type ItemRule = CountedChanges | GuardedAttributes | ExpiryLowered;

/** Every change of these kinds. The function reports a window, not each change: its alarm's rule says how many it takes. */
export interface CountedChanges {
  kind: "counted";
  changes: readonly ItemChangeKind[];
  /** Only on tables that are marked confidential. Default: false. */
  confidentialOnly?: boolean;
}

/** A change of an attribute that the table's settings guard. Each change is reported. */
export interface GuardedAttributes {
  kind: "guarded-attributes";
}

/**
 * The attribute that says when an item expires was given a value at which the item goes soon, where before it had a later
 * one or none: a deletion that DynamoDB makes for the caller. Each change is reported.
 */
export interface ExpiryLowered {
  kind: "expiry-lowered";
  /** "Soon": not later than this many seconds after the change. */
  withinSeconds: number;
}
