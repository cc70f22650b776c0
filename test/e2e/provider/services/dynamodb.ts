import {
  type BillingMode,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
  type ScalarAttributeType,
  type StreamViewType,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { type Plain, resourceType, unlessMissing } from "../resourceType";
import { removedKeys, tagList, tagsFrom } from "../tags";

type Table = Plain<aws.dynamodb.TableArgs>;

async function putBackups(TableName: string, { pointInTimeRecovery }: Table, account: Account): Promise<void> {
  if (!pointInTimeRecovery) return;
  await account.client(DynamoDBClient).send(
    new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: {
        PointInTimeRecoveryEnabled: pointInTimeRecovery.enabled,
        RecoveryPeriodInDays: pointInTimeRecovery.recoveryPeriodInDays,
      },
    }),
  );
}

/** The attribute whose time to live is switched off has to be named too. */
async function putTimeToLive(TableName: string, ttl: Table["ttl"], old: Table["ttl"], account: Account): Promise<void> {
  const AttributeName = ttl?.attributeName ?? old?.attributeName;
  if (AttributeName === undefined) return;
  const TimeToLiveSpecification = { AttributeName, Enabled: ttl?.enabled ?? false };
  await account.client(DynamoDBClient).send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}

const encryption = ({ serverSideEncryption: wanted }: Table) =>
  wanted && { Enabled: wanted.enabled, SSEType: "KMS" as const, KMSMasterKeyId: wanted.kmsKeyArn };

const stream = ({ streamEnabled, streamViewType }: Table) =>
  streamEnabled ? { StreamEnabled: true, StreamViewType: streamViewType as StreamViewType } : undefined;

/** What DynamoDB says about a table, for the resource and for the look-up. */
export async function describeTable(TableName: string, account: Account) {
  const client = account.client(DynamoDBClient);
  const answer = await unlessMissing(client.send(new DescribeTableCommand({ TableName })), "ResourceNotFoundException");
  const table = answer?.Table;
  if (!table) return undefined;
  const [{ ContinuousBackupsDescription }, { TimeToLiveDescription: ttl }, { Tags }] = await Promise.all([
    client.send(new DescribeContinuousBackupsCommand({ TableName })),
    client.send(new DescribeTimeToLiveCommand({ TableName })),
    client.send(new ListTagsOfResourceCommand({ ResourceArn: table.TableArn })),
  ]);
  const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  const encrypted = table.SSEDescription?.Status === "ENABLED";
  return {
    name: table.TableName,
    arn: table.TableArn,
    billingMode: table.BillingModeSummary?.BillingMode ?? "PROVISIONED",
    attributes: table.AttributeDefinitions?.map(({ AttributeName, AttributeType }) => ({
      name: AttributeName!,
      type: AttributeType!,
    })),
    hashKey: table.KeySchema?.find(({ KeyType }) => KeyType === "HASH")?.AttributeName,
    rangeKey: table.KeySchema?.find(({ KeyType }) => KeyType === "RANGE")?.AttributeName,
    streamEnabled: table.StreamSpecification?.StreamEnabled ?? false,
    streamViewType: table.StreamSpecification?.StreamViewType,
    streamArn: table.LatestStreamArn,
    streamLabel: table.LatestStreamLabel,
    ttl: ttl?.AttributeName
      ? { attributeName: ttl.AttributeName, enabled: ttl.TimeToLiveStatus === "ENABLED" }
      : undefined,
    deletionProtectionEnabled: table.DeletionProtectionEnabled,
    pointInTimeRecovery: {
      enabled: recovery?.PointInTimeRecoveryStatus === "ENABLED",
      recoveryPeriodInDays: recovery?.RecoveryPeriodInDays,
    },
    serverSideEncryption: {
      enabled: encrypted,
      kmsKeyArn: encrypted ? table.SSEDescription?.KMSMasterKeyArn : undefined,
    },
    tags: tagsFrom(Tags),
  };
}

export const dynamodb = {
  "aws:dynamodb/table:Table": resourceType<aws.dynamodb.TableArgs>({
    nameInput: "name",
    replaceOn: ["name", "hashKey", "rangeKey"],
    unreported: { replicas: "moto keeps no replicas" },
    async create(inputs, account) {
      const { name, hashKey, rangeKey } = inputs;
      const keys = [
        { AttributeName: hashKey, KeyType: "HASH" as const },
        ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: "RANGE" as const }]),
      ];
      await account.client(DynamoDBClient).send(
        new CreateTableCommand({
          TableName: name,
          BillingMode: inputs.billingMode as BillingMode,
          KeySchema: keys,
          AttributeDefinitions: inputs.attributes?.map((attribute) => ({
            AttributeName: attribute.name,
            AttributeType: attribute.type as ScalarAttributeType,
          })),
          StreamSpecification: stream(inputs),
          DeletionProtectionEnabled: inputs.deletionProtectionEnabled,
          SSESpecification: encryption(inputs),
          Tags: inputs.tags && tagList(inputs.tags),
        }),
      );
      return name!;
    },
    async finish(name, inputs, account) {
      await putBackups(name, inputs, account);
      await putTimeToLive(name, inputs.ttl, undefined, account);
    },
    read: (name, _, account) => describeTable(name, account),
    async update(TableName, inputs, account, changed, old) {
      const client = account.client(DynamoDBClient);
      if (changed("deletionProtectionEnabled")) {
        const DeletionProtectionEnabled = inputs.deletionProtectionEnabled ?? false;
        await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled }));
      }
      if (changed("serverSideEncryption")) {
        await client.send(new UpdateTableCommand({ TableName, SSESpecification: encryption(inputs) }));
      }
      if (changed("streamEnabled", "streamViewType")) {
        // A stream's view is not changed: AWS wants another stream.
        if (old.streamEnabled) {
          await client.send(new UpdateTableCommand({ TableName, StreamSpecification: { StreamEnabled: false } }));
        }
        if (inputs.streamEnabled) {
          await client.send(new UpdateTableCommand({ TableName, StreamSpecification: stream(inputs) }));
        }
      }
      if (changed("pointInTimeRecovery")) await putBackups(TableName, inputs, account);
      if (changed("ttl")) await putTimeToLive(TableName, inputs.ttl, old.ttl, account);
      if (changed("tags")) {
        const ResourceArn = (await client.send(new DescribeTableCommand({ TableName }))).Table!.TableArn;
        const TagKeys = removedKeys(old.tags, inputs.tags);
        if (TagKeys.length > 0) await client.send(new UntagResourceCommand({ ResourceArn, TagKeys }));
        await client.send(new TagResourceCommand({ ResourceArn, Tags: tagList(inputs.tags) }));
      }
      // What is not handled is found when the table is read back.
    },
    async delete(TableName, _, account) {
      await account.client(DynamoDBClient).send(new DeleteTableCommand({ TableName }));
    },
  }),
};
