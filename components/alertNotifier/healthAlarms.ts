import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type HealthAlarm, type HealthAlarmTarget, registerHealthAlarm } from "../healthAlarm";
import type { Names } from "../naming";

interface Watched {
  functionName: pulumi.Output<string>;
  rules: readonly {
    suffix: string;
    rule: aws.cloudwatch.EventRule;
    eventBusName?: pulumi.Input<string>;
  }[];
}

/** Alarms for the health topic: on the function, on its rules, and on what it says of itself. */
export function registerHealthAlarms(
  names: Names,
  target: HealthAlarmTarget,
  { functionName, rules }: Watched,
  inside: pulumi.CustomResourceOptions,
): void {
  const ofFunction = { namespace: "AWS/Lambda", dimensions: { FunctionName: functionName } };
  const own = { namespace: names.metricNamespace() };
  const alarms: HealthAlarm[] = [
    {
      suffix: "errors",
      description: "The notifier fails. Alerts may be late, or go out as AWS writes them. Its log group says why.",
      metricName: "Errors",
      ...ofFunction,
    },
    {
      suffix: "throttles",
      description: "The notifier is throttled. Raise its reserved or the account's concurrency.",
      metricName: "Throttles",
      ...ofFunction,
      evaluationPeriods: 3,
    },
    {
      suffix: "event-age",
      description: "Alarms wait for more than 10 minutes before the notifier sees them. Look for throttles and errors.",
      metricName: "AsyncEventAge", // milliseconds
      ...ofFunction,
      statistic: "Maximum",
      threshold: 600_000,
    },
    {
      suffix: "undelivered-failures",
      description:
        "Invocations that failed to the end could not be told to the alert topic either. Check the topic, its key and the role.",
      metricName: "DestinationDeliveryFailures",
      ...ofFunction,
    },
    {
      suffix: "state-failures",
      description:
        "The notifier cannot use its state table: alerts may come twice. Check the table, its key and the role.",
      metricName: "StateFailures",
      ...own,
    },
    {
      suffix: "sweep-failures",
      description:
        "While alarms last, their events cannot be looked up: new callers are not reported. The function's log says why.",
      metricName: "SweepFailures",
      ...own,
      evaluationPeriods: 3,
    },
    ...rules.map(({ suffix, rule, eventBusName }) => ({
      suffix: `${suffix}-undelivered`,
      description: `EventBridge could not start the notifier by its rule ${suffix}. Check the function's permission, then the dead-letter queue.`,
      namespace: "AWS/Events",
      metricName: "FailedInvocations",
      dimensions: {
        ...(eventBusName !== undefined && { EventBusName: eventBusName }),
        RuleName: rule.name,
      },
    })),
  ];
  for (const alarm of alarms) registerHealthAlarm(names, alarm, target, inside);
}
