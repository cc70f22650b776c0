import type { ItemDetection } from "../../detection";
import { countingLimits, replicaLimit, streamLimits } from "./limits";

/** Time to live removes far more items of a table than is usual there. */
export const massItemExpiry: ItemDetection = {
  id: "mass-item-expiry",
  title: "Many items expired",
  severity: "medium",
  source: "item-stream",
  evidence: "documented",
  evidenceNote: "AWS documents the mark of removals by time to live (userIdentity of the record).",
  items: { kind: "counted", changes: ["EXPIRE"] },
  alarm: { moreThan: 1000, withinSeconds: 300, per: ["table"] },
  attack: [{ version: "18.1", tactic: "TA0040", technique: "T1485" }],
  impact:
    "Whoever sets the attribute of time to live, or chooses another one, has DynamoDB delete the items: no DeleteItem is logged, and no caller.",
  response: [
    "Look for UpdateTimeToLive on the table in the last days: another attribute may now say when items expire.",
    "Run the query of the finding: it names who wrote to the table. Items expire up to days after their time.",
    "If it was not meant, switch time to live off (`aws dynamodb update-time-to-live`), which stops the deletion.",
    "Restore the table to a point in time before, beside the old one, and copy the items back.",
  ],
  falsePositives: [
    "Tables whose items expire in large numbers every day: set the table's threshold to more than its usual in five minutes.",
    "The first days after time to live was switched on for an old table.",
  ],
  limits: [
    "What is usual is not learnt: the threshold is the table's setting.",
    "DynamoDB spreads the removals over hours and days, so that few items in five minutes may be many in the end.",
    replicaLimit,
    ...countingLimits,
    ...streamLimits,
  ],
};
