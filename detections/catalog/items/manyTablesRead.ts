import { all, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { readsItems } from "./itemCalls";
import { itemLevelLimits } from "./statements";

/** One principal reads items of many tables in a short time. */
export const manyTablesRead: Detection = {
  id: "many-tables-read",
  title: "Many tables read by one principal",
  severity: "medium",
  source: "table-data",
  reads: true,
  evidence: "documented",
  evidenceNote: "AWS prints item-level reads with the caller and the table's ARN among the resources.",
  when: all(readsItems(), succeeded()),
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: { kind: "distinct", value: "table", per: ["principal"], moreThan: 10, withinSeconds: 600 },
  attack: [
    { version: "18.1", tactic: "TA0009", technique: "T1213.006" },
    { version: "18.1", tactic: "TA0009", technique: "T1119" },
  ],
  impact: "Somebody goes through the tables of the account and may copy them one after another.",
  response: [
    "Find the caller and ask whether it was meant to read all of these tables.",
    "If not, revoke the role's sessions or disable the user's access keys.",
    "Count what was read of each table, and treat what they hold as disclosed.",
    "Narrow the principal's policies to the tables that it needs.",
  ],
  falsePositives: ["Backups, reports and migrations that read every table: list their roles as workload principals."],
  limits: [
    "Counted per principal: reads that several principals share stay below the threshold, and so do tables read slowly.",
    "An export to S3 or a restored copy reads a whole table without a read of items.",
    ...itemLevelLimits,
  ],
};
