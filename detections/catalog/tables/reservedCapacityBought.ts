import { all, dynamodb, succeeded } from "../../condition";
import type { Detection } from "../../detection";

export const reservedCapacityBought: Detection = {
  id: "reserved-capacity-bought",
  title: "Reserved capacity bought",
  severity: "medium",
  source: "management",
  evidence: "inferred",
  evidenceNote: "AWS lists PurchaseReservedCapacityOfferings among the logged calls; nobody published such an event.",
  when: all(dynamodb("PurchaseReservedCapacityOfferings"), succeeded()),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [{ version: "18.1", tactic: "TA0040", technique: "T1496", note: "Cost at the account's expense." }],
  impact: "Money is committed for one or three years, and cannot be taken back by a call.",
  response: [
    "Ask whoever is responsible for the bill whether the purchase was decided.",
    "If not, write to AWS Support at once, and revoke the caller's sessions.",
    "Deny dynamodb:PurchaseReservedCapacityOfferings in a service control policy.",
  ],
  falsePositives: ["A purchase that was decided."],
  limits: ["Savings plans are bought through another service."],
};
