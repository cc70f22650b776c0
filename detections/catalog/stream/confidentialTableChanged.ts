import type { ItemDetection } from "../../detection";
import { countingLimits, streamLimits } from "./limits";

/** Somebody wrote to a table that is marked confidential. */
export const confidentialTableChanged: ItemDetection = {
  id: "confidential-table-changed",
  title: "Confidential table changed",
  severity: "medium",
  source: "item-stream",
  evidence: "documented",
  evidenceNote: "AWS prints stream records of every kind.",
  items: { kind: "counted", changes: ["INSERT", "MODIFY", "REMOVE"], confidentialOnly: true },
  alarm: { moreThan: 0, withinSeconds: 3600, per: ["table"] },
  attack: [{ version: "18.1", tactic: "TA0040", technique: "T1565.001" }],
  impact: "Data that is marked confidential was written, changed or deleted.",
  response: [
    "Run the query of the finding: it names who wrote to the table.",
    "Ask the owner of the table whether the change was meant.",
    "If not, revoke the role's sessions or disable the user's access keys, and compare the table with a point in time before.",
  ],
  falsePositives: [
    "A table that applications write all day: raise its threshold above an hour's usual number, or switch the detection off there.",
  ],
  limits: [
    "Reported once an hour, with the changes seen until then; the metric has them all.",
    "Reads leave no trace in a stream: see table-scanned and mass-read.",
    ...countingLimits,
    ...streamLimits,
  ],
};
