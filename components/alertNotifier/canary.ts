import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { canaryMetric, canaryPattern, canaryReturnedMetric } from "../../detections";
import type { Names } from "../naming";
import type { AlertNotifierArgs } from "./args";

/**
 * The way of the canary between the schedule and its return: filter, metric and alarm as those of a detection, and an
 * alarm for its absence, which goes to the health topic and so needs nothing of what it watches.
 */
export function registerCanary(names: Names, args: AlertNotifierArgs, inside: pulumi.CustomResourceOptions): void {
  const { alarmTopicArn, healthTopicArn, logGroupName, tags } = args;
  const namespace = names.metricNamespace();
  new aws.cloudwatch.LogMetricFilter(
    names.child("canary-filter"),
    {
      name: names.physical("metricFilter", "canary"),
      logGroupName,
      pattern: canaryPattern,
      metricTransformation: { namespace, name: canaryMetric, value: "1" },
    },
    inside,
  );
  new aws.cloudwatch.MetricAlarm(
    names.child("canary-alarm"),
    {
      name: names.physical("alarm", "canary"),
      alarmDescription: "The canary was seen, as it should be every 30 minutes. Nobody needs to do anything.",
      namespace,
      metricName: canaryMetric,
      statistic: "Sum",
      period: 60,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
      alarmActions: [alarmTopicArn],
      tags,
    },
    inside,
  );
  new aws.cloudwatch.MetricAlarm(
    names.child("canary-missing"),
    {
      name: names.physical("alarm", "health", "canary-missing"),
      alarmDescription:
        "No canary came through for two hours: alerts may not reach people. The way: schedule, notifier, log group, " +
        "metric filter, alarm, alarm topic, notifier, alert topic, notifier. See docs/operations.md.",
      namespace,
      metricName: canaryReturnedMetric,
      statistic: "Sum",
      period: 3_600,
      evaluationPeriods: 2,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching", // silence is what this alarm is about
      alarmActions: healthTopicArn === undefined ? undefined : [healthTopicArn],
      okActions: healthTopicArn === undefined ? undefined : [healthTopicArn],
      tags,
    },
    inside,
  );
}
