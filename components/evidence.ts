/** What happens to evidence (bucket, its key, log group) when the stack is destroyed. They share one fate. */
export enum EvidencePolicy {
  /** Kept, with everything that keeps it readable and safe. A later deployment makes new ones beside them. */
  Retain = "retain",
  /** Deleted, objects included. */
  Delete = "delete",
}
