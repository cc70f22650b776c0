import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Names } from "../naming";

/** An alarm on the detector itself. Every metric is AWS's own. */
interface HealthAlarm {
  /** Suffix of logical and physical name. */
  suffix: string;
  /** What is wrong, and where to look first. */
  description: string;
  namespace: "AWS/Lambda" | "AWS/SQS" | "AWS/Logs" | "AWS/Events";
  metricName: string;
  statistic: "Sum" | "Maximum";
  /** The alarm fires above it. */
  threshold: number;
  /** Periods of five minutes that have to be above the threshold one after another. */
  evaluationPeriods: number;
  dimensions: { [name: string]: pulumi.Input<string> };
}

interface Watched {
  functionName: pulumi.Output<string>;
  queueName: pulumi.Output<string>;
  /** The way by which the events come. */
  from: { logGroupName: pulumi.Input<string>; filterName: string } | { ruleName: pulumi.Output<string> };
  healthTopicArn?: pulumi.Input<string>;
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}

/** Alarms for the health topic: on the function, on what was never processed, and on the way to the function. */
export function registerHealthAlarms(names: Names, watched: Watched, inside: pulumi.CustomResourceOptions): void {
  const ofFunction = { namespace: "AWS/Lambda", dimensions: { FunctionName: watched.functionName } } as const;
  const sum = { statistic: "Sum", threshold: 0, evaluationPeriods: 1 } as const;
  const alarms: HealthAlarm[] = [
    {
      suffix: "errors",
      description: "The function of the stateful detections fails. Its log group says why.",
      metricName: "Errors",
      ...ofFunction,
      ...sum,
    },
    {
      suffix: "throttles",
      description:
        "The function of the stateful detections is throttled. Raise its reserved or the account's concurrency.",
      metricName: "Throttles",
      ...ofFunction,
      ...sum,
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
      ...sum,
    },
    {
      suffix: "failures-waiting",
      description:
        "Events that the stateful detections could not process wait in the queue, for 14 days. The function's log says why.",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: watched.queueName },
      ...sum,
      statistic: "Maximum",
    },
    arrival(watched.from),
  ];
  for (const { suffix, description, ...measured } of alarms) {
    new aws.cloudwatch.MetricAlarm(
      names.child(suffix),
      {
        name: names.physical("alarm", "health", suffix),
        alarmDescription: description,
        ...measured,
        period: 300,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching", // no invocation, no data
        alarmActions: watched.healthTopicArn === undefined ? undefined : [watched.healthTopicArn],
        tags: watched.tags,
      },
      inside,
    );
  }
}

function arrival(from: Watched["from"]): HealthAlarm {
  const common = { statistic: "Sum", threshold: 0, evaluationPeriods: 1 } as const;
  return "ruleName" in from
    ? {
        suffix: "undelivered",
        description: "EventBridge could not hand events to the stateful detections. Check the function's permission.",
        namespace: "AWS/Events",
        metricName: "FailedInvocations",
        dimensions: { RuleName: from.ruleName },
        ...common,
      }
    : {
        suffix: "undelivered",
        description:
          "CloudWatch Logs could not hand events to the stateful detections. Check the function's permission and its concurrency.",
        namespace: "AWS/Logs",
        metricName: "DeliveryErrors", // CloudWatch Logs user guide, "Monitoring with CloudWatch metrics"
        dimensions: { LogGroupName: from.logGroupName, DestinationType: "Lambda", FilterName: from.filterName },
        ...common,
      };
}
