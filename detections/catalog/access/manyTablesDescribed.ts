import { all, dynamodb, notByService, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** One principal looks at table after table. */
export const manyTablesDescribed: Detection = {
  id: "many-tables-described",
  title: "Many tables described by one principal",
  severity: "low",
  profile: "full",
  source: "management",
  evidence: "observed",
  evidenceNote: "DescribeTable is published with tableName in its parameters.",
  when: all(
    dynamodb("DescribeTable", "DescribeContinuousBackups", "DescribeTimeToLive", "GetResourcePolicy"),
    notByService(),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: { kind: "distinct", value: "table", per: ["principal"], moreThan: 20, withinSeconds: 600 },
  attack: [
    { version: "18.1", tactic: "TA0007", technique: "T1580", note: "Its text names storage and database services." },
  ],
  impact:
    "Somebody learns which tables there are, how large they are and how they are protected: the first step of most attacks.",
  response: [
    "Find the caller and ask whether a tool or a person looked through the tables.",
    "If nobody did, look for Scan, Query, ExportTableToPointInTime and CreateBackup by the same caller.",
    "If one of them is there, revoke the role's sessions or disable the user's access keys.",
  ],
  falsePositives: [
    "Infrastructure-as-code tools describe every table that they manage on each run: list their roles in `ignorePrincipals`.",
    "Inventory, posture and monitoring tools, and the console.",
  ],
  limits: [
    "Counted per principal: tables that several principals share stay below the threshold, and so do tables described slowly.",
    "Twenty tables or fewer in ten minutes stay quiet: lower the threshold where the account has few.",
    "ListTables tells names of up to a hundred tables with one call and does not count.",
    "Calls that an AWS service makes for its caller do not count.",
    "A trail that logs only write management events does not carry these calls.",
  ],
};
