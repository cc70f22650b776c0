import type { Detection } from "../../detection";
import { changesOrTouches } from "./calls";

/** The account works with DynamoDB in a Region where it did not. */
export const newRegionUsed: Detection = {
  id: "new-region-used",
  title: "DynamoDB used in a new Region",
  severity: "medium",
  source: "management",
  evidence: "documented",
  evidenceNote: "awsRegion is in every CloudTrail record.",
  // Refused calls count: a Region that a service control policy closes is tried all the same.
  when: changesOrTouches(),
  refusedCalls: "count",
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: {
    kind: "first-seen",
    value: "region",
    per: [],
    rememberSeconds: 90 * 86_400,
    learnSeconds: 14 * 86_400,
  },
  attack: [{ version: "18.1", tactic: "TA0005", technique: "T1535" }],
  impact: "Tables, replicas and restored copies in a Region that nobody watches are used to hide data or its cost.",
  response: [
    "Find the caller and ask whether the Region was meant.",
    "List the tables there, where they came from (replica, restore, import), and who reads them.",
    "If it was not meant, revoke the caller's sessions, and remove what was made after keeping a backup as evidence.",
    "Deny Regions that nobody uses, with aws:RequestedRegion in a service control policy.",
  ],
  falsePositives: [
    "A planned step into another Region, once.",
    "A Region that is used less often than every 90 days: raise `rememberSeconds`.",
  ],
  limits: [
    "Until fourteen days after the detector's first event Regions are learnt and nothing alerts.",
    "A trail of one Region, and a detector that gets its events from EventBridge, see one Region only.",
    "Descriptions and lists do not count: AWS Config makes them in every Region.",
    "A Region that the account uses is no news, whoever uses it.",
    "Item-level calls are seen only where the trail carries data events of tables.",
  ],
};
