// Proves: with the stream monitor that the real engine deployed, that what is written to a table reaches the function, which
// runs in a process of its own; that it logs and counts each change without a value; that a record which it cannot process
// is reported; and that records of a failing function go to a queue and hold up nothing behind them.
// Does not prove: partial batches, retries, bisection and the failure bucket, which ministack does not have for table
// streams; that CloudWatch makes metrics of the log lines; Lambda's Node.js version and architecture; permissions.
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateEventSourceMappingCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { streamRecord } from "../../functions/streamMonitor/streamRecord";
import { startMinistack } from "../engine/emulator";
import { isLoopback, listensAt, processesBelow } from "../engine/processes";
import { Engine, region } from "../engine/stack";
import { watchedTable } from "../programs/watchedTable";

type Outputs = Record<keyof Awaited<ReturnType<typeof watchedTable>>, string>;
interface LogLine {
  message?: string;
  table?: string;
  kind?: string;
  keyDigest?: string;
  changedAttributes?: string[];
  sequenceNumber?: string;
  reason?: string;
  _aws?: { CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string }[] }[] };
  TableName?: string;
  [metric: string]: unknown;
}

let engine: Engine;
let outputs: Outputs;

beforeAll(async () => {
  engine = await Engine.start(await startMinistack(mkdtempSync(join(inject("folder"), "ministack-"))));
  const config = { "aws:region": region };
  const stack = await engine.stack({ project: "streams", stack: "dev", config, program: watchedTable });
  const up = await stack.up();
  expect(up.succeeded, up.text).toBe(true);
  outputs = (await stack.outputs()) as Outputs;
});
afterAll(() => engine?.stop());

const secret = "4111-1111-1111-1111";

describe("what is written to the table", () => {
  beforeAll(async () => {
    const TableName = outputs.tableName;
    const table = engine.provider.account.client(DynamoDBClient);
    await table.send(new PutItemCommand({ TableName, Item: { id: { S: "order-1" }, card: { S: secret } } }));
    await table.send(
      new UpdateItemCommand({
        TableName,
        Key: { id: { S: "order-1" } },
        UpdateExpression: "SET card = :card, paid = :paid",
        ExpressionAttributeValues: { ":card": { S: `${secret}-x` }, ":paid": { BOOL: true } },
      }),
    );
    await table.send(new DeleteItemCommand({ TableName, Key: { id: { S: "order-1" } } }));
  });

  it("is logged, a line per change, in the function's own log group", async () => {
    const lines = await changes(3);
    expect(lines.map(({ table, kind, changedAttributes }) => [table, kind, changedAttributes])).toEqual([
      [outputs.tableName, "INSERT", undefined],
      [outputs.tableName, "MODIFY", ["card", "paid"]],
      [outputs.tableName, "REMOVE", undefined],
    ]);
    expect(new Set(lines.map(({ keyDigest }) => keyDigest)).size).toBe(1);
    expect(lines[0]!.keyDigest).toMatch(/^[0-9a-f]{32}$/);
  });

  it("is counted, in the format of which CloudWatch makes metrics", async () => {
    await changes(3);
    const metrics = (await log()).filter(({ _aws }) => _aws);
    const counted = (name: string) => metrics.reduce((sum, line) => sum + Number(line[name] ?? 0), 0);
    const names = ["ItemsInserted", "ItemsModified", "ItemsRemoved", "ItemsExpired"];
    expect(names.map(counted)).toEqual([1, 1, 1, 0]);
    for (const { _aws, TableName } of metrics) {
      const { Namespace, Dimensions } = _aws!.CloudWatchMetrics[0]!;
      expect([Namespace, Dimensions, TableName]).toEqual([outputs.metricNamespace, [["TableName"]], outputs.tableName]);
    }
  });

  it("is nowhere in the log", async () => {
    const text = JSON.stringify(await log());
    expect(text).toContain("item change");
    expect(text).not.toMatch(new RegExp(`${secret}|order-1`));
  });
});

it.runIf(process.platform === "linux")("function and emulator listen on the loopback interface only", async () => {
  await changes(3);
  const processes = processesBelow(process.pid);
  const emulator = processes.find(({ command }) => command.includes("ministack_server.py"))!;
  const below = processesBelow(emulator.pid);
  expect(
    below.some(({ command }) => /\bnode\b/.test(command)),
    "a process of the function",
  ).toBe(true);
  const addresses = [emulator, ...below].flatMap(({ pid }) => listensAt(pid));
  expect(addresses.length).toBeGreaterThan(0);
  expect(addresses.filter((address) => !isLoopback(address))).toEqual([]);
});

