import { all, differs } from "../../condition";
import type { Detection } from "../../detection";
import { notByOwnFunctions, onStateTable } from "../../own";

/** Anything but the functions' everyday calls on the table in which the detectors keep their state. */
export const detectorStateTampered: Detection = {
  id: "detector-state-tampered",
  title: "State of the detectors touched",
  severity: "high",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS prints item-level events with the table's ARN among the resources; parameters of the management calls follow " +
    "from the API model.",
  ownState: true,
  // Descriptions are what AWS Config and a preview ask for all day. Refused calls count: who tries knows the table.
  when: all(onStateTable(), differs("eventName", "Describe*", "List*"), notByOwnFunctions()),
  refusedCalls: "count",
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0005", technique: "T1562.001" },
    { version: "19.1", tactic: "TA0112", technique: "T1685", note: "Takes the place of T1562.001." },
  ],
  impact:
    "Whoever writes to this table can teach the detectors a country or a principal, or make them forget the first step " +
    "of an attack. Whoever reads it learns what is watched.",
  response: [
    "Find the caller and ask whether it was the team that runs the detectors.",
    "If not, revoke the role's sessions or disable the user's access keys: the caller knows how it is watched.",
    "Restore the table to the minute before (`aws dynamodb restore-table-to-point-in-time`) and compare.",
    "Replay the CloudTrail events since then (`dynamodb-detective replay`): what was hidden shows there.",
  ],
  falsePositives: ["A deployment of this project that changes the table: list its role in `ignorePrincipals`."],
  limits: [
    "Item-level calls are seen only where the trail carries data events of tables.",
    "Calls of the functions' own roles that are like their everyday ones do not count: who has taken over a function can use its table.",
    "The key of the table is not watched by this detection.",
  ],
};
