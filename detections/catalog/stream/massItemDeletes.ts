import type { ItemDetection } from "../../detection";
import { countingLimits, replicaLimit, streamLimits } from "./limits";

/** Many items of one table are deleted by callers, and not by time to live. */
export const massItemDeletes: ItemDetection = {
  id: "mass-item-deletes",
  title: "Many items deleted",
  severity: "high",
  source: "item-stream",
  evidence: "documented",
  evidenceNote: "AWS prints stream records of every kind, and the mark of those that time to live makes.",
  items: { kind: "counted", changes: ["REMOVE"] },
  alarm: { moreThan: 100, withinSeconds: 300, per: ["table"] },
  attack: [{ version: "18.1", tactic: "TA0040", technique: "T1485" }],
  impact: "A table is being emptied, item by item. Without point-in-time recovery or a backup the data is gone.",
  response: [
    "Run the query of the finding: it names the callers of these minutes.",
    "Ask the owner of the table whether the deletion was meant. If not, revoke the role's sessions or disable the user's access keys.",
    "Restore the table to the second before the first deletion (`aws dynamodb restore-table-to-point-in-time`) beside the old one, and copy the items back.",
  ],
  falsePositives: [
    "Clean-up jobs and tests: raise the table's threshold, or delete by time to live.",
    "Queues and session tables, whose items live for a short time: raise the table's threshold.",
    "The first hours of a new monitor, which reads what the stream has kept: up to a day is counted at once.",
  ],
  limits: [replicaLimit, ...countingLimits, ...streamLimits],
};
