import { all, dynamodb, notByService } from "../../condition";
import type { Detection } from "../../detection";

/** One principal lists tables in Region after Region, as attack tools do. */
export const manyRegionsEnumerated: Detection = {
  id: "many-regions-enumerated",
  title: "Tables listed in many Regions by one principal",
  severity: "medium",
  source: "management",
  evidence: "observed",
  evidenceNote: "A ListTables event is published; awsRegion is in every CloudTrail record.",
  // Refused calls count: a tool goes on to the next Region.
  when: all(dynamodb("ListTables", "ListGlobalTables", "ListStreams", "ListBackups", "ListExports"), notByService()),
  refusedCalls: "count",
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: { kind: "distinct", value: "region", per: ["principal"], moreThan: 4, withinSeconds: 600 },
  attack: [
    { version: "18.1", tactic: "TA0007", technique: "T1580", note: "Its text names storage and database services." },
  ],
  impact:
    "Somebody looks for tables wherever the account may have some: tools that try out stolen credentials begin so.",
  response: [
    "Find the caller and ask whether an inventory ran.",
    "If not, revoke the role's sessions or disable the user's access keys.",
    "Look for DescribeTable, Scan and exports by the same caller in those Regions.",
  ],
  falsePositives: ["Inventory and posture tools go through all Regions: list their roles in `ignorePrincipals`."],
  limits: [
    "Counted per principal: Regions that several principals share, and Regions listed slowly, stay below the threshold.",
    "Four Regions or fewer in ten minutes stay quiet.",
    "A trail of one Region, and a detector that gets its events from EventBridge, see one Region only.",
    "Calls that an AWS service makes for its caller do not count.",
    "A trail that logs only write management events does not carry these calls.",
  ],
};
