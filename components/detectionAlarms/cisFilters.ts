import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type FilterControl, filterControls } from "../../detections";
import type { Names } from "../naming";

/** A metric filter and an alarm as a Security Hub control demands them. */
export interface CisFilterPlan {
  control: FilterControl;
  /** Name of the metric: `cis-cloudwatch-7`. */
  metricName: string;
  filter: { name: string; physicalName: string };
  alarm: { name: string; physicalName: string; description: string };
}

/** Severity in the alarms' names: they are there for the control, and the tuned detections for people. */
const severity = "low";

/** The literal filters of Security Hub's controls, beside the tuned detections of the same events. */
export function planCisFilters(names: Names): CisFilterPlan[] {
  return filterControls.map((control) => {
    const metricName = `cis-${control.id.toLowerCase().replace(".", "-")}`;
    return {
      control,
      metricName,
      filter: {
        name: names.child(metricName, "filter"),
        physicalName: names.physical("metricFilter", metricName, "filter"),
      },
      alarm: {
        name: names.child(metricName, "alarm"),
        physicalName: names.physical("alarm", severity, metricName),
        description:
          `[${severity.toUpperCase()}] ${control.title}: at least 1 in 5 minutes.\nThe literal filter of Security Hub ` +
          `${control.id} (CIS AWS Foundations Benchmark ${control.cis.join(", ")}). It counts refused calls and every ` +
          "principal; the detections of this project are tuned.",
      },
    };
  });
}

/** Security Hub looks for the pattern to the letter, an alarm on its metric, and a topic with a subscription. */
export function registerCisFilters(
  plans: readonly CisFilterPlan[],
  namespace: string,
  to: {
    logGroupName: pulumi.Input<string>;
    alarmTopicArn: pulumi.Input<string>;
    tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
  },
  parent: pulumi.Resource,
): void {
  for (const { control, metricName, filter, alarm } of plans) {
    new aws.cloudwatch.LogMetricFilter(
      filter.name,
      {
        name: filter.physicalName,
        logGroupName: to.logGroupName,
        pattern: control.pattern,
        metricTransformation: { namespace, name: metricName, value: "1" },
      },
      { parent },
    );
    new aws.cloudwatch.MetricAlarm(
      alarm.name,
      {
        name: alarm.physicalName,
        alarmDescription: alarm.description,
        namespace,
        metricName,
        statistic: "Sum",
        period: 300,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        threshold: 1,
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
        alarmActions: [to.alarmTopicArn],
        tags: to.tags,
      },
      { parent },
    );
  }
}
