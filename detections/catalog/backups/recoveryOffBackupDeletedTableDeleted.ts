import { all, any, dynamodb, isFalse, parametersOmitted, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import type { SequenceStep } from "../../statefulRule";
import { sequenceLimits } from "../sequenceLimits";

const steps: readonly [SequenceStep, SequenceStep, SequenceStep] = [
  {
    title: "point-in-time recovery was switched off",
    when: all(
      dynamodb("UpdateContinuousBackups"),
      any(
        isFalse("requestParameters.pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled"),
        parametersOmitted(),
      ),
      succeeded(),
    ),
  },
  { title: "a backup was deleted", when: all(dynamodb("DeleteBackup"), succeeded()) },
  { title: "the table was deleted", when: all(dynamodb("DeleteTable"), succeeded()) },
];

/** Both ways back are taken away, then the table: the same principal, the same table. */
export const recoveryOffBackupDeletedTableDeleted: Detection = {
  id: "recovery-off-backup-deleted-table-deleted",
  title: "Point-in-time recovery off, backup deleted, then the table",
  severity: "critical",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS prints DeleteTable. Nobody published a DeleteBackup or UpdateContinuousBackups event; a backup's ARN holds the " +
    "name of its table.",
  when: any(...steps.map(({ when }) => when)),
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: { kind: "sequence", steps, per: ["principal", "table"], withinSeconds: 86_400 },
  attack: [
    { version: "18.1", tactic: "TA0040", technique: "T1490" },
    { version: "18.1", tactic: "TA0040", technique: "T1485" },
  ],
  impact: "A table was destroyed with every way back that DynamoDB itself keeps, as ransom attacks do.",
  response: [
    "Stop the caller first: revoke the role's sessions or disable the user's access keys.",
    "Save what is left: copy remaining backups and recovery points into a locked vault of another account.",
    "Restore from them, from an export, or from a replica in another Region.",
    "Look for the same on other tables, and switch deletion protection and point-in-time recovery on.",
  ],
  falsePositives: ["The planned removal of a table with its backups: list the role in `ignorePrincipals`."],
  limits: [
    ...sequenceLimits,
    "In another order, or with one of the two ways back only, it is backup-deleted-then-table.",
    "Recovery points of AWS Backup are no step.",
  ],
};
