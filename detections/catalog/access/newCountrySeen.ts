import { all, dynamodbEvent, present } from "../../condition";
import type { Detection } from "../../detection";

/** Published alert "A new country was seen". */
export const newCountrySeen: Detection = {
  id: "new-country-seen",
  title: "Activity from a new country",
  severity: "medium",
  source: "management",
  evidence: "documented",
  evidenceNote: "sourceIPAddress is in every CloudTrail record. Which country it belongs to is not.",
  // Refused calls count too: a new place matters whether or not the door was locked.
  when: all(dynamodbEvent(), present("sourceIPAddress")),
  refusedCalls: "count",
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: {
    kind: "first-seen",
    value: "country",
    per: ["principal"],
    rememberSeconds: 72 * 3600,
    learnSeconds: 72 * 3600,
  },
  attack: [{ version: "18.1", tactic: "TA0001", technique: "T1078.004" }],
  origin: { place: 7, title: "A new country was seen", tactic: "TA0001", technique: "T1078" },
  impact: "Credentials may be in use by somebody else, far from where their owner works.",
  response: [
    "Ask the principal's owner whether they travel, use a new VPN, or moved a workload to another Region.",
    "If not, revoke the role's sessions or disable the user's access keys, and require new credentials with MFA.",
    "List every call from that address, in every service and Region.",
    "Where no business is done from that country, deny it: aws:SourceIp or aws:SourceVpce conditions in a service control policy or a table's resource policy.",
  ],
  falsePositives: [
    "Travel, new staff, VPN exits and mobile networks.",
    "Address databases that place an address in the wrong country.",
    "A principal that comes back after more than 72 hours, even to the country that it always calls from: raise `rememberSeconds`.",
  ],
  limits: [
    "Calls through a VPC endpoint, private addresses and names of AWS services have no country and are skipped.",
    "Until 72 hours after the detector's first event countries are learnt and nothing alerts. A principal's first country is always learnt.",
    "A VPN or proxy in the usual country hides where its user is.",
    "Of a principal the 100 countries seen last are remembered.",
    "Item-level calls are seen only where the trail carries data events of tables.",
  ],
};
