import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type HealthAlarm, type HealthAlarmTarget, registerHealthAlarm } from "../healthAlarm";
import type { Names } from "../naming";

const periodSeconds = 300;

/** Per function (AWS Lambda Developer Guide, "Types of metrics for Lambda functions"). */
const functionAlarms: Omit<HealthAlarm, "namespace" | "dimensions">[] = [
  {
    suffix: "errors",
    description: "The function that watches item changes fails. Its log group says why.",
    metricName: "Errors",
  },
  {
    suffix: "throttles",
    description:
      "The function that watches item changes is throttled. Raise its reserved or the account's concurrency.",
    metricName: "Throttles",
    evaluationPeriods: 3,
  },
  {
    suffix: "iterator-age",
    description:
      "Item changes are seen an hour after they were made; after 24 hours the stream forgets them. Raise batchSize or parallelizationFactor.",
    metricName: "IteratorAge", // milliseconds
    statistic: "Maximum",
    threshold: 3_600_000,
    evaluationPeriods: 3,
  },
  {
    suffix: "undelivered-failures",
    description:
      "Records that could not be processed could not be kept in the failure bucket either. Check the bucket, its key and the role.",
    metricName: "DestinationDeliveryFailures",
  },
];

interface Watched extends HealthAlarmTarget {
  functionName: pulumi.Output<string>;
  mappings: { table: string; uuid: pulumi.Output<string> }[];
  failureBucketName: pulumi.Output<string>;
}

/** Alarms for the health topic: on the function, and per table on records that were not processed. */
export function registerHealthAlarms(names: Names, watched: Watched, inside: pulumi.CustomResourceOptions): void {
  const ofFunction = { namespace: "AWS/Lambda", dimensions: { FunctionName: watched.functionName } };
  for (const alarm of functionAlarms) registerHealthAlarm(names, { ...alarm, ...ofFunction }, watched, inside);
  for (const { table, uuid } of watched.mappings) {
    new aws.cloudwatch.MetricAlarm(
      names.child("unprocessed", table),
      {
        name: names.physical("alarm", "health", "unprocessed", table),
        alarmDescription: pulumi.interpolate`Item changes of table ${table} could not be processed. The failure bucket holds them; if it does not, they were dropped. To send them again: npx dynamodb-detective redrive --bucket ${watched.failureBucketName}`,
        // Same page, "Event source mapping metrics". Each has data only when it counts something.
        metricQueries: [
          { id: "unprocessed", expression: "FILL(kept, 0) + FILL(lost, 0)", label: "unprocessed", returnData: true },
          mappingMetric("kept", "OnFailureDestinationDeliveredEventCount", uuid),
          mappingMetric("lost", "DroppedEventCount", uuid),
        ],
        threshold: 0,
        evaluationPeriods: 1,
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching", // no invocation, no data
        alarmActions: watched.healthTopicArn === undefined ? undefined : [watched.healthTopicArn],
        tags: watched.tags,
      },
      inside,
    );
  }
}

function mappingMetric(id: string, metricName: string, uuid: pulumi.Output<string>) {
  return {
    id,
    metric: {
      namespace: "AWS/Lambda",
      metricName,
      dimensions: { EventSourceMappingUUID: uuid },
      stat: "Sum",
      period: periodSeconds,
    },
  };
}
