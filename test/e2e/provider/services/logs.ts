import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteMetricFilterCommand,
  DeleteRetentionPolicyCommand,
  DeleteSubscriptionFilterCommand,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  DescribeSubscriptionFiltersCommand,
  type Distribution,
  ListTagsForResourceCommand,
  type LogGroupClass,
  PutMetricFilterCommand,
  PutRetentionPolicyCommand,
  PutSubscriptionFilterCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { type Plain, resourceType, unlessMissing } from "../resourceType";
import { removedKeys } from "../tags";

async function findLogGroup(name: string, account: Account) {
  const { logGroups } = await account
    .client(CloudWatchLogsClient)
    .send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
  return logGroups?.find(({ logGroupName }) => logGroupName === name);
}

const arnOf = (arn: string | undefined): string => (arn ?? "").replace(/:\*$/, "");

async function putRetention(logGroupName: string, retentionInDays: number | undefined, account: Account) {
  const client = account.client(CloudWatchLogsClient);
  // 0 is the provider's way to say "for ever".
  if (retentionInDays) await client.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  else await client.send(new DeleteRetentionPolicyCommand({ logGroupName }));
}

async function putFilter(inputs: Plain<aws.cloudwatch.LogMetricFilterArgs>, account: Account): Promise<string> {
  const { name, logGroupName, pattern, metricTransformation } = inputs;
  await account.client(CloudWatchLogsClient).send(
    new PutMetricFilterCommand({
      filterName: name,
      logGroupName: logGroupName as string,
      filterPattern: pattern,
      metricTransformations: [
        {
          metricName: metricTransformation.name,
          metricNamespace: metricTransformation.namespace,
          metricValue: metricTransformation.value,
          defaultValue:
            metricTransformation.defaultValue === undefined ? undefined : Number(metricTransformation.defaultValue),
          dimensions: metricTransformation.dimensions,
          unit: metricTransformation.unit as "Count",
        },
      ],
    }),
  );
  return name!;
}

async function putSubscription(inputs: Plain<aws.cloudwatch.LogSubscriptionFilterArgs>, account: Account) {
  await account.client(CloudWatchLogsClient).send(
    new PutSubscriptionFilterCommand({
      filterName: inputs.name,
      logGroupName: inputs.logGroup as string,
      filterPattern: inputs.filterPattern,
      destinationArn: inputs.destinationArn as string,
      roleArn: inputs.roleArn as string | undefined,
      distribution: inputs.distribution as Distribution | undefined,
    }),
  );
  return inputs.name!;
}

export const logs = {
  "aws:cloudwatch/logGroup:LogGroup": resourceType<aws.cloudwatch.LogGroupArgs>({
    nameInput: "name",
    replaceOn: ["name", "namePrefix", "logGroupClass"],
    unreported: { namePrefix: "part of the name", logGroupClass: "moto forgets it" },
    async create({ name, kmsKeyId, logGroupClass, tags }, account) {
      await account.client(CloudWatchLogsClient).send(
        new CreateLogGroupCommand({
          logGroupName: name,
          kmsKeyId,
          logGroupClass: logGroupClass as LogGroupClass,
          tags,
        }),
      );
      return name!;
    },
    async finish(name, { retentionInDays }, account) {
      if (retentionInDays) await putRetention(name, retentionInDays, account);
    },
    async read(name, _, account) {
      const found = await findLogGroup(name, account);
      if (!found) return undefined;
      const { tags } = await account
        .client(CloudWatchLogsClient)
        .send(new ListTagsForResourceCommand({ resourceArn: arnOf(found.arn) }));
      return {
        name,
        arn: arnOf(found.arn),
        retentionInDays: found.retentionInDays ?? 0,
        kmsKeyId: found.kmsKeyId,
        logGroupClass: found.logGroupClass,
        tags,
      };
    },
    async update(name, inputs, account, changed, old) {
      if (changed("kmsKeyId")) throw new Error("a log group's key is not changed in place by this provider");
      if (changed("retentionInDays")) await putRetention(name, inputs.retentionInDays, account);
      if (!changed("tags")) return;
      const client = account.client(CloudWatchLogsClient);
      const resourceArn = arnOf((await findLogGroup(name, account))?.arn);
      const tagKeys = removedKeys(old.tags, inputs.tags);
      if (tagKeys.length > 0) await client.send(new UntagResourceCommand({ resourceArn, tagKeys }));
      await client.send(new TagResourceCommand({ resourceArn, tags: inputs.tags ?? {} }));
    },
    async delete(logGroupName, _, account) {
      await account.client(CloudWatchLogsClient).send(new DeleteLogGroupCommand({ logGroupName }));
    },
  }),

  "aws:cloudwatch/logMetricFilter:LogMetricFilter": resourceType<aws.cloudwatch.LogMetricFilterArgs>({
    nameInput: "name",
    replaceOn: ["name", "logGroupName"],
    create: putFilter,
    async read(filterNamePrefix, { logGroupName }, account) {
      const answer = await unlessMissing(
        account
          .client(CloudWatchLogsClient)
          .send(new DescribeMetricFiltersCommand({ logGroupName: logGroupName as string, filterNamePrefix })),
        "ResourceNotFoundException",
      );
      const found = answer?.metricFilters?.find(({ filterName }) => filterName === filterNamePrefix);
      const [transformation] = found?.metricTransformations ?? [];
      return (
        found &&
        transformation && {
          name: found.filterName,
          logGroupName: found.logGroupName,
          pattern: found.filterPattern,
          metricTransformation: {
            name: transformation.metricName!,
            namespace: transformation.metricNamespace!,
            value: transformation.metricValue!,
            defaultValue: transformation.defaultValue === undefined ? undefined : String(transformation.defaultValue),
            dimensions: transformation.dimensions,
            unit: transformation.unit,
          },
        }
      );
    },
    async update(_, inputs, account) {
      await putFilter(inputs, account);
    },
    async delete(filterName, { logGroupName }, account) {
      await unlessMissing(
        account
          .client(CloudWatchLogsClient)
          .send(new DeleteMetricFilterCommand({ filterName, logGroupName: logGroupName as string })),
        "ResourceNotFoundException",
      );
    },
  }),

  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": resourceType<aws.cloudwatch.LogSubscriptionFilterArgs>({
    nameInput: "name",
    replaceOn: ["name", "logGroup"],
    create: putSubscription,
    async read(name, { logGroup }, account) {
      const describe = new DescribeSubscriptionFiltersCommand({ logGroupName: logGroup as string });
      const answer = await unlessMissing(
        account.client(CloudWatchLogsClient).send(describe),
        "ResourceNotFoundException",
      );
      const found = answer?.subscriptionFilters?.find(({ filterName }) => filterName === name);
      return (
        found && {
          name: found.filterName,
          logGroup: found.logGroupName,
          filterPattern: found.filterPattern,
          destinationArn: found.destinationArn,
          roleArn: found.roleArn,
          distribution: found.distribution,
        }
      );
    },
    async update(_, inputs, account) {
      await putSubscription(inputs, account);
    },
    async delete(filterName, { logGroup }, account) {
      const remove = new DeleteSubscriptionFilterCommand({ filterName, logGroupName: logGroup as string });
      await unlessMissing(account.client(CloudWatchLogsClient).send(remove), "ResourceNotFoundException");
    },
  }),
};
