// Proves: with every part switched on, that the real engine registers what the offline preview says, input by input, and
// with the same verdicts; and that what boto3 reads from the account afterwards is wired as meant, with policies that
// admit the intended services and nobody else. Does not prove: that AWS takes the same calls, or acts on them.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Preview, preview } from "../../../offline/preview";
import { packageRoot } from "../../../tools/freshness";
import { differences, type Registered } from "../engine/equality";
import { rootConfig, rootStack } from "../engine/programs";
import { Engine, type EngineStack, type Outcome } from "../engine/stack";
import { awsResources, type StateResource } from "../engine/state";
import { makeTable } from "../engine/tables";
import { type AccountContents, emptyAccount, type Policy, readAccount } from "../reader/account";

let engine: Engine;
let stack: EngineStack;
let up: Outcome;
let offline: Preview;
let deployed: StateResource[];
let account: AccountContents;

const project = "dynamodb-detective";
const folder = mkdtempSync(join(tmpdir(), "e2e-config-"));

beforeAll(async () => {
  await emptyAccount();
  engine = await Engine.start();
  const config = {
    emails: ["security@example.com"],
    healthEmails: ["oncall@example.com"],
    tags: { Team: "security" },
    createConfigServiceLinkedRole: true,
    keyReaderArns: ["arn:aws:iam::123456789012:role/forensics"],
    streamMonitor: { tables: [{ streamArn: await makeTable(engine, "orders") }] },
  };
  stack = await engine.stack(rootStack(config));
  up = await stack.up();
  expect(up.succeeded, up.text).toBe(true);
  deployed = awsResources(await stack.export());
  account = await readAccount();

  const configFile = join(folder, "Pulumi.dev.yaml");
  writeFileSync(configFile, JSON.stringify({ config: rootConfig(config) }));
  offline = await preview({
    folder: packageRoot,
    stack: "dev",
    configFile,
    resolved: true,
    packFolder: inject("pack"),
  });
});
afterAll(() => {
  engine?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("the offline preview says what the engine does", () => {
  it("registers the same resources", () => {
    const aws = offline.resources.filter(({ type }) => type.startsWith("aws:"));
    expect(deployed.map(({ urn }) => urn).sort()).toEqual(aws.map(({ urn }) => urn).sort());
  });

  it("gives each the same inputs", () => {
    const aws = offline.resources.filter(({ type }) => type.startsWith("aws:")) as Registered[];
    expect(differences(deployed, aws)).toEqual({});
  });

  it("comes to the same verdicts", () => {
    expect([up.verdicts, offline.violations, offline.undecided]).toEqual([[], [], []]);
  });
});

describe("boto3 reads", () => {
  it("one trail that logs what was meant", () => {
    const [trail, ...others] = Object.values(account.trails);
    expect(others).toEqual([]);
    expect(trail).toMatchObject({ IsLogging: true, IsMultiRegionTrail: true, LogFileValidationEnabled: true });
    const fields = trail!.Selectors.map(({ Name, FieldSelectors }) => [
      Name,
      Object.fromEntries(FieldSelectors.map(({ Field, Equals, NotEquals }) => [Field, Equals ?? { not: NotEquals }])),
    ]);
    expect(Object.fromEntries(fields)).toEqual({
      "Management events selector": { eventCategory: ["Management"] },
      "table-data": {
        eventCategory: ["Data"],
        "resources.type": ["AWS::DynamoDB::Table"],
        eventName: { not: ["GetRecords", "GetShardIterator"] },
      },
      "stream-data": {
        eventCategory: ["Data"],
        "resources.type": ["AWS::DynamoDB::Stream"],
        eventName: ["GetRecords", "GetShardIterator"],
      },
    });
  });

  it("a trail whose bucket, key, log group and role exist", () => {
    const trail = Object.values(account.trails)[0]!;
    expect(Object.keys(account.buckets)).toContain(trail.S3BucketName);
    expect(account.keys[trail.KmsKeyId]).toMatchObject({ State: "Enabled", Rotation: true });
    expect(Object.values(account.logGroups).map(({ arn }) => arn)).toContain(trail.CloudWatchLogsLogGroupArn);
    expect(Object.values(account.roles).map(({ Arn }) => Arn)).toContain(trail.CloudWatchLogsRoleArn);
  });

  it("log groups and evidence encrypted with keys of the account", () => {
    const ownKeys = Object.keys(account.keys);
    for (const { kmsKeyId } of Object.values(account.logGroups)) expect(ownKeys).toContain(kmsKeyId);
    for (const { KmsMasterKeyId } of [...Object.values(account.topics), ...Object.values(account.queues)]) {
      expect(ownKeys).toContain(KmsMasterKeyId);
    }
    const used = Object.entries(account.buckets).map(([name, { Encryption }]) => {
      const byDefault = Encryption![0]!.ApplyServerSideEncryptionByDefault;
      // S3 writes access logs into buckets with SSE-S3 only.
      return name.includes("-access-")
        ? byDefault.SSEAlgorithm === "AES256"
        : ownKeys.includes(byDefault.KMSMasterKeyID!);
    });
    expect(used).toEqual([true, true, true, true]);
  });

  it("alarms that notify topics that exist and have a subscriber", () => {
    const listened = new Set(Object.values(account.subscriptions).map(({ TopicArn }) => TopicArn));
    expect(Object.keys(account.alarms).length).toBeGreaterThanOrEqual(15);
    for (const [name, { AlarmActions, OKActions, ActionsEnabled }] of Object.entries(account.alarms)) {
      expect([name, AlarmActions.length, ActionsEnabled]).toEqual([name, 1, true]);
      for (const topic of [...AlarmActions, ...OKActions]) {
        expect(Object.keys(account.topics), name).toContain(topic);
        expect([...listened], name).toContain(topic);
      }
    }
  });

  it("an alarm for every metric that a filter writes, on log groups that exist", () => {
    for (const [name, { logGroupName, metricTransformations }] of Object.entries(account.metricFilters)) {
      expect(Object.keys(account.logGroups), name).toContain(logGroupName);
      const { metricName, metricNamespace } = metricTransformations[0]!;
      const alarms = Object.values(account.alarms).filter(
        ({ MetricName, Namespace, Metrics }) =>
          (MetricName === metricName && Namespace === metricNamespace) ||
          Metrics?.some(({ Expression = "" }) =>
            Expression.includes(`SUM("${metricName}") FROM SCHEMA("${metricNamespace}"`),
          ),
      );
      expect(alarms, name).toHaveLength(1);
    }
  });

  it("every alarm on a queue, function, rule, mapping or log group that exists", () => {
    const known: { [dimension: string]: string[] } = {
      LogGroupName: Object.keys(account.logGroups),
      QueueName: Object.keys(account.queues).map((arn) => arn.split(":").pop()!),
      FunctionName: Object.keys(account.functions),
      RuleName: Object.keys(account.eventRules),
    };
    const dimensions = Object.values(account.alarms).flatMap(({ Dimensions = [] }) => Dimensions);
    expect(new Set(dimensions.map(({ Name }) => Name))).toEqual(new Set(Object.keys(known)));
    for (const { Name, Value } of dimensions) expect(known[Name]).toContain(Value);
  });

  it("subscriptions whose undelivered messages go to the queue", () => {
    const [queue] = Object.keys(account.queues);
    const subscriptions = Object.values(account.subscriptions);
    expect(subscriptions.map(({ Protocol, Endpoint }) => `${Protocol} ${Endpoint}`).sort()).toEqual([
      "email oncall@example.com",
      "email security@example.com",
    ]);
    for (const { RedrivePolicy } of subscriptions) {
      expect(JSON.parse(RedrivePolicy!)).toEqual({ deadLetterTargetArn: queue });
    }
  });

  it("rules that send what each Config rule finds to a topic, once, with the queue behind it", () => {
    const rules = Object.values(account.eventRules);
    for (const { State, Targets } of rules) {
      expect(State).toBe("ENABLED");
      expect(Targets).toHaveLength(1);
      expect(Object.keys(account.topics)).toContain(Targets[0]!.Arn);
      expect(Object.keys(account.queues)).toContain(Targets[0]!.DeadLetterConfig!.Arn);
    }
    const heard = rules.flatMap(
      ({ EventPattern }) =>
        (JSON.parse(EventPattern) as { detail: { configRuleName: string[] } }).detail.configRuleName,
    );
    expect(heard.sort()).toEqual(Object.keys(account.configRules).sort());
  });

  it("a recorder that records tables, into a bucket that exists", () => {
    const [recorder] = Object.values(account.configRecorders);
    expect(recorder!.Recording).toBe(true);
    expect(recorder!.recordingGroup.resourceTypes).toContain("AWS::DynamoDB::Table");
    expect(Object.keys(account.buckets)).toContain(Object.values(account.deliveryChannels)[0]!.s3BucketName);
  });

  it("a function that reads the table's stream and keeps what it could not process", () => {
    const [mapping] = Object.values(account.mappings);
    expect(mapping!.EventSourceArn).toBe(account.tables["orders"]!.LatestStreamArn);
    expect(mapping!.FunctionArn).toContain(`:function:${Object.keys(account.functions)[0]}`);
    const [bucket] = Object.keys(account.buckets).filter(
      (name) => name.includes("-failures-") && !name.includes("-access-"),
    );
    expect(mapping!.DestinationConfig.OnFailure.Destination).toBe(`arn:aws:s3:::${bucket}`);
    expect(Object.values(account.roles).map(({ Arn }) => Arn)).toContain(Object.values(account.functions)[0]!.Role);
  });
});

describe("policies as boto3 reads them", () => {
  const root = "arn:aws:iam::123456789012:root";
  const reader = "arn:aws:iam::123456789012:role/forensics";

  it.each([
    ["topic for alarms", () => account.topics[arnOf("-alerts-alarm")]!.Policy, [root, "cloudwatch"]],
    ["topic for alerts", () => account.topics[arnOf("-alerts-alert")]!.Policy, [root, "cloudwatch", "events"]],
    ["topic for health", () => account.topics[arnOf("-alerts-health")]!.Policy, [root, "cloudwatch"]],
    ["dead-letter queue", () => Object.values(account.queues)[0]!.Policy!, ["events", "sns"]],
    ["key of the alerts", () => account.keys[arnOf("-alerts-key")]!.Policy, [root, "cloudwatch", "events", "sns"]],
    [
      "key of the trail",
      () => account.keys[arnOf("-trail-key")]!.Policy,
      [reader, root, "cloudtrail", "config", "logs.us-east-1"],
    ],
    ["key of the stream monitor", () => account.keys[arnOf("-streams-key")]!.Policy, [root, "logs.us-east-1"]],
    ["evidence bucket", () => account.buckets[arnOf("-trail-logs-bucket")]!.Policy!, ["cloudtrail", "config"]],
    ["its access logs", () => account.buckets[arnOf("-trail-logs-access-bucket")]!.Policy!, ["logging.s3"]],
    ["failure bucket", () => account.buckets[arnOf("-streams-failures-bucket")]!.Policy!, []],
    ["its access logs", () => account.buckets[arnOf("-streams-failures-access-bucket")]!.Policy!, ["logging.s3"]],
    ["delivery role", () => account.roles[arnOf("-trail-delivery-role")]!.Trust, ["cloudtrail"]],
    ["function's role", () => account.roles[arnOf("-streams-role")]!.Trust, ["lambda"]],
  ] as const)("%s admits the intended and nobody else", (_, policy, admitted) => {
    expect(admittedBy(policy())).toEqual([...admitted].sort());
  });

  it("services act for this account only", () => {
    for (const [name, { Policy }] of [...Object.entries(account.topics), ...Object.entries(account.buckets)]) {
      for (const { Effect, Principal, Condition } of Policy!.Statement) {
        if (Effect !== "Allow" || typeof Principal === "string" || !Principal?.Service) continue;
        const text = JSON.stringify(Condition ?? {});
        expect(text, name).toMatch(/aws:Source(Account|Arn)/);
        expect(text, name).toMatch(/123456789012|arn:aws:s3:::/);
      }
    }
  });

  /** Id or ARN of the resource whose logical name ends like this, as the reader names it. */
  function arnOf(suffix: string): string {
    const [found, ...others] = deployed.filter(({ urn }) => urn.endsWith(`${project}${suffix}`));
    expect([suffix, found !== undefined, others]).toEqual([suffix, true, []]);
    const { type, id, outputs } = found!;
    return type.startsWith("aws:s3/") || type.startsWith("aws:iam/") ? id! : String(outputs!["arn"]);
  }
});

/** Principals that a policy lets do anything, services without their domain. */
function admittedBy({ Statement }: Policy): string[] {
  const principals = Statement.filter(({ Effect }) => Effect === "Allow").flatMap(({ Principal }) =>
    typeof Principal === "string" ? [Principal] : [Principal?.Service ?? [], Principal?.AWS ?? []].flat(),
  );
  return [...new Set(principals)].map((principal) => principal.replace(/\.amazonaws\.com$/, "")).sort();
}
