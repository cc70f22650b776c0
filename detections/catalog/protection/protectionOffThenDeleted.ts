import { all, any, dynamodb, isFalse, parametersOmitted, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import type { SequenceStep } from "../../statefulRule";
import { sequenceLimits } from "../sequenceLimits";

const steps: readonly [SequenceStep, SequenceStep] = [
  {
    title: "deletion protection was switched off",
    when: all(
      dynamodb("UpdateTable"),
      any(isFalse("requestParameters.deletionProtectionEnabled"), parametersOmitted()),
      succeeded(),
    ),
  },
  { title: "the table was deleted", when: all(dynamodb("DeleteTable"), succeeded()) },
];

/** Deletion protection off, then DeleteTable: the same principal, the same table. */
export const protectionOffThenDeleted: Detection = {
  id: "protection-off-then-deleted",
  title: "Deletion protection switched off, then the table deleted",
  severity: "critical",
  source: "management",
  evidence: "inferred",
  evidenceNote: "AWS prints DeleteTable. Nobody published an UpdateTable event with deletionProtectionEnabled.",
  when: any(...steps.map(({ when }) => when)),
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: { kind: "sequence", steps, per: ["principal", "table"], withinSeconds: 86_400 },
  attack: [
    { version: "18.1", tactic: "TA0040", technique: "T1485" },
    { version: "18.1", tactic: "TA0005", technique: "T1562.001" },
    { version: "19.1", tactic: "TA0112", technique: "T1685", note: "Takes the place of T1562.001." },
  ],
  impact: "A table that somebody meant to protect was deleted on purpose; applications on it fail.",
  response: [
    "Stop the caller first: revoke the role's sessions or disable the user's access keys. Then ask whether the removal was planned.",
    "Restore the table: from the system backup that point-in-time recovery leaves for 35 days, from on-demand backups, or from AWS Backup.",
    "Switch deletion protection on for the tables that are left.",
    "List what the same caller did to backups, keys and other tables.",
  ],
  falsePositives: [
    "The planned removal of a table through infrastructure code does exactly this: list the role in `ignorePrincipals`.",
  ],
  limits: [...sequenceLimits, "A replica that is deleted through UpdateTable is no DeleteTable."],
};
