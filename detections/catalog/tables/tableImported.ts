import { all, dynamodb, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** A new table is filled from a bucket. */
export const tableImported: Detection = {
  id: "table-imported",
  title: "Table imported from a bucket",
  severity: "low",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS says that imports are logged; nobody published such an event. Parameters follow from the API model.",
  when: all(dynamodb("ImportTable"), succeeded()),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0009", technique: "T1074", note: "Where data is staged." },
    { version: "18.1", tactic: "TA0040", technique: "T1565.001", note: "Where the table takes the place of another." },
  ],
  impact: "A table may hold what somebody wants applications to read, or what was taken elsewhere.",
  response: [
    "Read s3BucketSource in the event: whose bucket it is (s3BucketOwner), and what lies there.",
    "Ask the caller whether the import was planned.",
    "If not, keep a backup as evidence, delete the table, and revoke the caller's sessions.",
  ],
  falsePositives: ["Migrations and test data: list the role in `ignorePrincipals`."],
  limits: [
    "A table that is filled by writes, restored or replicated is no import.",
    "An import from another account's bucket is not told apart from one of the own.",
  ],
};
