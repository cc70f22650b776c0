import {
  type BillingMode,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  type KeySchemaElement,
  ListTagsOfResourceCommand,
  type ProjectionType,
  type ScalarAttributeType,
  type StreamViewType,
  type TableClass,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  type UpdateTableCommandInput,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import type * as aws from "@pulumi/aws";
import type { Account } from "../account";
import { type Plain, resourceType, unlessMissing } from "../resourceType";
import { removedKeys, tagList, tagsFrom } from "../tags";

type TableArgs = aws.dynamodb.TableArgs;
type Table = Plain<TableArgs>;

async function setBackups(TableName: string, { pointInTimeRecovery }: Table, account: Account): Promise<void> {
  const { enabled = false, recoveryPeriodInDays } = pointInTimeRecovery ?? {};
  await account.client(DynamoDBClient).send(
    new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: {
        PointInTimeRecoveryEnabled: enabled,
        RecoveryPeriodInDays: recoveryPeriodInDays,
      },
    }),
  );
}

async function setTimeToLive(TableName: string, ttl: NonNullable<Table["ttl"]>, account: Account): Promise<void> {
  await account.client(DynamoDBClient).send(
    new UpdateTimeToLiveCommand({
      TableName,
      TimeToLiveSpecification: { Enabled: ttl.enabled ?? true, AttributeName: ttl.attributeName },
    }),
  );
}

const keySchema = (hashKey: string | undefined, rangeKey: string | undefined): KeySchemaElement[] => [
  { AttributeName: hashKey, KeyType: "HASH" },
  ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: "RANGE" as const }]),
];
const keyIn = (schema: KeySchemaElement[] | undefined, type: "HASH" | "RANGE"): string | undefined =>
  schema?.find(({ KeyType }) => KeyType === type)?.AttributeName;
const projection = ({ projectionType, nonKeyAttributes }: { projectionType: string; nonKeyAttributes?: string[] }) => ({
  ProjectionType: projectionType as ProjectionType,
  NonKeyAttributes: nonKeyAttributes,
});
const throughput = ({ readCapacity, writeCapacity }: { readCapacity?: number; writeCapacity?: number }) =>
  readCapacity === undefined ? undefined : { ReadCapacityUnits: readCapacity, WriteCapacityUnits: writeCapacity };
/** Undefined where the table is paid by request. */
const units = (found: number | undefined): number | undefined => found || undefined;

const stream = ({ streamEnabled, streamViewType }: Table) =>
  streamEnabled ? { StreamEnabled: true, StreamViewType: streamViewType as StreamViewType } : undefined;
const encryption = ({ serverSideEncryption: sse }: Table) =>
  sse && {
    Enabled: sse.enabled,
    // DynamoDB takes both only where encryption is switched on.
    ...(sse.enabled && { SSEType: "KMS" as const, KMSMasterKeyId: sse.kmsKeyArn }),
  };

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
    hashKey: keyIn(table.KeySchema, "HASH"),
    rangeKey: keyIn(table.KeySchema, "RANGE"),
    readCapacity: units(table.ProvisionedThroughput?.ReadCapacityUnits),
    writeCapacity: units(table.ProvisionedThroughput?.WriteCapacityUnits),
    tableClass: table.TableClassSummary?.TableClass,
    globalSecondaryIndexes: table.GlobalSecondaryIndexes?.map((index) => ({
      name: index.IndexName!,
      hashKey: keyIn(index.KeySchema, "HASH"),
      rangeKey: keyIn(index.KeySchema, "RANGE"),
      projectionType: index.Projection!.ProjectionType!,
      nonKeyAttributes: index.Projection?.NonKeyAttributes,
      readCapacity: units(index.ProvisionedThroughput?.ReadCapacityUnits),
      writeCapacity: units(index.ProvisionedThroughput?.WriteCapacityUnits),
    })),
    localSecondaryIndexes: table.LocalSecondaryIndexes?.map((index) => ({
      name: index.IndexName!,
      rangeKey: keyIn(index.KeySchema, "RANGE")!,
      projectionType: index.Projection!.ProjectionType!,
      nonKeyAttributes: index.Projection?.NonKeyAttributes,
    })),
    ttl: { enabled: ttl?.TimeToLiveStatus === "ENABLED", attributeName: ttl?.AttributeName },
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
  "aws:dynamodb/table:Table": resourceType<TableArgs>({
    nameInput: "name",
    replaceOn: ["name", "hashKey", "rangeKey", "localSecondaryIndexes"],
    unreported: { replicas: "moto keeps no replicas", tableClass: "moto forgets it" },
    async create(inputs, account) {
      const { name, hashKey, rangeKey } = inputs;
      await account.client(DynamoDBClient).send(
        new CreateTableCommand({
          TableName: name,
          BillingMode: inputs.billingMode as BillingMode,
          ProvisionedThroughput: throughput(inputs),
          TableClass: inputs.tableClass as TableClass | undefined,
          KeySchema: keySchema(hashKey, rangeKey),
          AttributeDefinitions: inputs.attributes?.map((attribute) => ({
            AttributeName: attribute.name,
            AttributeType: attribute.type as ScalarAttributeType,
          })),
          GlobalSecondaryIndexes: inputs.globalSecondaryIndexes?.map((index) => ({
            IndexName: index.name,
            KeySchema: keySchema(index.hashKey, index.rangeKey),
            Projection: projection(index),
            ProvisionedThroughput: throughput(index),
          })),
          LocalSecondaryIndexes: inputs.localSecondaryIndexes?.map((index) => ({
            IndexName: index.name,
            KeySchema: keySchema(hashKey, index.rangeKey),
            Projection: projection(index),
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
      if (inputs.pointInTimeRecovery) await setBackups(name, inputs, account);
      if (inputs.ttl?.attributeName !== undefined) await setTimeToLive(name, inputs.ttl, account);
    },
    read: (name, _, account) => describeTable(name, account),
    async update(TableName, inputs, account, changed, old) {
      const client = account.client(DynamoDBClient);
      const change = (settings: Omit<UpdateTableCommandInput, "TableName">) =>
        client.send(new UpdateTableCommand({ TableName, ...settings }));
      // One kind of change in one call, as DynamoDB wants it.
      if (changed("billingMode", "readCapacity", "writeCapacity")) {
        const ProvisionedThroughput = throughput(inputs);
        await change({ BillingMode: inputs.billingMode as BillingMode, ProvisionedThroughput });
      }
      if (changed("tableClass")) await change({ TableClass: (inputs.tableClass as TableClass) ?? "STANDARD" });
      if (changed("deletionProtectionEnabled")) {
        await change({ DeletionProtectionEnabled: inputs.deletionProtectionEnabled ?? false });
      }
      if (changed("streamEnabled", "streamViewType")) {
        // The view of a stream cannot be changed: another stream takes its place.
        if (old.streamEnabled) await change({ StreamSpecification: { StreamEnabled: false } });
        if (inputs.streamEnabled) await change({ StreamSpecification: stream(inputs) });
      }
      if (changed("serverSideEncryption")) {
        await change({ SSESpecification: encryption(inputs) ?? { Enabled: false } });
      }
      if (changed("pointInTimeRecovery")) await setBackups(TableName, inputs, account);
      if (changed("ttl")) {
        const off = old.ttl?.attributeName !== undefined && old.ttl.attributeName !== inputs.ttl?.attributeName;
        if (off && old.ttl?.enabled !== false) {
          await setTimeToLive(TableName, { ...old.ttl, enabled: false }, account);
        }
        if (inputs.ttl?.attributeName !== undefined) await setTimeToLive(TableName, inputs.ttl, account);
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
