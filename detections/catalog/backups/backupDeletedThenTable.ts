import { all, any, calls, differs, dynamodb, equals, isFalse, parametersOmitted, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import type { SequenceStep } from "../../statefulRule";
import { sequenceLimits } from "../sequenceLimits";

const steps: readonly [SequenceStep, SequenceStep] = [
  {
    title: "a way back was taken away",
    when: all(
      any(
        all(dynamodb("DeleteBackup"), differs("userIdentity.invokedBy", "backup.amazonaws.com")),
        all(
          dynamodb("UpdateContinuousBackups"),
          any(
            isFalse("requestParameters.pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled"),
            parametersOmitted(),
          ),
        ),
        all(
          calls("backup.amazonaws.com", "DeleteRecoveryPoint"),
          equals("requestParameters.recoveryPointArn", "*dynamodb*"),
        ),
      ),
      succeeded(),
    ),
  },
  { title: "the table was deleted", when: all(dynamodb("DeleteTable"), succeeded()) },
];

/** A backup deleted, or point-in-time recovery switched off, then DeleteTable: the same principal, the same table. */
export const backupDeletedThenTable: Detection = {
  id: "backup-deleted-then-table",
  title: "Backup deleted, then the table",
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
  impact: "A table was destroyed and the way back with it, as ransom attacks do.",
  response: [
    "Stop the caller first: revoke the role's sessions or disable the user's access keys.",
    "Save what is left: copy remaining backups and recovery points into a locked vault of another account.",
    "Restore from them, from an export, or from a replica in another Region.",
    "Look for the same pattern on other tables, and switch deletion protection and point-in-time recovery on.",
  ],
  falsePositives: ["The planned removal of a table with its backups: list the role in `ignorePrincipals`."],
  limits: [
    ...sequenceLimits,
    "A recovery point that AWS Backup names by an ARN of its own says nothing of its table, and a deleted vault neither.",
  ],
};
