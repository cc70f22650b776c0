import {
  CloudWatchLogsClient,
  DeleteSubscriptionFilterCommand,
  PutSubscriptionFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  KMSClient,
} from "@aws-sdk/client-kms";
import {
  AddPermissionCommand,
  DeleteFunctionEventInvokeConfigCommand,
  LambdaClient,
  PutFunctionEventInvokeConfigCommand,
  RemovePermissionCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import type { Account } from "../../provider/account";
import type { Deployed } from "../checks/check";
import type { Fault } from "./fault";

const subscribed = "a subscription that sends the trail's events to the detector";
const selected = "a subscription that selects what the stateful detections ask about, and not the detector's own calls";
const startedBy = "the policy of detector-function admits the intended and nobody else";
const queue = "a queue that gets what the detector could not process";
const safeTable = "a state table with a key of its own, protected, with backups and time to live";
const own = "a detector with the state table, the bus, the role and the country database that are its own";

const nameOf = (arn: string): string => arn.split(/[:/]/).pop()!;

/** Puts the subscription elsewhere. The emulator's account has one. */
async function resubscribe(
  change: { logGroupName?: string; destinationArn?: string; filterPattern?: string },
  account: Account,
  { account: { subscriptionFilters } }: Deployed,
) {
  const [filterName, { logGroupName, destinationArn, filterPattern }] = Object.entries(subscriptionFilters)[0]!;
  const meant = { logGroupName, destinationArn, filterPattern };
  const client = account.client(CloudWatchLogsClient);
  const move = async (from: typeof meant, to: typeof meant) => {
    await client.send(new DeleteSubscriptionFilterCommand({ filterName, logGroupName: from.logGroupName }));
    await client.send(new PutSubscriptionFilterCommand({ filterName, ...to }));
  };
  await move(meant, { ...meant, ...change });
  return () => move({ ...meant, ...change }, meant);
}

function resubscribePattern(change: (pattern: string) => string, account: Account, deployed: Deployed) {
  const { filterPattern } = Object.values(deployed.account.subscriptionFilters)[0]!;
  if (change(filterPattern) === filterPattern) throw new Error(`nothing changed in ${filterPattern}`);
  return resubscribe({ filterPattern: change(filterPattern) }, account, deployed);
}

/** Changes the table, and changes it back. */
const weakened = (
  what: string,
  set: (TableName: string, safe: boolean, client: DynamoDBClient) => Promise<unknown>,
) => ({
  what,
  async make(account: Account, { called }: Deployed) {
    const TableName = nameOf(called("-state-table"));
    const client = account.client(DynamoDBClient);
    await set(TableName, false, client);
    return () => set(TableName, true, client);
  },
  noticedBy: [safeTable],
});

/** The same table with another key: the emulator takes a change of the key in place, and forgets it. */
async function makeAgain(TableName: string, KMSMasterKeyId: string, account: Account): Promise<void> {
  const client = account.client(DynamoDBClient);
  const { Table: table } = await client.send(new DescribeTableCommand({ TableName }));
  const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: table!.TableArn }));
  await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
  await client.send(new DeleteTableCommand({ TableName }));
  await client.send(
    new CreateTableCommand({
      TableName,
      KeySchema: table!.KeySchema,
      AttributeDefinitions: table!.AttributeDefinitions,
      BillingMode: "PAY_PER_REQUEST",
      SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId },
      DeletionProtectionEnabled: true,
      Tags,
    }),
  );
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  await client.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
  const TimeToLiveSpecification = { AttributeName: "expiresAt", Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}

