import { all, any, dynamodb, isTrue, parametersOmitted, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import type { SequenceStep } from "../../statefulRule";
import { sequenceLimits } from "../sequenceLimits";

const steps: readonly [SequenceStep, SequenceStep] = [
  {
    title: "point-in-time recovery was switched on",
    when: all(
      dynamodb("UpdateContinuousBackups"),
      any(isTrue("requestParameters.pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled"), parametersOmitted()),
      succeeded(),
    ),
  },
  { title: "the table was exported", when: all(dynamodb("ExportTableToPointInTime"), succeeded()) },
];

/** Point-in-time recovery on, which an export needs, then an export: the same principal, the same table. */
export const recoveryOnThenExported: Detection = {
  id: "recovery-on-then-exported",
  title: "Point-in-time recovery switched on, then the table exported",
  severity: "high",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "A rule of another vendor reads ExportTableToPointInTime. Parameters of both calls follow from the API model: an " +
    "export names its table by ARN, the other call by name.",
  when: any(...steps.map(({ when }) => when)),
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: { kind: "sequence", steps, per: ["principal", "table"], withinSeconds: 86_400 },
  attack: [
    { version: "18.1", tactic: "TA0010", technique: "T1537" },
    { version: "18.1", tactic: "TA0009", technique: "T1213.006" },
  ],
  impact: "The whole table is on its way to a bucket, which may belong to somebody else; no read of an item is logged.",
  response: [
    "Read s3Bucket and s3BucketOwner in the export's event, and find out whose bucket it is.",
    "If it is not yours, revoke the caller's sessions at once; an export takes minutes to hours, and cannot be cancelled through DynamoDB.",
    "Deny s3:PutObject to the caller for foreign buckets, in a service control policy or a VPC endpoint policy.",
    "Treat what the table holds as disclosed, and rotate the secrets in it.",
  ],
  falsePositives: [
    "A table's first export to a data lake: list the role in `ignorePrincipals` after asking its owner.",
  ],
  limits: [...sequenceLimits, "Of a table that had point-in-time recovery before, only the export is seen."],
};
