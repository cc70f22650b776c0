import { all, any, dynamodb, parametersOmitted, present, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** A copy of a table that keeps itself up to date in another Region, or in another account. */
export const replicaAdded: Detection = {
  id: "replica-added",
  title: "Replica of a table added",
  severity: "medium",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS prints UpdateTable, without replicaUpdates. replicaUpdates[].create.regionName, globalTableSourceArn and the " +
    "calls of 2017's global tables follow from the API model.",
  when: all(
    any(
      all(
        dynamodb("UpdateTable", "UpdateGlobalTable"),
        any(present("requestParameters.replicaUpdates[*].create.regionName"), parametersOmitted()),
      ),
      dynamodb("CreateGlobalTable"),
      all(dynamodb("CreateTable"), present("requestParameters.globalTableSourceArn")),
    ),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0005", technique: "T1535", note: "Where the Region is one that nobody watches." },
    { version: "18.1", tactic: "TA0009", technique: "T1074" },
    { version: "18.1", tactic: "TA0010", technique: "T1537", note: "Where the replica is in another account." },
  ],
  impact: "Every item, now and from now on, is in a second place, where other policies and no detection may watch it.",
  response: [
    "Read the Region in replicaUpdates, and ask the owner of the table whether a replica there was planned.",
    "If not, delete the replica (`aws dynamodb update-table --replica-updates`) and stop the caller.",
    "Look for reads, exports and resource policies on the replica since it was made.",
    "Deny Regions without business in a service control policy (aws:RequestedRegion).",
  ],
  falsePositives: ["Global tables that infrastructure code sets up: list its role in `ignorePrincipals`."],
  limits: [
    "What is done with the replica is seen only where the trail logs all Regions and all tables.",
    "A table that is copied by a restore into another Region is no replica: see table-restored.",
    "A witness of a global table holds no items and does not count.",
  ],
};
