import { CreateTableCommand, DynamoDBClient, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { DynamoDBBatchResponse, DynamoDBRecord } from "aws-lambda";
import { strToU8, zipSync } from "fflate";
import { bundleFunction } from "../../../components/functionBundle";
import { planMonitor } from "../../../components/streamMonitor/plan";
import type { MonitoredTableArgs } from "../../../components/streamMonitor/tables";
import type { WatchedTable } from "../../../detections";
import type { Finding } from "../../../functions/finding";

const region = "eu-central-1";
const accountId = "000000000000";

/** What the scenarios do in the emulated account, by name. */
export class LiveAccount {
  private readonly dynamodb: DynamoDBClient;
  private readonly lambda: LambdaClient;
  private readonly events: EventBridgeClient;
  private readonly sqs: SQSClient;
  private readonly s3: S3Client;

  constructor(private readonly endpoint: string) {
    const settings = { endpoint, region, credentials: { accessKeyId: "test", secretAccessKey: "test" } };
    this.dynamodb = new DynamoDBClient(settings);
    this.lambda = new LambdaClient(settings);
    this.events = new EventBridgeClient(settings);
    this.sqs = new SQSClient(settings);
    this.s3 = new S3Client({ ...settings, forcePathStyle: true });
  }

  readonly busArn = (name: string): string => `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
  readonly functionArn = (name: string): string => `arn:aws:lambda:${region}:${accountId}:function:${name}`;

  /** A table with a stream of both images; returns the stream's ARN. */
  async createTable(name: string): Promise<string> {
    const { TableDescription: table } = await this.dynamodb.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
      }),
    );
    return table!.LatestStreamArn!;
  }

  async putItem(table: string, id: string, status: string): Promise<void> {
    await this.dynamodb.send(new PutItemCommand({ TableName: table, Item: { id: { S: id }, status: { S: status } } }));
  }

  async setStatus(table: string, id: string, status: string): Promise<void> {
    await this.dynamodb.send(
      new UpdateItemCommand({
        TableName: table,
        Key: { id: { S: id } },
        UpdateExpression: "SET #status = :status",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":status": { S: status } },
      }),
    );
  }

  /** A bus, a rule for our findings, and the queue that it feeds; returns the queue's address. */
  async createBus(name: string): Promise<string> {
    await this.events.send(new CreateEventBusCommand({ Name: name }));
    const { QueueUrl } = await this.sqs.send(new CreateQueueCommand({ QueueName: name }));
    const EventPattern = JSON.stringify({ source: ["dynamodb-detective"], "detail-type": ["DynamoDB Finding"] });
    await this.events.send(new PutRuleCommand({ Name: name, EventBusName: name, EventPattern }));
    const Targets = [{ Id: "queue", Arn: `arn:aws:sqs:${region}:${accountId}:${name}` }];
    await this.events.send(new PutTargetsCommand({ Rule: name, EventBusName: name, Targets }));
    return QueueUrl!;
  }

  /** Findings in a queue: until there are as many, or nothing has come for ten seconds. */
  async findings(queue: string, wanted: number): Promise<Finding[]> {
    const found: Finding[] = [];
    for (let idle = 0; found.length < wanted && idle < 10; ) {
      const { Messages = [] } = await this.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queue, WaitTimeSeconds: 1, MaxNumberOfMessages: 10 }),
      );
      idle = Messages.length === 0 ? idle + 1 : 0;
      for (const { Body, ReceiptHandle } of Messages) {
        found.push((JSON.parse(Body!) as { detail: Finding }).detail);
        await this.sqs.send(new DeleteMessageCommand({ QueueUrl: queue, ReceiptHandle }));
      }
    }
    return found;
  }

  /**
   * The built bundle with the settings that the component would write beside it.
   *
   * @param eventBridge Address at which the function finds EventBridge. Default: the emulator's.
   */
  async deployMonitor(
    name: string,
    busName: string,
    table: MonitoredTableArgs & { streamArn: string },
    eventBridge = this.endpoint,
  ): Promise<void> {
    const [planned] = planMonitor({ tables: [table] }).tables;
    const tables: WatchedTable[] = [
      {
        tableArn: table.streamArn.replace(/\/stream\/.*$/, ""),
        detections: planned!.plans.map(({ watched }) => watched),
      },
    ];
    const files = { ...bundleFunction("streamMonitor").files, "tables.json": JSON.stringify(tables) };
    await this.lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Runtime: "nodejs24.x",
        Role: `arn:aws:iam::${accountId}:role/${name}`,
        Handler: "index.handler",
        Timeout: 60,
        Code: {
          ZipFile: zipSync(Object.fromEntries(Object.entries(files).map(([file, text]) => [file, strToU8(text)]))),
        },
        Environment: {
          Variables: {
            POWERTOOLS_METRICS_NAMESPACE: "live",
            FINDINGS_BUS: this.busArn(busName),
            AWS_ENDPOINT_URL_EVENTBRIDGE: eventBridge,
            NODE_OPTIONS: "--enable-source-maps",
          },
        },
      }),
    );
  }

  async mapStream(streamArn: string, functionName: string): Promise<void> {
    await this.lambda.send(
      new CreateEventSourceMappingCommand({
        EventSourceArn: streamArn,
        FunctionName: functionName,
        StartingPosition: "TRIM_HORIZON",
        FunctionResponseTypes: ["ReportBatchItemFailures"],
      }),
    );
  }

  async invoke(functionName: string, records: DynamoDBRecord[]): Promise<DynamoDBBatchResponse> {
    const { FunctionError, Payload } = await this.lambda.send(
      new InvokeCommand({ FunctionName: functionName, Payload: Buffer.from(JSON.stringify({ Records: records })) }),
    );
    const answer = Buffer.from(Payload ?? []).toString();
    if (FunctionError) throw new Error(answer);
    return JSON.parse(answer) as DynamoDBBatchResponse;
  }

  /** What the table's stream holds, as Lambda would hand it over. */
  async streamRecords(streamArn: string): Promise<DynamoDBRecord[]> {
    const { StreamDescription } = await this.streams<{ StreamDescription: { Shards: { ShardId: string }[] } }>(
      "DescribeStream",
      { StreamArn: streamArn },
    );
    const records: DynamoDBRecord[] = [];
    for (const { ShardId } of StreamDescription.Shards) {
      const { ShardIterator } = await this.streams<{ ShardIterator: string }>("GetShardIterator", {
        StreamArn: streamArn,
        ShardId,
        ShardIteratorType: "TRIM_HORIZON",
      });
      const { Records } = await this.streams<{ Records: DynamoDBRecord[] }>("GetRecords", { ShardIterator });
      records.push(...Records.map((record) => ({ ...record, eventSourceARN: streamArn })));
    }
    return records;
  }

  async createBucket(bucket: string): Promise<void> {
    await this.s3.send(new CreateBucketCommand({ Bucket: bucket }));
  }

  async putObject(bucket: string, key: string, body: string): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  }

  async objects(bucket: string): Promise<string[]> {
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return Contents.map(({ Key }) => Key!);
  }

  private async streams<Answer>(operation: string, input: object): Promise<Answer> {
    const response = await fetch(this.endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `DynamoDBStreams_20120810.${operation}`,
        authorization: `AWS4-HMAC-SHA256 Credential=test/20261124/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
      },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(`${operation}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}