it("a record that it cannot process is reported by its number, without a value", async () => {
  const good = streamRecord({ eventName: "INSERT", keys: { id: { S: "order-2" } } });
  const poison = { ...streamRecord({ keys: { id: { S: secret } } }), eventName: "UPSERT" };
  const { Payload, FunctionError } = await engine.provider.account.client(LambdaClient).send(
    new InvokeCommand({
      FunctionName: outputs.functionArn,
      Payload: JSON.stringify({ Records: [good, poison] }),
    }),
  );
  const { SequenceNumber } = poison.dynamodb!;
  expect(FunctionError).toBeUndefined();
  expect(JSON.parse(new TextDecoder().decode(Payload))).toEqual({
    batchItemFailures: [{ itemIdentifier: SequenceNumber }],
  });
  const refused = await until(log, (lines) => lines.some(({ message }) => message === "record not processed"));
  expect(refused.filter(({ message }) => message === "record not processed")).toMatchObject([
    { sequenceNumber: SequenceNumber, reason: "stream record: eventName is not INSERT, MODIFY, REMOVE" },
  ]);
  expect(JSON.stringify(refused)).not.toContain(secret);
});

it("records of a failing function go to a queue, and hold up nothing behind them", async () => {
  const { account } = engine.provider;
  const lambda = account.client(LambdaClient);
  const { QueueUrl } = await account.client(SQSClient).send(new CreateQueueCommand({ QueueName: "failed" }));
  const get = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] });
  const Destination = (await account.client(SQSClient).send(get)).Attributes!.QueueArn;
  // ministack knows no bucket as a destination, and only this way there. Below AWS's least age, so that nobody waits.
  await lambda.send(
    new UpdateEventSourceMappingCommand({
      UUID: outputs.mappingId,
      MaximumRecordAgeInSeconds: 1,
      DestinationConfig: { OnFailure: { Destination } },
    }),
  );
  const FunctionName = outputs.functionArn;
  const working = (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).Environment!.Variables!;
  const set = (Variables: { [name: string]: string }) =>
    lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  const write = (id: string) =>
    account
      .client(DynamoDBClient)
      .send(new PutItemCommand({ TableName: outputs.tableName, Item: { id: { S: id }, card: { S: secret } } }));

  await set({ ...working, POWERTOOLS_METRICS_NAMESPACE: "AWS/Reserved" });
  await write("order-3");
  const receive = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 });
  const [message] = await until(
    async () => (await account.client(SQSClient).send(receive)).Messages ?? [],
    (messages) => messages.length > 0,
  );
  const { Table } = await account
    .client(DynamoDBClient)
    .send(new DescribeTableCommand({ TableName: outputs.tableName }));
  expect(JSON.parse(message!.Body!)).toMatchObject({
    requestContext: { functionArn: outputs.functionArn },
    DDBStreamBatchInfo: { batchSize: 1, streamArn: Table!.LatestStreamArn },
  });
  expect(message!.Body).not.toContain(secret);

  const before = (await changes(0)).length;
  await set(working);
  await write("order-4");
  expect((await changes(before + 1)).slice(before).map(({ kind }) => kind)).toEqual(["INSERT"]);
});

/** The function's log, oldest line first; what is not JSON is the emulator's own. */
async function log(): Promise<LogLine[]> {
  const filter = new FilterLogEventsCommand({ logGroupName: outputs.logGroupName });
  const { events = [] } = await engine.provider.account.client(CloudWatchLogsClient).send(filter);
  return events.flatMap(({ message }) => (message?.startsWith("{") ? [JSON.parse(message) as LogLine] : []));
}

/** Lines about item changes, once there are so many. */
async function changes(atLeast: number): Promise<LogLine[]> {
  const find = async () => (await log()).filter(({ message }) => message === "item change");
  return until(find, (lines) => lines.length >= atLeast);
}

async function until<T>(look: () => Promise<T>, enough: (found: T) => boolean): Promise<T> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const found = await look();
    if (enough(found)) return found;
    if (Date.now() > deadline) throw new Error(`not in two minutes: ${JSON.stringify(found)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
