import { all, calls, succeeded } from "../../condition";
import type { Detection } from "../../detection";

export const daxClusterChanged: Detection = {
  id: "dax-cluster-changed",
  title: "DAX cluster deleted or changed",
  severity: "medium",
  profile: "full",
  source: "management",
  evidence: "inferred",
  evidenceNote: "AWS lists these calls of DAX among the logged ones; nobody published such an event.",
  when: all(
    calls(
      "dax.amazonaws.com",
      "DeleteCluster",
      "UpdateCluster",
      "UpdateParameterGroup",
      "DeleteParameterGroup",
      "DecreaseReplicationFactor",
      "DeleteSubnetGroup",
      "UpdateSubnetGroup",
    ),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [{ version: "18.1", tactic: "TA0040", technique: "T1499" }],
  impact:
    "Applications that read through the cluster fail or press on the tables; a changed lifetime of entries serves old data.",
  response: [
    "Ask whether the change was planned, and set the cluster back to what the infrastructure code says.",
    "If it was not, revoke the caller's sessions or disable the user's access keys.",
    "Look at throttling and latency of the tables behind the cluster.",
  ],
  falsePositives: ["Planned changes through infrastructure code: list the role in `ignorePrincipals`."],
  limits: [
    "Security groups and routes of the cluster's network belong to another service.",
    "A node that is restarted (RebootNode) and nodes that are added (IncreaseReplicationFactor) do not count.",
  ],
};
