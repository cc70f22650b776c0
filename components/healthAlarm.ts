import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Names } from "./naming";

/** An alarm on the detectors themselves. */
export interface HealthAlarm {
  /** Suffix of logical and physical name. */
  suffix: string;
  /** What is wrong, and where to look first. */
  description: string;
  namespace: string;
  metricName: string;
  dimensions?: { [name: string]: pulumi.Input<string> };
  /** Default: `Sum`. */
  statistic?: "Sum" | "Maximum";
  /** The alarm fires above it. Default: 0. */
  threshold?: number;
  /** Periods of five minutes that have to be above the threshold one after another. Default: 1. */
  evaluationPeriods?: number;
}

/** Registers the alarm. It tells the health topic, so that it needs none of this project's functions. */
export function registerHealthAlarm(
  names: Names,
  alarm: HealthAlarm,
  { healthTopicArn, tags }: HealthAlarmTarget,
  inside: pulumi.CustomResourceOptions,
): void {
  const { suffix, description, statistic = "Sum", threshold = 0, evaluationPeriods = 1, ...measured } = alarm;
  new aws.cloudwatch.MetricAlarm(
    names.child(suffix),
    {
      name: names.physical("alarm", "health", suffix),
      alarmDescription: description,
      ...measured,
      statistic,
      period: 300,
      evaluationPeriods,
      comparisonOperator: "GreaterThanThreshold",
      threshold,
      treatMissingData: "notBreaching", // nothing happened, no data
      alarmActions: healthTopicArn === undefined ? undefined : [healthTopicArn],
      tags,
    },
    inside,
  );
}

export interface HealthAlarmTarget {
  /** Default: the alarm shows in CloudWatch only. */
  healthTopicArn?: pulumi.Input<string>;
  tags?: aws.cloudwatch.MetricAlarmArgs["tags"];
}
