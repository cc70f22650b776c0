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
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: {
    needs:
      "a function that remembers the countries of each principal over 72 hours and looks up where an address is. " +
      "A metric filter has no memory and knows no country.",
  },
  attack: [{ version: "18.1", tactic: "TA0001", technique: "T1078.004" }],
  origin: { title: "A new country was seen", tactic: "TA0001", technique: "T1078" },
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
  ],
  limits: [
    "Addresses inside a VPC endpoint and names of AWS services have no country and are skipped.",
    "Until 72 hours after deployment countries are learnt and nothing alerts.",
    "Item-level calls are seen only where the trail carries data events of tables.",
  ],
};
