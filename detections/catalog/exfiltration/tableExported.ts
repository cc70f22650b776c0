import { all, dynamodb, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** A whole table is written to a bucket, without a read of any item. */
export const tableExported: Detection = {
  id: "table-exported",
  title: "Table exported to Amazon S3",
  severity: "high",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS says that exports are logged, and a rule of another vendor reads ExportTableToPointInTime. Nobody published such " +
    "an event; no parameter of it is read.",
  when: all(dynamodb("ExportTableToPointInTime"), succeeded()),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0010", technique: "T1537" },
    { version: "18.1", tactic: "TA0009", technique: "T1213.006" },
  ],
  impact: "The whole table is on its way to a bucket, which may belong to somebody else; no read of an item is logged.",
  response: [
    "Read s3Bucket and s3BucketOwner in the event, and find out whose bucket it is.",
    "If it is not yours, revoke the caller's sessions at once; an export takes minutes to hours, and cannot be cancelled through DynamoDB.",
    "Deny s3:PutObject to the caller for foreign buckets, in a service control policy or a VPC endpoint policy.",
    "Treat what the table holds as disclosed, and rotate the secrets in it.",
  ],
  falsePositives: ["Exports to a data lake on a schedule: list their role in `ignorePrincipals`."],
  limits: [
    "A filter cannot compare the bucket's owner with the account, so every export counts, to own buckets too.",
    "An export that was started before the detection, and the writes to the bucket, are not seen.",
    "A table that is read item by item or copied through AWS Glue or AWS Data Pipeline is not exported: see table-scanned and mass-read.",
  ],
};
