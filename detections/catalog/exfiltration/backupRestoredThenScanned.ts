import { all, any, dynamodb, dynamodbEvent, equals, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import type { SequenceStep } from "../../statefulRule";
import { executeStatement } from "../items/statements";
import { sequenceLimits } from "../sequenceLimits";

const steps: readonly [SequenceStep, SequenceStep, SequenceStep] = [
  { title: "a backup was created", when: all(dynamodb("CreateBackup"), succeeded()) },
  { title: "it was restored to a new table", when: all(dynamodb("RestoreTableFromBackup"), succeeded()) },
  {
    title: "the new table was scanned",
    when: all(dynamodbEvent(), any(equals("eventName", "Scan"), executeStatement("SELECT")), succeeded()),
  },
];

/** A table is copied through a backup and read in the copy, where nobody looks: one principal, from table to table. */
export const backupRestoredThenScanned: Detection = {
  id: "backup-restored-then-scanned",
  title: "Backup created, restored, then scanned",
  severity: "high",
  source: "table-data",
  reads: true,
  evidence: "inferred",
  evidenceNote:
    "AWS lists CreateBackup and RestoreTableFromBackup among the logged calls; nobody published such an event. The restore " +
    "names the backup, whose ARN holds the name of its table, and the new table (API model).",
  when: any(...steps.map(({ when }) => when)),
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: { kind: "sequence", steps, per: ["principal"], withinSeconds: 86_400, linked: true },
  attack: [
    { version: "18.1", tactic: "TA0009", technique: "T1074" },
    { version: "18.1", tactic: "TA0009", technique: "T1213.006" },
  ],
  impact: "The table was read out through a copy, past the policies and alarms of the table itself.",
  response: [
    "Stop the caller first: revoke the role's sessions or disable the user's access keys. Then ask whether the copy was planned.",
    "Count the caller's reads of the new table: each is a page of up to 1 MB.",
    "Treat what the table holds as disclosed, and rotate the secrets in it.",
    "Keep a backup of the new table as evidence, then delete it.",
  ],
  falsePositives: ["Exercises of recovery that check what was restored: list their role in `ignorePrincipals`."],
  limits: [
    "All steps must be by one principal: two roles, or a user and a role, that share the steps are not put together.",
    ...sequenceLimits.slice(1),
    "Of a principal the 32 newest events of each step are kept.",
    "A backup that was there before is no step: see table-restored. Nor are restores to a point in time and those of AWS Backup.",
    "A copy that is exported or read by Query is not scanned.",
  ],
};
