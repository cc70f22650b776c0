import { all, any, atLeast, atMost, dynamodb, succeeded } from "../../condition";
import type { Detection } from "../../detection";

const parameters = "requestParameters";

/** A table is left with next to no capacity, or its on-demand capacity is limited. */
export const capacityCut: Detection = {
  id: "capacity-cut",
  title: "Capacity of a table cut",
  severity: "medium",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS prints UpdateTable with provisionedThroughput. onDemandThroughput and the throughput of indexes follow from the API " +
    "model.",
  when: all(
    dynamodb("UpdateTable"),
    any(
      atMost(`${parameters}.provisionedThroughput.readCapacityUnits`, 5),
      atMost(`${parameters}.provisionedThroughput.writeCapacityUnits`, 5),
      // -1 takes a limit away.
      atLeast(`${parameters}.onDemandThroughput.maxReadRequestUnits`, 1),
      atLeast(`${parameters}.onDemandThroughput.maxWriteRequestUnits`, 1),
      atMost(`${parameters}.globalSecondaryIndexUpdates[*].update.provisionedThroughput.readCapacityUnits`, 5),
      atMost(`${parameters}.globalSecondaryIndexUpdates[*].update.provisionedThroughput.writeCapacityUnits`, 5),
    ),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [{ version: "18.1", tactic: "TA0040", technique: "T1499" }],
  impact: "Applications are throttled: the table is as good as gone while nothing is deleted.",
  response: [
    "Look at ThrottledRequests of the table, and set capacity or limits back to what the infrastructure code says.",
    "Find the caller and ask whether the change was planned.",
    "If not, revoke the role's sessions or disable the user's access keys.",
  ],
  falsePositives: [
    "Small tables, which are well with five units: list the role that changes them in `ignorePrincipals`.",
    "A limit on on-demand capacity that guards the bill.",
  ],
  limits: [
    "An event does not say what the capacity was: five units or fewer count as a cut, and a cut from 10,000 to 6 does not.",
    "Capacity lowered through Application Auto Scaling has a detection of its own.",
    "Limits of a single index (onDemandThroughput of an index) and capacity of replicas do not count.",
    "UpdateTable calls with parameters too large to be logged are not counted here.",
  ],
};
