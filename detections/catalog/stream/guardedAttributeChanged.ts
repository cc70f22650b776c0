import type { ItemDetection } from "../../detection";
import { streamLimits } from "./limits";

/** An attribute that should hardly ever change did. */
export const guardedAttributeChanged: ItemDetection = {
  id: "guarded-attribute-changed",
  title: "Guarded attribute changed",
  severity: "high",
  source: "item-stream",
  evidence: "documented",
  evidenceNote: "AWS prints records of modified items with both images.",
  items: { kind: "guarded-attributes" },
  alarm: { moreThan: 0, withinSeconds: 60, per: ["table"] },
  attack: [{ version: "18.1", tactic: "TA0040", technique: "T1565.001" }],
  impact: "Data that decides over rights, money or limits may have been manipulated.",
  response: [
    "Run the query of the finding: it names who wrote to the table.",
    "Compare the item with the table at a point in time before (`aws dynamodb restore-table-to-point-in-time` beside the old one). The finding names the attributes and never their values.",
    "If the change was not meant, write the old value back, and revoke the role's sessions or disable the user's access keys.",
  ],
  falsePositives: ["Administration that changes these attributes on purpose.", "Migrations that rewrite every item."],
  limits: [
    "Only attributes named in `guardedAttributes` are watched.",
    "Needs a stream with new and old images.",
    "A removal by time to live never counts: see mass-item-expiry.",
    "An item that is deleted and written anew is a REMOVE and an INSERT: name these kinds in `guardedChanges` to see it.",
    ...streamLimits,
  ],
};
