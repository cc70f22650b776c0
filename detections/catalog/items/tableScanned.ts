import { all, any, dynamodbEvent, equals, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { executeStatement, itemLevelLimits } from "./statements";

/** Published alert "A table was scanned". */
export const tableScanned: Detection = {
  id: "table-scanned",
  title: "Table scanned",
  severity: "medium",
  source: "table-data",
  reads: true,
  evidence: "documented",
  evidenceNote:
    "AWS prints ExecuteStatement with a SELECT. Scan is in AWS's list of data events and follows its siblings.",
  // BatchExecuteStatement and ExecuteTransaction cannot scan: each of their SELECTs must name a whole primary key.
  when: all(dynamodbEvent(), any(equals("eventName", "Scan"), executeStatement("SELECT")), succeeded()),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0009", technique: "T1213.006" },
    { version: "18.1", tactic: "TA0009", technique: "T1530" },
  ],
  origin: { place: 6, title: "A table was scanned", tactic: "TA0043", technique: "T1596.005" },
  impact: "All items of a table or index can be read out, page by page, with one kind of call.",
  response: [
    "Find the caller and the table in the event, and ask whether the scan was meant.",
    "Count the caller's Scan and ExecuteStatement events on the table: each is a page of up to 1 MB.",
    "If it was not meant, stop the caller: revoke the role's sessions or disable the user's access keys.",
    "Treat what the table holds as disclosed, and rotate the secrets in it.",
    "Take dynamodb:Scan and dynamodb:PartiQLSelect from principals that read by key only.",
  ],
  falsePositives: [
    "Applications, reports and backfills that scan: list their roles as workload principals.",
    "Browsing a table's items in the console scans it.",
    "A PartiQL SELECT that names a whole primary key reads one item: a filter cannot tell it from a scan, so every SELECT counts.",
  ],
  limits: [
    "A trail with only write events does not carry Scan. It does carry a PartiQL SELECT, which CloudTrail marks as not read-only.",
    "Reads that a DAX cluster answers from its cache are not logged; what it reads itself is read by the cluster's role.",
    "An export to S3 or a restored copy reads the whole table without a scan.",
    "A table read item by item is not scanned: Query, GetItem, BatchGetItem, TransactGetItems, BatchExecuteStatement and ExecuteTransaction, or old values that a write returns. Nor is its stream.",
    "A PartiQL statement that begins with a comment is missed, if DynamoDB accepts one.",
    ...itemLevelLimits,
  ],
};
