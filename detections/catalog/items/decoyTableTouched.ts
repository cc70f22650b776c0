import { all, any, dynamodbEvent, equals } from "../../condition";
import type { Detection } from "../../detection";
import { oneOfList } from "../../lists";
import { itemLevelLimits } from "./statements";

/** A table that nobody has a reason to touch. */
export const decoyTableTouched: Detection = {
  id: "decoy-table-touched",
  title: "Decoy table touched",
  severity: "high",
  source: "table-data",
  reads: true,
  requires: "decoyTableArns",
  evidence: "documented",
  evidenceNote:
    "AWS prints item-level events with the table's ARN among the resources. Parameters of exports, backups and restores follow " +
    "from the API model.",
  // Refused calls count: who tries has found the decoy.
  when: all(
    dynamodbEvent(),
    any(
      oneOfList("resources[*].ARN", "decoyTableArns"),
      oneOfList("resources[*].ARN", "decoyTableArns", "/*"),
      all(equals("eventName", "ExportTableToPointInTime"), oneOfList("requestParameters.tableArn", "decoyTableArns")),
      oneOfList("responseElements.backupDetails.backupArn", "decoyTableArns", "/*"),
      oneOfList("responseElements.tableDescription.restoreSummary.sourceTableArn", "decoyTableArns"),
    ),
  ),
  refusedCalls: "count",
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [{ version: "18.1", tactic: "TA0009", technique: "T1213.006" }],
  impact:
    "Somebody goes through tables and has found one that is there to be found: other tables are next, or were before.",
  response: [
    "Take it seriously: nobody has a reason to touch the table. Revoke the caller's sessions or disable its access keys.",
    "List what the caller read before and after, in every table.",
    "Find how the credentials were taken.",
  ],
  falsePositives: [
    "Tools that read every table, such as backups and data discovery: list their roles in `ignorePrincipals`, and only those.",
  ],
  limits: [
    "Descriptions and lists of the decoy do not count: AWS Config and infrastructure tools make them all day.",
    "A stream of the decoy is seen only where the trail carries data events of streams.",
    "An export is seen by the table's ARN, a backup and a restore by what the response names: a refused one is not seen.",
    ...itemLevelLimits,
  ],
};
