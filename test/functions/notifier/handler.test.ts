// Proves: the function as it is deployed, with the clients' `send` in place of the network: what it calls, with which
// inputs, that a wrong environment stops it at its start, and that it fails where people could not be told, so that Lambda
// hands the invocation to the failure destination. Does not prove: AWS's answers.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SecurityHubClient } from "@aws-sdk/client-securityhub";
import { SNSClient } from "@aws-sdk/client-sns";
import type { Context } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readEnvironment } from "../../../functions/notifier/environment";
import { account, deleteBackup, region } from "../../support/events";
import { alarmEvent, deployed, eventBridgeEvent, FakeLogs, FakeTable, snsEvent, t0 } from "./support";

const folder = mkdtempSync(join(tmpdir(), "notifier-"));
writeFileSync(join(folder, "detections.json"), JSON.stringify(deployed()));
const variables = {
  ALERT_TOPIC: `arn:aws:sns:${region}:${account}:alert`,
  ALERT_BUS: `arn:aws:events:${region}:${account}:event-bus/findings`,
  LOG_GROUP: "audit",
  STATE_TABLE: "state",
  CANARY_METRIC: "canary-seen",
  SECURITY_HUB: "true",
  POWERTOOLS_METRICS_NAMESPACE: "detective/test/notifier",
  LAMBDA_TASK_ROOT: folder,
  AWS_REGION: region,
};

interface Call {
  name: string;
  input: Record<string, never>;
}
let calls: Call[];
let output: string;
let failing: Set<string>;
let logs: FakeLogs;

/** Runs the function in a fresh module, as a cold start does. */
async function start(changed: Record<string, string> = {}) {
  vi.resetModules();
  for (const [name, value] of Object.entries({ ...variables, ...changed })) vi.stubEnv(name, value);
  const { handler } = await import("../../../functions/notifier/handler.js");
  return (event: unknown) => handler(event, { awsRequestId: "1", functionName: "notifier" } as Context);
}

