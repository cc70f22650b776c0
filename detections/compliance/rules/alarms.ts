import { complianceRule } from "../rule";

// The alarms of this stack.

const alarmType = "AWS::CloudWatch::Alarm";

export const alarmActions = complianceRule({
  name: "cloudwatch-alarm-action-check",
  description: "Alarms notify somebody. If not: set alarmActions; an alarm without is seen by nobody.",
  source: { identifier: "CLOUDWATCH_ALARM_ACTION_CHECK" },
  trigger: "change",
  resourceTypes: [alarmType],
  watches: "alarms",
  byDefault: true,
  parameters: {
    alarmActionRequired: {
      type: "boolean",
      description: "An action for the state ALARM.",
      required: true,
      default: "true",
    },
    insufficientDataActionRequired: {
      type: "boolean",
      description: "An action for the state INSUFFICIENT_DATA.",
      required: true,
      default: "false", // AWS's default is true: every alarm on a rare event would fail.
    },
    okActionRequired: { type: "boolean", description: "An action for the state OK.", required: true, default: "false" },
    ...Object.fromEntries(
      [1, 2, 3, 4, 5].map((i) => [
        `action${i}`,
        { type: "text" as const, description: "ARN of an action of which an alarm must have one." },
      ]),
    ),
  },
});

export const alarmActionsEnabled = complianceRule({
  name: "cloudwatch-alarm-action-enabled-check",
  description: "Actions of alarms are switched on. If not: set actionsEnabled to true, and ask who muted the alarm.",
  source: { identifier: "CLOUDWATCH_ALARM_ACTION_ENABLED_CHECK" },
  trigger: "change",
  resourceTypes: [alarmType],
  watches: "alarms",
  byDefault: true,
  parameters: {},
  notIn: ["ap-east-2", "us-gov-east-1", "us-gov-west-1"],
});

export const alarmSettings = complianceRule({
  name: "cloudwatch-alarm-settings-check",
  description:
    "Alarms on one metric have the given settings. If not: deploy the stack again, and ask who changed them.",
  source: { identifier: "CLOUDWATCH_ALARM_SETTINGS_CHECK" },
  trigger: "change",
  resourceTypes: [alarmType],
  watches: "alarms",
  byDefault: false,
  parameters: {
    metricName: { type: "text", description: "Metric whose alarms are checked.", required: true },
    threshold: { type: "integer", description: "Threshold." },
    evaluationPeriods: { type: "integer", description: "Evaluation periods." },
    period: { type: "integer", description: "Length of a period, in seconds. AWS's default: 300." },
    comparisonOperator: { type: "text", description: "Comparison operator, as CloudWatch writes it." },
    statistic: { type: "text", description: "Statistic, as CloudWatch writes it." },
  },
});
