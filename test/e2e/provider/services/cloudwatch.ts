import {
  CloudWatchClient,
  type ComparisonOperator,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  type Dimension,
  ListTagsForResourceCommand,
  type MetricAlarm,
  type MetricDataQuery,
  PutMetricAlarmCommand,
  type StandardUnit,
  type Statistic,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { type Plain, type Reading, resourceType } from "../resourceType";
import { removedKeys, tagList, tagsFrom } from "../tags";

type AlarmArgs = aws.cloudwatch.MetricAlarmArgs;
type Dimensions = { [name: string]: string };

const toDimensions = (dimensions: Dimensions | undefined): Dimension[] | undefined =>
  dimensions && Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
const fromDimensions = (list: Dimension[] | undefined): Dimensions =>
  Object.fromEntries((list ?? []).map(({ Name, Value }) => [Name!, Value!]));

async function put(inputs: Plain<AlarmArgs>, account: Account): Promise<string> {
  await account.client(CloudWatchClient).send(
    new PutMetricAlarmCommand({
      AlarmName: inputs.name,
      AlarmDescription: inputs.alarmDescription,
      ActionsEnabled: inputs.actionsEnabled ?? true,
      AlarmActions: inputs.alarmActions as string[] | undefined,
      OKActions: inputs.okActions as string[] | undefined,
      InsufficientDataActions: inputs.insufficientDataActions as string[] | undefined,
      Namespace: inputs.namespace,
      MetricName: inputs.metricName,
      Dimensions: toDimensions(inputs.dimensions),
      Statistic: inputs.statistic as Statistic,
      ExtendedStatistic: inputs.extendedStatistic,
      Period: inputs.period,
      Unit: inputs.unit as StandardUnit,
      EvaluationPeriods: inputs.evaluationPeriods,
      DatapointsToAlarm: inputs.datapointsToAlarm,
      Threshold: inputs.threshold,
      ComparisonOperator: inputs.comparisonOperator as ComparisonOperator,
      TreatMissingData: inputs.treatMissingData,
      Metrics: inputs.metricQueries?.map(
        (query): MetricDataQuery => ({
          Id: query.id,
          Expression: query.expression,
          Label: query.label,
          Period: query.period,
          ReturnData: query.returnData ?? false,
          MetricStat: query.metric && {
            Metric: {
              Namespace: query.metric.namespace,
              MetricName: query.metric.metricName,
              Dimensions: toDimensions(query.metric.dimensions),
            },
            Period: query.metric.period,
            Stat: query.metric.stat,
            Unit: query.metric.unit as StandardUnit,
          },
        }),
      ),
      Tags: tagList(inputs.tags),
    }),
  );
  return inputs.name!;
}

async function find(name: string, account: Account): Promise<MetricAlarm | undefined> {
  const { MetricAlarms } = await account
    .client(CloudWatchClient)
    .send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
  return MetricAlarms?.[0];
}

function reported(alarm: MetricAlarm): Reading<AlarmArgs> {
  return {
    name: alarm.AlarmName,
    arn: alarm.AlarmArn,
    alarmDescription: alarm.AlarmDescription,
    actionsEnabled: alarm.ActionsEnabled,
    alarmActions: alarm.AlarmActions,
    okActions: alarm.OKActions,
    insufficientDataActions: alarm.InsufficientDataActions,
    namespace: alarm.Namespace,
    metricName: alarm.MetricName,
    dimensions: fromDimensions(alarm.Dimensions),
    statistic: alarm.Statistic,
    extendedStatistic: alarm.ExtendedStatistic,
    period: alarm.Period,
    unit: alarm.Unit,
    evaluationPeriods: alarm.EvaluationPeriods,
    datapointsToAlarm: alarm.DatapointsToAlarm,
    threshold: alarm.Threshold,
    comparisonOperator: alarm.ComparisonOperator!,
    treatMissingData: alarm.TreatMissingData,
    metricQueries: alarm.Metrics?.map((query) => ({
      id: query.Id!,
      expression: query.Expression,
      label: query.Label,
      period: query.Period,
      returnData: query.ReturnData,
      metric: query.MetricStat && {
        namespace: query.MetricStat.Metric!.Namespace,
        metricName: query.MetricStat.Metric!.MetricName!,
        dimensions: fromDimensions(query.MetricStat.Metric!.Dimensions),
        period: query.MetricStat.Period!,
        stat: query.MetricStat.Stat!,
        unit: query.MetricStat.Unit,
      },
    })),
  };
}

export const cloudwatch = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": resourceType<AlarmArgs>({
    nameInput: "name",
    replaceOn: ["name"],
    create: put,
    async read(name, _, account) {
      const alarm = await find(name, account);
      if (!alarm) return undefined;
      const { Tags } = await account
        .client(CloudWatchClient)
        .send(new ListTagsForResourceCommand({ ResourceARN: alarm.AlarmArn }));
      return { ...reported(alarm), tags: tagsFrom(Tags) };
    },
    async update(name, inputs, account, changed, old) {
      await put(inputs, account);
      if (!changed("tags")) return;
      // PutMetricAlarm leaves the tags of an alarm that exists as they are.
      const client = account.client(CloudWatchClient);
      const ResourceARN = (await find(name, account))!.AlarmArn;
      const TagKeys = removedKeys(old.tags, inputs.tags);
      if (TagKeys.length > 0) await client.send(new UntagResourceCommand({ ResourceARN, TagKeys }));
      await client.send(new TagResourceCommand({ ResourceARN, Tags: tagList(inputs.tags) }));
    },
    async delete(name, _, account) {
      await account.client(CloudWatchClient).send(new DeleteAlarmsCommand({ AlarmNames: [name] }));
    },
  }),
};
