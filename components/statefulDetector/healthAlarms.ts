import type * as pulumi from "@pulumi/pulumi";
import { type HealthAlarm, type HealthAlarmTarget, registerHealthAlarm } from "../healthAlarm";
import type { Names } from "../naming";

interface Watched extends HealthAlarmTarget {
  functionName: pulumi.Output<string>;
  queueName: pulumi.Output<string>;
  /** The way by which the events come. */
  from: { logGroupName: pulumi.Input<string>; filterName: string } | { ruleName: pulumi.Output<string> };
}

/** Alarms for the health topic: on the function, on what was never processed, and on the way to the function. */
export function registerHealthAlarms(names: Names, watched: Watched, inside: pulumi.CustomResourceOptions): void {
  const ofFunction = { namespace: "AWS/Lambda", dimensions: { FunctionName: watched.functionName } };
  const alarms: HealthAlarm[] = [
    {
      suffix: "errors",
      description: "The function of the stateful detections fails. Its log group says why.",
      metricName: "Errors",
      ...ofFunction,
    },
    {
      suffix: "throttles",
      description:
        "The function of the stateful detections is throttled. Raise its reserved or the account's concurrency.",
      metricName: "Throttles",
      ...ofFunction,
      evaluationPeriods: 3,
    },
    {
      suffix: "event-age",
      description:
        "Events wait for more than 15 minutes before the stateful detections see them. Look for throttles and errors.",
      metricName: "AsyncEventAge", // milliseconds
      ...ofFunction,
      statistic: "Maximum",
      threshold: 900_000,
      evaluationPeriods: 3,
    },
    {
      suffix: "undelivered-failures",
      description:
        "Events that could not be processed could not be kept in the queue either. Check the queue, its key and the role.",
      metricName: "DestinationDeliveryFailures",
      ...ofFunction,
    },
    {
      suffix: "failures-waiting",
      description:
        "Events that the stateful detections could not process wait in the queue, for 14 days. The function's log says why.",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: watched.queueName },
      statistic: "Maximum",
    },
    arrival(watched.from),
  ];
  for (const alarm of alarms) registerHealthAlarm(names, alarm, watched, inside);
}

function arrival(from: Watched["from"]): HealthAlarm {
  return "ruleName" in from
    ? {
        suffix: "undelivered",
        description: "EventBridge could not hand events to the stateful detections. Check the function's permission.",
        namespace: "AWS/Events",
        metricName: "FailedInvocations",
        dimensions: { RuleName: from.ruleName },
      }
    : {
        suffix: "undelivered",
        description:
          "CloudWatch Logs could not hand events to the stateful detections. Check the function's permission and its concurrency.",
        namespace: "AWS/Logs",
        metricName: "DeliveryErrors", // CloudWatch Logs user guide, "Monitoring with CloudWatch metrics"
        dimensions: { LogGroupName: from.logGroupName, DestinationType: "Lambda", FilterName: from.filterName },
      };
}
