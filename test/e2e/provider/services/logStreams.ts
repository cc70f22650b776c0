import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  DeleteLogStreamCommand,
  DeleteSubscriptionFilterCommand,
  DescribeLogStreamsCommand,
  DescribeSubscriptionFiltersCommand,
  type Distribution,
  PutSubscriptionFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { type Plain, resourceType, unlessMissing } from "../resourceType";

type SubscriptionFilterArgs = aws.cloudwatch.LogSubscriptionFilterArgs;

const missing = "ResourceNotFoundException";

async function putFilter(inputs: Plain<SubscriptionFilterArgs>, account: Account): Promise<void> {
  await account.client(CloudWatchLogsClient).send(
    new PutSubscriptionFilterCommand({
      filterName: inputs.name,
      logGroupName: inputs.logGroup as string,
      filterPattern: inputs.filterPattern,
      destinationArn: inputs.destinationArn,
      roleArn: inputs.roleArn,
      distribution: inputs.distribution as Distribution | undefined,
      applyOnTransformedLogs: inputs.applyOnTransformedLogs,
    }),
  );
}

export const logStreams = {
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": resourceType<SubscriptionFilterArgs>({
    nameInput: "name",
    replaceOn: ["name", "logGroup"],
    unreported: { distribution: "moto forgets it" },
    async create(inputs, account) {
      await putFilter(inputs, account);
      return `${inputs.logGroup}/${inputs.name}`;
    },
    async read(_, { name: filterNamePrefix, logGroup }, account) {
      const describe = new DescribeSubscriptionFiltersCommand({ logGroupName: logGroup as string, filterNamePrefix });
      const answer = await unlessMissing(account.client(CloudWatchLogsClient).send(describe), missing);
      const found = answer?.subscriptionFilters?.find(({ filterName }) => filterName === filterNamePrefix);
      return (
        found && {
          name: found.filterName,
          logGroup: found.logGroupName,
          filterPattern: found.filterPattern,
          destinationArn: found.destinationArn,
          roleArn: found.roleArn,
          applyOnTransformedLogs: found.applyOnTransformedLogs,
        }
      );
    },
    update: (_, inputs, account) => putFilter(inputs, account),
    async delete(_, { name: filterName, logGroup }, account) {
      const removal = new DeleteSubscriptionFilterCommand({ filterName, logGroupName: logGroup as string });
      await unlessMissing(account.client(CloudWatchLogsClient).send(removal), missing);
    },
  }),

  "aws:cloudwatch/logStream:LogStream": resourceType<aws.cloudwatch.LogStreamArgs>({
    nameInput: "name",
    replaceOn: ["name", "logGroupName"],
    async create({ name: logStreamName, logGroupName }, account) {
      await account.client(CloudWatchLogsClient).send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      return logStreamName!;
    },
    async read(name, { logGroupName }, account) {
      const describe = new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: name });
      const answer = await unlessMissing(account.client(CloudWatchLogsClient).send(describe), missing);
      const found = answer?.logStreams?.find(({ logStreamName }) => logStreamName === name);
      return found && { name: found.logStreamName, logGroupName, arn: found.arn };
    },
    async delete(logStreamName, { logGroupName }, account) {
      const removal = new DeleteLogStreamCommand({ logGroupName, logStreamName });
      await unlessMissing(account.client(CloudWatchLogsClient).send(removal), missing);
    },
  }),
};
