/** Kinds of changes that count for guarded attributes. */
export enum GuardedChange {
  /** An item that has the attribute is written for the first time. */
  Insert = "INSERT",
  /** The attribute is changed, added or removed. */
  Modify = "MODIFY",
  /** An item that has the attribute is deleted, by a caller and not by time to live. */
  Remove = "REMOVE",
}

/** Changes to one detection of item changes. Absent fields keep the catalog's own setting. */
export interface ItemDetectionSettingsArgs {
  /** Deploy this detection. Default: true. */
  enabled?: boolean;
  /** Alert when more than this many changes fall into one period; 0: every change alerts. Default: the catalog's. */
  threshold?: number;
  /** Length of the period in seconds: a multiple of 60, at most 86,400. Default: the catalog's. */
  periodSeconds?: number;
}
