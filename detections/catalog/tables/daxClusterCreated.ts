import { all, calls, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** A cache in front of tables: what it answers is not logged. */
export const daxClusterCreated: Detection = {
  id: "dax-cluster-created",
  title: "DAX cluster created",
  severity: "medium",
  source: "management",
  evidence: "inferred",
  evidenceNote: "AWS lists CreateCluster of DAX among the logged calls; nobody published such an event.",
  when: all(calls("dax.amazonaws.com", "CreateCluster"), succeeded()),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    {
      version: "18.1",
      tactic: "TA0009",
      technique: "T1213.006",
      note: "Reads that the cluster answers are not logged.",
    },
  ],
  impact:
    "Whoever reaches the cluster reads tables with the rights of its role, and CloudTrail logs none of these reads.",
  response: [
    "Ask whether the cluster was planned, and read iamRoleArn in the event: which tables its role may read.",
    "If it was not, delete the cluster (`aws dax delete-cluster`), and revoke the caller's sessions.",
    "Treat the tables that the role may read as disclosed.",
  ],
  falsePositives: ["A planned cluster, through infrastructure code: list the role in `ignorePrincipals`."],
  limits: [
    "Reads and writes through a cluster are no events of DAX; what the cluster itself reads is a call of its role.",
    "A cluster that is there already may be used by whoever its network and role let in.",
  ],
};