beforeEach(() => {
  calls = [];
  output = "";
  failing = new Set();
  logs = new FakeLogs();
  const table = new FakeTable();
  const answer = async (command: { constructor: { name: string }; input: unknown }, by: () => Promise<object>) => {
    const name = command.constructor.name;
    calls.push({ name, input: command.input as never });
    if (failing.has(name)) throw Object.assign(new Error("no"), { name: "ServiceUnavailableException" });
    return by();
  };
  const fake = (prototype: { send: unknown }, by: (command: never) => Promise<object>) =>
    vi
      .spyOn(prototype as { send(command: never): Promise<object> }, "send")
      .mockImplementation((command) => answer(command, () => by(command)));
  fake(DynamoDBClient.prototype, (command) => table.send(command));
  fake(CloudWatchLogsClient.prototype, (command: { constructor: { name: string }; input: unknown }) =>
    command.constructor.name === "FilterLogEventsCommand" ? logs.send(command) : Promise.resolve({}),
  );
  fake(SNSClient.prototype, async () => ({ MessageId: "1" }));
  fake(EventBridgeClient.prototype, async () => ({ Entries: [{ EventId: "1" }], FailedEntryCount: 0 }));
  fake(SecurityHubClient.prototype, async () => ({ FailedCount: 0, SuccessCount: 1, UnprocessedFindings: [] }));
  const write = (text: unknown) => {
    output += String(text);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(write);
  vi.spyOn(process.stderr, "write").mockImplementation(write);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const inputOf = (name: string) => calls.find((call) => call.name === name)!.input as Record<string, unknown>;
const metricLines = () =>
  output
    .split("\n")
    .filter((line) => line.includes('"_aws"'))
    .map((line) => JSON.parse(line) as { _aws: { CloudWatchMetrics: object[] } });
const metrics = () => metricLines().flatMap((line) => Object.keys(line).filter((key) => /^[A-Z]/.test(key)));

describe("the handler", () => {
  it("tells every channel of an alarm", async () => {
    const handler = await start();
    const deleted = deleteBackup({ eventTime: new Date(t0 - 120_000).toISOString() });
    logs.deliver(deleted, t0 - 60_000);
    await handler(alarmEvent("backup-deleted"));
    expect(inputOf("FilterLogEventsCommand")).toMatchObject({ logGroupName: "audit" });
    const published = inputOf("PublishCommand");
    expect(published).toMatchObject({
      TopicArn: variables.ALERT_TOPIC,
      MessageStructure: "json",
      MessageAttributes: {
        severity: { DataType: "String", StringValue: "high" },
        detection: { DataType: "String", StringValue: "backup-deleted" },
        kind: { DataType: "String", StringValue: "alert" },
      },
    });
    const { Entries } = inputOf("PutEventsCommand") as { Entries: { Detail: string }[] };
    expect(Entries[0]).toMatchObject({
      EventBusName: variables.ALERT_BUS,
      Source: "dynamodb-detective",
      DetailType: "DynamoDB Alert",
    });
    expect(JSON.parse(Entries[0]!.Detail)).toEqual(JSON.parse(JSON.parse(String(published["Message"])).sqs));
    expect(inputOf("BatchImportFindingsCommand")).toMatchObject({
      Findings: [{ Id: `backup-deleted:${deleted.eventID}` }],
    });
    expect(metrics()).toContain("AlertsPublished");
  });

  it("closes what it opened when the alarm is over", async () => {
    const handler = await start();
    logs.deliver(deleteBackup({ eventTime: new Date(t0 - 120_000).toISOString() }), t0 - 60_000);
    await handler(alarmEvent("backup-deleted"));
    await handler(alarmEvent("backup-deleted", { state: "OK", at: t0 + 60_000 }));
    expect(calls.filter(({ name }) => name === "PublishCommand")).toHaveLength(2);
    expect(inputOf("BatchUpdateFindingsCommand")).toMatchObject({ Note: { UpdatedBy: "dynamodb-detective" } });
  });

  it("uses neither bus nor Security Hub where they are switched off", async () => {
    const handler = await start({ ALERT_BUS: "", SECURITY_HUB: "false" });
    await handler(eventBridgeEvent(deleteBackup()));
    expect(calls.map(({ name }) => name)).toContain("PublishCommand");
    expect(calls.map(({ name }) => name)).not.toContain("PutEventsCommand");
    expect(calls.map(({ name }) => name)).not.toContain("BatchImportFindingsCommand");
  });

  it("fails where people cannot be told: Lambda hands the alarm to the failure destination", async () => {
    const handler = await start();
    failing.add("PublishCommand");
    await expect(handler(alarmEvent("backup-deleted", { name: "x" }))).rejects.toThrow();
    await expect(handler(eventBridgeEvent(deleteBackup()))).rejects.toThrow();
    await expect(handler(snsEvent("hello"))).rejects.toThrow();
    expect(output).toContain("not everything was told");
  });

  it("tells people whatever else fails", async () => {
    const handler = await start();
    for (const name of ["PutItemCommand", "QueryCommand", "FilterLogEventsCommand"]) failing.add(name);
    await handler(alarmEvent("backup-deleted"));
    const { email } = JSON.parse(String(inputOf("PublishCommand")["Message"]));
    expect(email).toContain("could not be looked up: ServiceUnavailableException");
    expect(metrics()).toEqual(expect.arrayContaining(["StateFailures", "AlarmsWithoutEvents"]));
  });

  it("fails at the end where only a copy was not taken", async () => {
    const handler = await start();
    failing.add("BatchImportFindingsCommand");
    await expect(handler(eventBridgeEvent(deleteBackup()))).rejects.toThrow();
    expect(calls.filter(({ name }) => name === "PublishCommand")).toHaveLength(1);
  });

  it("sends the canary to its own stream, and makes that where it is not there", async () => {
    const handler = await start();
    await handler({ kind: "canary" });
    expect(inputOf("PutLogEventsCommand")).toMatchObject({
      logGroupName: "audit",
      logStreamName: "dynamodb-detective-canary",
    });
    calls = [];
    vi.spyOn(CloudWatchLogsClient.prototype as { send(command: unknown): unknown }, "send").mockImplementation(
      (command) => {
        const { name } = (command as object).constructor;
        calls.push({ name, input: {} });
        if (calls.length === 1) throw Object.assign(new Error("no stream"), { name: "ResourceNotFoundException" });
        return Promise.resolve({});
      },
    );
    await handler({ kind: "canary" });
    expect(calls.map(({ name }) => name)).toEqual([
      "PutLogEventsCommand",
      "CreateLogStreamCommand",
      "PutLogEventsCommand",
    ]);
  });

  it("sends the canary on in a form that chat drops and filters keep from people", async () => {
    const handler = await start();
    await handler(alarmEvent("canary-seen", { name: "canary" }));
    const { Message, MessageAttributes, MessageStructure } = inputOf("PublishCommand");
    expect(() => JSON.parse(String(Message))).toThrow();
    expect([MessageStructure, MessageAttributes]).toEqual([
      undefined,
      { kind: { DataType: "String", StringValue: "canary" } },
    ]);
    await handler(snsEvent(String(Message), { kind: "canary" }));
    expect(metrics()).toContain("CanaryReturned");
    // The alarm for its absence reads the metric without dimensions, which EMF says by one empty set of them.
    for (const { _aws } of metricLines()) {
      expect(_aws.CloudWatchMetrics).toMatchObject([{ Namespace: "detective/test/notifier", Dimensions: [[]] }]);
    }
  });

  it("shows no value of an item, wherever it logs", async () => {
    const handler = await start();
    const secret = { requestParameters: { key: { email: { s: "v-hidden" } }, backupArn: "x" } };
    await handler(eventBridgeEvent(deleteBackup(secret)));
    expect(JSON.stringify([calls.map(({ input }) => input), output])).not.toContain("v-hidden");
  });
});

describe("the environment", () => {
  it.each(Object.keys(variables).filter((name) => !/LAMBDA|REGION|BUS|HUB/.test(name)))("needs %s", (name) => {
    expect(() => readEnvironment({ ...variables, [name]: "" })).toThrow(name);
  });

  it.each([
    ["ALERT_TOPIC", "alert"],
    ["ALERT_BUS", "default"],
    ["LOG_GROUP", "a b"],
    ["STATE_TABLE", "x"],
    ["SECURITY_HUB", "yes"],
    ["POWERTOOLS_METRICS_NAMESPACE", "AWS/Lambda"],
    ["CANARY_METRIC", "a b"],
  ])("%s may not be %j", (name, value) => {
    expect(() => readEnvironment({ ...variables, [name]: value })).toThrow(`${name}: ${JSON.stringify(value)} is not`);
  });

  it("stops the function at its start where it is wrong", async () => {
    await expect(start({ ALERT_TOPIC: "nowhere" })).rejects.toThrow("ALERT_TOPIC");
  });
});
