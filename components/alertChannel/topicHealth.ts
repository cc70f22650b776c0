import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Names } from "../naming";
import { type TopicKind, topics } from "./topics";

/** Per topic, since SNS has no metric for a single subscription (Amazon SNS Developer Guide, "CloudWatch metrics for Amazon SNS"). */
const failures = [
  {
    suffix: "undelivered",
    metricName: "NumberOfNotificationsFailed",
    says: "Messages of the topic could not be delivered to some subscriber. They wait in the dead-letter queue, whose messages name the subscription.",
  },
  {
    suffix: "lost",
    metricName: "NumberOfNotificationsFailedToRedriveToDlq",
    says: "Messages of the topic are lost: the dead-letter queue did not take them. Check its policy and its key.",
  },
];

/** An alarm for the health topic on what each topic could not deliver. */
export function alarmOnTopics(
  names: Names,
  topicOf: { [kind in TopicKind]: aws.sns.Topic },
  tags: aws.cloudwatch.MetricAlarmArgs["tags"],
  inside: pulumi.CustomResourceOptions,
): void {
  for (const kind of topics) {
    for (const { suffix, metricName, says } of failures) {
      new aws.cloudwatch.MetricAlarm(
        names.child(kind, suffix),
        {
          name: names.physical("alarm", "health", kind, suffix),
          alarmDescription: topicOf[kind].name.apply((name) => `${says} Topic: ${name}.`),
          namespace: "AWS/SNS",
          metricName,
          dimensions: { TopicName: topicOf[kind].name },
          statistic: "Sum",
          period: 300,
          evaluationPeriods: 1,
          comparisonOperator: "GreaterThanThreshold",
          threshold: 0,
          treatMissingData: "notBreaching", // SNS sends no data while nothing is published
          alarmActions: [topicOf.health.arn],
          tags,
        },
        inside,
      );
    }
  }
}
