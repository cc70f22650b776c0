import type { ItemDetection } from "../../detection";
import { streamLimits } from "./limits";

/** An existing item is given an expiry in the past or near future: time to live as a tool to delete. */
export const itemExpiryLowered: ItemDetection = {
  id: "item-expiry-lowered",
  title: "Item set to expire soon",
  severity: "medium",
  source: "item-stream",
  evidence: "documented",
  evidenceNote: "AWS prints records of modified items with both images, and how time to live reads its attribute.",
  items: { kind: "expiry-lowered", withinSeconds: 86_400 },
  alarm: { moreThan: 0, withinSeconds: 60, per: ["table"] },
  attack: [{ version: "18.1", tactic: "TA0040", technique: "T1485" }],
  impact:
    "DynamoDB will delete the item, in the name of its service. Who wanted it only wrote one attribute, without the right to delete.",
  response: [
    "Run the query of the finding: it names who wrote to the table.",
    "If it was not meant, set the attribute back: an item that has passed its time may still be there for days.",
    "Revoke the role's sessions or disable the user's access keys.",
  ],
  falsePositives: [
    "Applications that end sessions or jobs early by setting their expiry: raise the table's threshold, or leave out `timeToLiveAttribute`.",
  ],
  limits: [
    "Only tables whose `timeToLiveAttribute` is set are watched. A change of the attribute itself (UpdateTimeToLive) is in CloudTrail and not in a stream.",
    "Items that are written anew with an early expiry (INSERT) do not count: nothing is lost by them.",
    "Needs a stream with new and old images.",
    ...streamLimits,
  ],
};