export const detectorFaults: Fault[] = [
  {
    what: "events of another log group for the detector",
    make: (account, deployed) =>
      resubscribe({ logGroupName: deployed.called("-streams-log-group") }, account, deployed),
    noticedBy: [subscribed],
  },
  {
    what: "events of the trail for another function",
    make: (account, deployed) =>
      resubscribe({ destinationArn: deployed.called("-streams-function") }, account, deployed),
    noticedBy: [subscribed],
  },
  {
    what: "a detector that sees its own calls",
    make: (account, deployed) =>
      resubscribePattern((pattern) => pattern.replace(/ && \(\$\.userIdentity.*$/, " }"), account, deployed),
    noticedBy: [selected],
  },
  {
    what: "a detector that sees nothing",
    make: (account, deployed) =>
      resubscribePattern(
        (pattern) => pattern.replaceAll("dynamodb.amazonaws.com", "nothing.amazonaws.com"),
        account,
        deployed,
      ),
    noticedBy: [selected],
  },
  {
    what: "a detector that does not see backups",
    make: (account, deployed) =>
      resubscribePattern(
        (pattern) => pattern.replaceAll("backup.amazonaws.com", "nothing.amazonaws.com"),
        account,
        deployed,
      ),
    noticedBy: [selected],
  },
  {
    what: "a detector that another log group may start",
    async make(account, { account: { permissions }, called }) {
      const FunctionName = nameOf(called("-detector-function"));
      const [StatementId, { Condition }] = Object.entries(permissions).find(
        ([, statement]) => statement.FunctionName === FunctionName,
      )!;
      const meant = Object.values(Condition!).flatMap((keys) => Object.values(keys)) as string[];
      const client = account.client(LambdaClient);
      const put = async (SourceArn: string) => {
        await client.send(new RemovePermissionCommand({ FunctionName, StatementId }));
        await client.send(
          new AddPermissionCommand({
            FunctionName,
            StatementId,
            Action: "lambda:InvokeFunction",
            Principal: "logs.amazonaws.com",
            SourceArn,
            SourceAccount: "123456789012",
          }),
        );
      };
      await put("arn:aws:logs:us-east-1:123456789012:log-group:*");
      return () => put(meant.find((value) => value.startsWith("arn:"))!);
    },
    noticedBy: [startedBy],
  },
  {
    what: "a detector that everybody may start",
    async make(account, { called }) {
      const statement = { FunctionName: nameOf(called("-detector-function")), StatementId: "everybody" };
      const client = account.client(LambdaClient);
      await client.send(new AddPermissionCommand({ ...statement, Action: "lambda:InvokeFunction", Principal: "*" }));
      return () => client.send(new RemovePermissionCommand(statement));
    },
    noticedBy: [startedBy],
  },
  {
    what: "events that are lost when the detector fails",
    async make(account, { account: { eventInvokeConfigs }, called }) {
      const FunctionName = nameOf(called("-detector-function"));
      const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = eventInvokeConfigs[FunctionName]!;
      const client = account.client(LambdaClient);
      const put = async (destination: object) => {
        await client.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName }));
        const config = { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig: destination };
        await client.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, ...config }));
      };
      await put({});
      return () => put(DestinationConfig);
    },
    noticedBy: [queue],
  },
  weakened("a state table that anybody may delete", (TableName, DeletionProtectionEnabled, client) =>
    client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled })),
  ),
  weakened("a state table without backups", (TableName, PointInTimeRecoveryEnabled, client) =>
    client.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
      }),
    ),
  ),
  weakened("a state table that forgets nothing", (TableName, Enabled, client) =>
    client.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled } }),
    ),
  ),
  {
    what: "a state table with another key",
    async make(account, { called }) {
      const TableName = nameOf(called("-state-table"));
      await makeAgain(TableName, called("-alerts-key"), account);
      return () => makeAgain(TableName, called("-state-key"), account);
    },
    noticedBy: [safeTable],
  },
  {
    what: "a state table whose key is switched off",
    async make(account, { called }) {
      const KeyId = called("-state-key").split("/").pop(); // the emulator knows no ARN here
      const client = account.client(KMSClient);
      await client.send(new DisableKeyCommand({ KeyId }));
      return () => client.send(new EnableKeyCommand({ KeyId }));
    },
    noticedBy: [safeTable],
  },
  {
    what: "a key of the state table that stays the same for ever",
    async make(account, { called }) {
      const KeyId = called("-state-key");
      const client = account.client(KMSClient);
      await client.send(new DisableKeyRotationCommand({ KeyId }));
      return () => client.send(new EnableKeyRotationCommand({ KeyId }));
    },
    noticedBy: [safeTable],
  },
  {
    what: "a detector that remembers in another table",
    async make(account, { account: { functions }, called }) {
      const FunctionName = nameOf(called("-detector-function"));
      const { Variables } = functions[FunctionName]!.Environment;
      const set = (variables: { [name: string]: string }) =>
        account
          .client(LambdaClient)
          .send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: variables } }));
      await set({ ...Variables, STATE_TABLE: "orders" });
      return () => set(Variables);
    },
    noticedBy: [own],
  },
];
