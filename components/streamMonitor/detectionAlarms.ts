import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { alarmText } from "../detectionAlarms/alarmText";
import type { Names } from "../naming";
import type { Place } from "../policyDocument";
import type { StreamMonitorArgs } from "./args";
import type { TableDetections } from "./detections";
import type { Stream } from "./stream";

/**
 * An alarm per table and detection, on the metric that the function writes: its sum counts what all environments of the
 * function saw. Returns the alarms' ARNs by detection id and table name, `mass-item-deletes/orders`.
 */
export function registerDetectionAlarms(
  names: Names,
  tables: readonly (TableDetections & { stream: Stream })[],
  place: pulumi.Output<Place>,
  {
    alarmTopicArn,
    okTopicArn,
    runbookUrl,
    tags,
  }: Pick<StreamMonitorArgs, "alarmTopicArn" | "okTopicArn" | "runbookUrl" | "tags">,
  inside: pulumi.CustomResourceOptions,
): pulumi.Output<{ [detectionAndTable: string]: string }> {
  const alarms = tables.flatMap(({ table, plans, stream }) =>
    plans.map(({ detection, watched, alarm }): [string, pulumi.Output<string>] => {
      const { arn } = new aws.cloudwatch.MetricAlarm(
        names.child(detection.id, table.name, "alarm"),
        {
          // As other alarms of detections are named, with the table at the end.
          name: names.physical("alarm", watched.severity, detection.id, table.name),
          alarmDescription: place.apply((at) =>
            alarmText({ detection, severity: watched.severity, alarm }, { ...at, table: table.name, runbookUrl }),
          ),
          namespace: names.metricNamespace(),
          metricName: detection.id,
          dimensions: { TableName: stream.tableName },
          statistic: "Sum",
          period: watched.periodSeconds,
          comparisonOperator: "GreaterThanThreshold",
          threshold: watched.threshold,
          evaluationPeriods: 1,
          treatMissingData: "notBreaching", // no matching change, no data
          alarmActions: alarmTopicArn === undefined ? undefined : [alarmTopicArn],
          okActions: okTopicArn === undefined ? undefined : [okTopicArn],
          tags,
        },
        inside,
      );
      return [`${detection.id}/${table.name}`, arn];
    }),
  );
  return pulumi.output<Record<string, pulumi.Output<string>>>(Object.fromEntries(alarms));
}
