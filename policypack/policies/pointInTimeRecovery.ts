import { tablePolicy } from "../tablePolicy";
import { judge, mended, type Verdict } from "../verdict";

interface PointInTimeRecoveryConfiguration {
  minimumRecoveryDays?: number;
}

export const pointInTimeRecovery = tablePolicy<PointInTimeRecoveryConfiguration>({
  name: "dynamodb-point-in-time-recovery",
  description: "Checks whether DynamoDB tables, and each of their replicas, have point-in-time recovery.",
  why: "It is the only way back from overwritten or deleted items that needs no backup made beforehand. It is set per copy: a replica without it cannot be restored in its Region.",
  severity: "medium",
  frameworks: [
    {
      name: "AWS Foundational Security Best Practices",
      version: "1.0.0",
      reference: "DynamoDB.2",
      specification: "DynamoDB tables should have point-in-time recovery enabled",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-2",
    },
    {
      name: "AWS Control Tower proactive controls",
      reference: "CT.DYNAMODB.PR.1",
      specification: "Require that point-in-time recovery for an Amazon DynamoDB table is activated",
      url: "https://docs.aws.amazon.com/controltower/latest/controlreference/dynamodb-rules.html#ct-dynamodb-pr-1-description",
    },
    {
      name: "AWS Config managed rules",
      reference: "DYNAMODB_PITR_ENABLED",
      specification: "dynamodb-pitr-enabled",
      url: "https://docs.aws.amazon.com/config/latest/developerguide/dynamodb-pitr-enabled.html",
    },
  ],
  peers: {
    prowler: "dynamodb_tables_pitr_enabled",
    checkov: "CKV_AWS_28, CKV_AWS_165",
    trivy: "AWS-0024",
    "cdk-nag": "AwsSolutions-DDB3",
    "cfn-guard": "DYNAMODB_PITR_ENABLED",
  },
  remediationSteps:
    "Set `pointInTimeRecovery: { enabled: true }` on the table, and `pointInTimeRecovery: true` on each entry of its `replicas` and on each `TableReplica`. The change is made in place.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html",
  configuration: {
    minimumRecoveryDays: {
      type: "integer",
      minimum: 1,
      maximum: 35,
      description:
        "How many days back recovery must reach. Unit: days. Default: any window. AWS keeps 35 days unless the table says less.",
    },
  },
  properties: ({ pointInTimeRecovery, recoveryPeriodInDays }, { minimumRecoveryDays }) =>
    minimumRecoveryDays === undefined
      ? [pointInTimeRecovery.property]
      : [pointInTimeRecovery.property, recoveryPeriodInDays.property],
  // A window that is too short stays: the days that it leaves out are gone.
  mend: ({ pointInTimeRecovery }) => mended(pointInTimeRecovery, true),
  check: ({ label, pointInTimeRecovery, recoveryPeriodInDays }, { minimumRecoveryDays }) => {
    const enabled = judge(pointInTimeRecovery, {
      label,
      accepts: (value) => value,
      otherwise: "cannot be restored to a point in time",
      write: pointInTimeRecovery.write(true),
    });
    if (enabled.kind === "violation" || minimumRecoveryDays === undefined) return [enabled];
    const longEnough: Verdict = judge(recoveryPeriodInDays, {
      label,
      accepts: (days) => days >= minimumRecoveryDays,
      otherwise: `can be restored to less than the ${minimumRecoveryDays} days back that are wanted`,
      write: recoveryPeriodInDays.write(minimumRecoveryDays),
    });
    return [enabled, longEnough];
  },
});
