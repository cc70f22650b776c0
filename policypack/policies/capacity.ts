import { settingsPolicy } from "../tablePolicy";
import { compliant, judge, type Verdict } from "../verdict";

const billingModes = ["PAY_PER_REQUEST", "PROVISIONED"] as const;

interface CapacityConfiguration {
  allowedBillingModes: readonly string[];
  maximumReadUnits?: number;
  maximumWriteUnits?: number;
}

export const capacity = settingsPolicy<CapacityConfiguration>({
  name: "dynamodb-capacity",
  description: "Checks whether DynamoDB tables have an allowed billing mode, and limits of what they may use.",
  why: "Without a limit a loop, or whoever copies a table out, runs up a bill as fast as AWS serves; a limit makes both slow and loud.",
  severity: "low",
  level: "advisory",
  frameworks: [
    {
      name: "AWS Foundational Security Best Practices",
      version: "1.0.0",
      reference: "DynamoDB.1",
      specification: "DynamoDB tables should automatically scale capacity with demand",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-1",
    },
  ],
  peers: {
    prowler: "dynamodb_table_autoscaling_enabled",
    checkov: "CKV2_AWS_16",
    "cdk-nag": "DynamoDBAutoScalingEnabled",
    "cfn-guard": "DYNAMODB_BILLING_MODE_RULE",
  },
  remediationSteps:
    "Set `billingMode` to an allowed mode. Limit a table on demand with `onDemandThroughput`, a provisioned one with `readCapacity` and `writeCapacity`. Indexes have limits of their own, which this policy does not read.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode-max-throughput.html",
  configuration: {
    allowedBillingModes: {
      type: "array",
      items: { type: "string", enum: billingModes },
      default: [...billingModes],
      description: "Billing modes that pass.",
    },
    maximumReadUnits: {
      type: "integer",
      minimum: 1,
      description: "Most read units in a second that a table may be limited to. Default: no limit is asked for.",
    },
    maximumWriteUnits: {
      type: "integer",
      minimum: 1,
      description: "Most write units in a second that a table may be limited to. Default: no limit is asked for.",
    },
  },
  applies: ({ allowedBillingModes, maximumReadUnits, maximumWriteUnits }) =>
    allowedBillingModes.length < billingModes.length || (maximumReadUnits ?? maximumWriteUnits) !== undefined,
  properties: ({ billingMode, readLimit, writeLimit }, { maximumReadUnits, maximumWriteUnits }) => [
    billingMode.property,
    ...(maximumReadUnits === undefined ? [] : [readLimit.property]),
    ...(maximumWriteUnits === undefined ? [] : [writeLimit.property]),
  ],
  check: ({ billingMode, readLimit, writeLimit }, { label }, configuration) => {
    const { allowedBillingModes, maximumReadUnits, maximumWriteUnits } = configuration;
    const allowed = billingModes.filter((mode) => allowedBillingModes.includes(mode));
    const limited = (what: string, limit: typeof readLimit, most: number | undefined): Verdict =>
      most === undefined
        ? compliant
        : judge(limit, {
            label,
            accepts: (units) => units <= most,
            otherwise: `may use more than the ${most} ${what} units in a second that are allowed`,
            write: limit.write(most),
          });
    return [
      judge(billingMode, {
        label,
        accepts: (mode) => allowedBillingModes.includes(mode),
        otherwise: `has a billing mode that is not allowed`,
        write: allowed.map((mode) => billingMode.write(mode)).join(" or ") || "no table: allowedBillingModes is empty",
      }),
      limited("read", readLimit, maximumReadUnits),
      limited("write", writeLimit, maximumWriteUnits),
    ];
  },
});
