import { all, any, below, dynamodb, isFalse, parametersOmitted, succeeded } from "../../condition";
import type { Detection } from "../../detection";

const specification = "requestParameters.pointInTimeRecoverySpecification";

/** The way back to any second of the last 35 days is gone, or became shorter. */
export const pointInTimeRecoveryDisabled: Detection = {
  id: "point-in-time-recovery-disabled",
  title: "Point-in-time recovery switched off or shortened",
  severity: "high",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "Nobody published an UpdateContinuousBackups event; pointInTimeRecoveryEnabled and recoveryPeriodInDays follow from the " +
    "API model.",
  when: all(
    dynamodb("UpdateContinuousBackups"),
    any(
      isFalse(`${specification}.pointInTimeRecoveryEnabled`),
      below(`${specification}.recoveryPeriodInDays`, 35),
      parametersOmitted(),
    ),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [{ version: "18.1", tactic: "TA0040", technique: "T1490" }],
  impact:
    "The continuous backups of the table are deleted at once, or their older part is; what is destroyed next stays so.",
  response: [
    "Ask the owner of the table whether it was planned.",
    "If not, switch it on again (`aws dynamodb update-continuous-backups`), create an on-demand backup, and stop the caller.",
    "Check deletion protection and the backups of the table, and what else the same caller did.",
  ],
  falsePositives: [
    "Tables that infrastructure code retires: list its role in `ignorePrincipals`.",
    "Point-in-time recovery that is switched on with fewer than 35 days counts too: the event does not say what was before.",
  ],
  limits: [
    "A table that is created or restored without point-in-time recovery changes nothing and does not count.",
    "Backups deleted one by one are backup-deleted.",
  ],
};
