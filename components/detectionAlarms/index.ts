import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { locationOf } from "../location";
import { Names } from "../naming";
import { alarmText } from "./alarmText";
import { type DetectionPlan, planDetections } from "./plan";
import type { DetectionSettingsArgs } from "./settings";

export { deployedDetections } from "./deployed";
export type { DetectionSettingsArgs } from "./settings";

/** The table in which the functions of this project keep their state. */
export interface OwnStateArgs {
  /** Name of the table; `*` may end it, where the rest is known after deployment only. */
  tableName: string;
  /** Names of the roles of the functions that use it, without path. */
  roleNames: string[];
}

export interface DetectionAlarmsArgs {
  /** Log group that the trail delivers to. Its class must be STANDARD: others have no metric filters. */
  logGroupName: pulumi.Input<string>;
  /** Topic that the alarms notify. */
  alarmTopicArn: pulumi.Input<string>;
  /** Topic that the alarms notify when they are over. Default: none. */
  okTopicArn?: pulumi.Input<string>;
  /** Changes by detection id. Unknown ids are an error. Default: the catalog's own settings. */
  detections?: { [id: string]: DetectionSettingsArgs };
  /**
   * ARNs of the principals that applications use. Their item-level calls do not count. Until it is given, item-level
   * detections have severity low. Default: none.
   */
  workloadPrincipals?: string[];
  /**
   * Event sources that the trail carries: `management`, `table-data`, `stream-data`, `kms`. A detection that needs
   * another one is an error unless it is switched off. Default: all.
   */
  sources?: string[];
  /** The trail logs only data events that write: detections of reads are an error unless switched off. Default: false. */
  writeOnly?: boolean;
  /** Metric filters that an adopted log group has already; AWS allows 100 in one log group. Default: 0. */
  existingMetricFilterCount?: number;
  /** Regular expressions in the filters that an adopted log group has already; AWS allows 5 in one log group. Default: 0. */
  existingRegexCount?: number;
  /**
   * The detector function is deployed and writes the metrics of stateful detections: their alarms are made too. Default:
   * false.
   */
  statefulDetector?: boolean;
  /** The table in which the detectors keep their state, and the names of the roles that use it. Default: none. */
  ownState?: OwnStateArgs;
  /** Address under which the runbook pages (`<id>.md`) are published. Default: their path in this project. */
  runbookUrl?: string;
  /** Tags for every alarm. Default: none. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}

/** A metric filter and an alarm for each enabled detection. One alarm per detection notifies. */
export class DetectionAlarms extends pulumi.ComponentResource {
  /** ARNs of the alarms, by detection id. */
  public readonly alarmArns: pulumi.Output<{ [id: string]: string }>;
  /** Namespace of the metrics that the filters write; the metric's name is the detection's id. */
  public readonly metricNamespace: pulumi.Output<string>;

  /**
   * @param name Logical name; part of every physical name.
   * @param args What to watch, and changes to single detections.
   * @param opts Resource options of the component.
   */
  constructor(name: string, args: DetectionAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    const names = new Names(name);
    const plans = planDetections(args, names);
    const { logGroupName, existingMetricFilterCount, existingRegexCount } = args;
    // What the log group has already is an input: the use of quotas is read from what is registered.
    const others = { logGroupName, existingMetricFilterCount, existingRegexCount };
    const adopted = existingMetricFilterCount !== undefined || existingRegexCount !== undefined;
    super("dynamodb-detective:index:DetectionAlarms", name, adopted ? others : {}, opts);

    const { accountId, region } = locationOf(this);
    const alarms = plans.map((plan) => {
      registerFilters(plan, args.logGroupName, this);
      for (const note of plan.notes) pulumi.log.warn(`${plan.detection.id}: ${note}`, this);
      const description = pulumi
        .all([accountId, region])
        .apply(([accountId, region]) => alarmText(plan, { accountId, region, runbookUrl: args.runbookUrl }));
      return new aws.cloudwatch.MetricAlarm(
        plan.alarm.name,
        {
          name: plan.alarm.physicalName,
          alarmDescription: description,
          ...measured(plan),
          comparisonOperator: "GreaterThanThreshold",
          threshold: plan.alarm.threshold,
          evaluationPeriods: 1,
          // Matches are rare: a minute without data is a minute without events, and lets the alarm re-arm.
          treatMissingData: "notBreaching",
          alarmActions: [args.alarmTopicArn],
          okActions: args.okTopicArn === undefined ? undefined : [args.okTopicArn],
          tags: args.tags,
        },
        { parent: this },
      );
    });

    const ids = plans.map((plan) => plan.detection.id);
    this.alarmArns = pulumi
      .all(alarms.map((alarm) => alarm.arn))
      .apply((arns) => Object.fromEntries(arns.map((arn, i) => [ids[i]!, arn])));
    this.metricNamespace = pulumi.output(names.metricNamespace());
    this.registerOutputs({ alarmArns: this.alarmArns, metricNamespace: this.metricNamespace });
  }
}

/**
 * The filters have no default value: a metric costs only in the hours in which something matched, and dimensions and
 * a default value exclude each other (CloudWatch Logs API reference, MetricTransformation).
 */
function registerFilters(plan: DetectionPlan, logGroupName: pulumi.Input<string>, parent: pulumi.Resource): void {
  for (const filter of plan.filters) {
    new aws.cloudwatch.LogMetricFilter(
      filter.name,
      {
        name: filter.physicalName,
        logGroupName,
        pattern: filter.pattern,
        metricTransformation: {
          ...plan.metric,
          value: "1",
          dimensions: filter.dimensions,
        },
      },
      { parent },
    );
  }
}

/** What the alarm measures: the metric itself, or each group of a Metrics Insights query. */
function measured({ metric, alarm }: DetectionPlan) {
  return alarm.query === undefined
    ? { namespace: metric.namespace, metricName: metric.name, statistic: "Sum", period: alarm.periodSeconds }
    : {
        metricQueries: [{ id: "groups", expression: alarm.query, period: alarm.periodSeconds, returnData: true }],
      };
}
