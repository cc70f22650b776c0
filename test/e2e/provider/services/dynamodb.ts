import {
  type BillingMode,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
  type ScalarAttributeType,
  type StreamViewType,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { resourceType, unlessMissing } from "../resourceType";
import { removedKeys, tagList, tagsFrom } from "../tags";

type Table = Parameters<typeof backups>[0];

async function backups(
  {
    name,
    pointInTimeRecovery,
  }: { name?: string; pointInTimeRecovery?: { enabled: boolean; recoveryPeriodInDays?: number } },
  account: Account,
): Promise<void> {
  if (!pointInTimeRecovery) return;
  await account.client(DynamoDBClient).send(
    new UpdateContinuousBackupsCommand({
      TableName: name,
      PointInTimeRecoverySpecification: {
        PointInTimeRecoveryEnabled: pointInTimeRecovery.enabled,
        RecoveryPeriodInDays: pointInTimeRecovery.recoveryPeriodInDays,
      },
    }),
  );
}

/** What DynamoDB says about a table, for the resource and for the look-up. */
export async function describeTable(TableName: string, account: Account) {
  const client = account.client(DynamoDBClient);
  const answer = await unlessMissing(client.send(new DescribeTableCommand({ TableName })), "ResourceNotFoundException");
  const table = answer?.Table;
  if (!table) return undefined;
  const [{ ContinuousBackupsDescription }, { Tags }] = await Promise.all([
    client.send(new DescribeContinuousBackupsCommand({ TableName })),
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
      const { name, hashKey, rangeKey, serverSideEncryption: encryption } = inputs;
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
          StreamSpecification: inputs.streamEnabled
            ? { StreamEnabled: true, StreamViewType: inputs.streamViewType as StreamViewType }
            : undefined,
          DeletionProtectionEnabled: inputs.deletionProtectionEnabled,
          SSESpecification: encryption && {
            Enabled: encryption.enabled,
            SSEType: "KMS",
            KMSMasterKeyId: encryption.kmsKeyArn,
          },
          Tags: inputs.tags && tagList(inputs.tags),
        }),
      );
      return name!;
    },
    finish: (name, { pointInTimeRecovery }, account) => backups({ name, pointInTimeRecovery } as Table, account),
    read: (name, _, account) => describeTable(name, account),
    async update(TableName, inputs, account, changed, old) {
      const client = account.client(DynamoDBClient);
      if (changed("deletionProtectionEnabled")) {
        const DeletionProtectionEnabled = inputs.deletionProtectionEnabled ?? false;
        await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled }));
      }
      if (changed("pointInTimeRecovery")) {
        await backups({ name: TableName, pointInTimeRecovery: inputs.pointInTimeRecovery } as Table, account);
      }
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
