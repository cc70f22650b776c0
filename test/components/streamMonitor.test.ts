// Proves: what is registered for given tables, which permissions the function's role gets, that no record can block a shard
// or be lost without an alarm, and that wrong arguments stop before anything is registered. Does not prove: how AWS Lambda
// reads a stream; what the function does with a record is in test/functions/streamMonitor.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EvidencePolicy } from "../../components/evidence";
import {
  GuardedChange,
  KeyDisplay,
  StreamMonitor,
  type StreamMonitorArgs,
  StreamStartingPosition,
  validateStreamMonitor,
} from "../../components/streamMonitor";
import { keyStatements, streamStatements } from "../../components/streamMonitor/permissions";
import {
  functionName,
  type MappingSettings,
  planMapping,
  planMonitor,
  ranges,
} from "../../components/streamMonitor/plan";
import {
  arrivedStreamArn,
  checkViewType,
  type MonitoredTableArgs,
  planTables,
} from "../../components/streamMonitor/tables";
import { itemDetectionById, type WatchedTable } from "../../detections";
import { account, deploy, randomSuffix, refused, region, resolved, unknown } from "./support/mocks";

const tableArn = (name: string, at = region) => `arn:aws:dynamodb:${at}:${account}:table/${name}`;
const streamArn = (name: string, at = region) => `${tableArn(name, at)}/stream/2026-11-01T00:00:00.000`;
const keyArn = (id: string) => `arn:aws:kms:${region}:${account}:key/${id}`;
const healthTopicArn = `arn:aws:sns:${region}:${account}:health`;
const orders = { streamArn: streamArn("orders") };
const customers = { streamArn: streamArn("customers"), keyArn: keyArn("customers") };

const mappingType = "aws:lambda/eventSourceMapping:EventSourceMapping";
const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const policyType = "aws:iam/rolePolicy:RolePolicy";
const functionType = "aws:lambda/function:Function";

type Settings = Parameters<typeof deploy>[1];
const outputs = (type: string, name: string) => (type === mappingType ? { uuid: `uuid-of-${name}` } : undefined);
const monitor = (args: StreamMonitorArgs, settings: Settings = {}) =>
  deploy(() => new StreamMonitor("streams", args), { outputs, ...settings });

describe("the monitor", () => {
  it("has a key, a failure bucket, a function, a mapping and alarms", async () => {
    const deployment = await monitor({ tables: [orders], healthTopicArn });
    expect(deployment.children("streams")).toEqual([
      "aws:kms/key:Key streams-key",
      "aws:kms/alias:Alias streams-alias",
      "dynamodb-detective:index:SecureBucket streams-failures",
      "aws:cloudwatch/logGroup:LogGroup streams-log-group",
      "aws:iam/role:Role streams-role",
      "aws:iam/rolePolicy:RolePolicy streams-policy",
      "aws:lambda/function:Function streams-function",
      "aws:lambda/eventSourceMapping:EventSourceMapping streams-mapping-orders",
      "aws:cloudwatch/metricAlarm:MetricAlarm streams-errors",
      "aws:cloudwatch/metricAlarm:MetricAlarm streams-throttles",
      "aws:cloudwatch/metricAlarm:MetricAlarm streams-iterator-age",
      "aws:cloudwatch/metricAlarm:MetricAlarm streams-undelivered-failures",
      "aws:cloudwatch/metricAlarm:MetricAlarm streams-unprocessed-orders",
      "aws:cloudwatch/metricAlarm:MetricAlarm streams-mass-item-deletes-orders-alarm",
      "aws:cloudwatch/metricAlarm:MetricAlarm streams-mass-item-expiry-orders-alarm",
    ]);
    const { functionArn, failureBucketName, mappingIds, metricNamespace, logGroupName } = deployment.result;
    expect(await resolved(functionArn)).toBe(
      `arn:aws:lambda:${region}:${account}:function:detective-test-streams-m812p4`,
    );
    expect(await resolved(failureBucketName)).toBe(`detective-test-axc4o9-failed-${randomSuffix}`);
    expect(await resolved(mappingIds)).toEqual({ orders: "uuid-of-streams-mapping-orders" });
    expect(await resolved(metricNamespace)).toBe("detective/test/streams");
    expect(await resolved(logGroupName)).toBe(`detective-test-streams-m812p4-${randomSuffix}`);
  });

  it("bounds each mapping and keeps whole records of what fails", async () => {
    const deployment = await monitor({ tables: [orders] });
    const mapping = deployment.resource(mappingType, "streams-mapping-orders");
    expect(mapping.inputs).toEqual({
      eventSourceArn: streamArn("orders"),
      functionName: `arn:aws:lambda:${region}:${account}:function:detective-test-streams-m812p4`,
      startingPosition: "TRIM_HORIZON",
      batchSize: 100,
      maximumBatchingWindowInSeconds: 5,
      parallelizationFactor: 1,
      maximumRetryAttempts: 5,
      maximumRecordAgeInSeconds: 86_400,
      bisectBatchOnFunctionError: true,
      functionResponseTypes: ["ReportBatchItemFailures"],
      metricsConfig: { metrics: ["EventCount"] },
      destinationConfig: {
        onFailure: { destinationArn: `arn:aws:s3:::detective-test-axc4o9-failed-${randomSuffix}` },
      },
    });
    expect(mapping.options.dependsOn).toEqual(["streams-policy", "streams-failures-policy"]);
  });

  it("takes other settings of the mappings", async () => {
    const deployment = await monitor({
      tables: [orders],
      batchSize: 10,
      maximumBatchingWindowInSeconds: 0,
      parallelizationFactor: 2,
      maximumRetryAttempts: 0,
      maximumRecordAgeInSeconds: 3600,
      startingPosition: StreamStartingPosition.Latest,
      filterPatterns: ['{"eventName":["REMOVE"]}'],
    });
    expect(deployment.resource(mappingType, "streams-mapping-orders").inputs).toMatchObject({
      batchSize: 10,
      maximumBatchingWindowInSeconds: 0,
      parallelizationFactor: 2,
      maximumRetryAttempts: 0,
      maximumRecordAgeInSeconds: 3600,
      startingPosition: "LATEST",
      filterCriteria: { filters: [{ pattern: '{"eventName":["REMOVE"]}' }] },
    });
  });

  it("deploys the function from its sources, with its own encrypted log group", async () => {
    const deployment = await monitor({ tables: [orders], tags: { Team: "security" } });
    const lambda = deployment.resource(functionType, "streams-function");
    expect(lambda.options.dependsOn).toEqual(["streams-policy"]);
    const { code, ...inputs } = lambda.inputs;
    expect(code).toBeInstanceOf(pulumi.asset.AssetArchive);
    const logGroup = `detective-test-streams-m812p4-${randomSuffix}`;
    expect(inputs).toEqual({
      name: "detective-test-streams-m812p4",
      description: expect.any(String),
      role: `arn:aws:iam::${account}:role/detective-test-streams-m812p4-function`,
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      handler: "index.handler",
      memorySize: 256,
      timeout: 60,
      environment: {
        variables: {
          KEY_DISPLAY: "hashed",
          FINDINGS_BUS: "",
          TRAIL_LOG_GROUP: "",
          POWERTOOLS_METRICS_NAMESPACE: "detective/test/streams",
          POWERTOOLS_SERVICE_NAME: "stream-monitor",
          NODE_OPTIONS: "--enable-source-maps",
        },
      },
      loggingConfig: { logFormat: "JSON", applicationLogLevel: "INFO", systemLogLevel: "WARN", logGroup },
      tracingConfig: { mode: "PassThrough" },
      tags: { Team: "security" },
    });
    expect(deployment.resource("aws:cloudwatch/logGroup:LogGroup", "streams-log-group").inputs).toEqual({
      namePrefix: "detective-test-streams-m812p4-",
      logGroupClass: "STANDARD",
      retentionInDays: 365,
      kmsKeyId: keyArn("streams-key-id"),
      tags: { Team: "security" },
    });
    expect(deployment.policy("aws:iam/role:Role", "streams-role", "assumeRolePolicy").Statement).toEqual([
      { Sid: "Lambda", Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
  });

  it("takes other settings of the function", async () => {
    const deployment = await monitor({
      tables: [orders],
      keyDisplay: KeyDisplay.None,
      reservedConcurrency: 2,
      tracing: true,
      logRetentionDays: 30,
    });
    const { environment, ...inputs } = deployment.resource(functionType, "streams-function").inputs;
    expect(inputs).toMatchObject({ reservedConcurrentExecutions: 2, tracingConfig: { mode: "Active" } });
    expect(environment).toMatchObject({ variables: { KEY_DISPLAY: "none" } });
    const { inputs: group } = deployment.resource("aws:cloudwatch/logGroup:LogGroup", "streams-log-group");
    expect(group["retentionInDays"]).toBe(30);
    expect(deployment.policy(policyType, "streams-policy").Statement.at(-1)).toEqual({
      Sid: "Trace",
      Effect: "Allow",
      Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
      Resource: "*",
    });
  });

  it("lets the function do its work and nothing else", async () => {
    const deployment = await monitor({ tables: [orders, customers] });
    const bucket = `arn:aws:s3:::detective-test-axc4o9-failed-${randomSuffix}`;
    expect(deployment.policy(policyType, "streams-policy").Statement).toEqual([
      {
        Sid: "ReadStreams",
        Effect: "Allow",
        Action: ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
        Resource: [streamArn("customers"), streamArn("orders")],
      },
      { Sid: "ListStreams", Effect: "Allow", Action: "dynamodb:ListStreams", Resource: "*" },
      {
        Sid: "DecryptStreams",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:DescribeKey"],
        Resource: [keyArn("customers")],
        Condition: { StringEquals: { "kms:ViaService": `dynamodb.${region}.amazonaws.com` } },
      },
      { Sid: "KeepFailures", Effect: "Allow", Action: "s3:PutObject", Resource: `${bucket}/aws/lambda/*` },
      { Sid: "FindFailureBucket", Effect: "Allow", Action: "s3:ListBucket", Resource: bucket },
      {
        Sid: "EncryptFailures",
        Effect: "Allow",
        Action: "kms:GenerateDataKey",
        Resource: keyArn("streams-key-id"),
        Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
      },
      {
        Sid: "WriteLog",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `arn:aws:logs:${region}:${account}:log-group:detective-test-streams-m812p4-${randomSuffix}:*`,
      },
    ]);
  });

  it("encrypts failures and log, deletes failures in time, and keeps all or nothing on destroy", async () => {
    const kept = await monitor({ tables: [orders] });
    const gone = await monitor({ tables: [orders], evidence: EvidencePolicy.Delete, failureRetentionDays: 3 });
    const evidence = [
      ["aws:kms/key:Key", "streams-key"],
      ["aws:cloudwatch/logGroup:LogGroup", "streams-log-group"],
      ["aws:s3/bucket:Bucket", "streams-failures-bucket"],
    ] as const;
    expect(evidence.map(([type, name]) => kept.resource(type, name).options.retainOnDelete)).toEqual([
      true,
      true,
      true,
    ]);
    expect(evidence.map(([type, name]) => gone.resource(type, name).options.retainOnDelete)).toEqual(
      Array(3).fill(false),
    );

    const key = kept.resource("aws:kms/key:Key", "streams-key").inputs;
    expect(key).toMatchObject({ enableKeyRotation: true, deletionWindowInDays: 30 });
    const encryption = kept.resource(
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "streams-failures-encryption",
    );
    expect(JSON.stringify(encryption.inputs)).toContain(keyArn("streams-key-id"));
    const days = (deployment: typeof kept) =>
      JSON.stringify(
        deployment.resource(
          "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
          "streams-failures-lifecycle",
        ).inputs,
      ).match(/"expiration":\{"days":(\d+)\}/)?.[1];
    expect([days(kept), days(gone)]).toEqual(["14", "3"]);
  });

  it("uses a given key and makes none", async () => {
    const deployment = await monitor({ tables: [orders], kmsKeyArn: keyArn("given") });
    expect(deployment.ofType("aws:kms/key:Key")).toEqual([]);
    const { inputs } = deployment.resource("aws:cloudwatch/logGroup:LogGroup", "streams-log-group");
    expect(inputs["kmsKeyId"]).toBe(keyArn("given"));
  });

  it("reports its own failures to the health topic only", async () => {
    const deployment = await monitor({ tables: [orders], healthTopicArn });
    const alarms = deployment.ofType(alarmType).filter(({ inputs }) => /-health-/.test(String(inputs["name"])));
    expect(alarms.map(({ inputs }) => inputs["alarmActions"])).toEqual(Array(5).fill([healthTopicArn]));
    const onFunction = alarms.slice(0, 4).map(({ inputs }) => inputs);
    expect(
      onFunction.map(({ name, metricName, statistic, threshold, evaluationPeriods, period }) => [
        name,
        metricName,
        statistic,
        threshold,
        `${evaluationPeriods} x ${period}`,
      ]),
    ).toEqual([
      ["detective-test-streams-m812p4-health-errors", "Errors", "Sum", 0, "1 x 300"],
      ["detective-test-streams-m812p4-health-throttles", "Throttles", "Sum", 0, "3 x 300"],
      ["detective-test-streams-m812p4-health-iterator-age", "IteratorAge", "Maximum", 3_600_000, "3 x 300"],
      ["detective-test-streams-m812p4-health-undelivered-failures", "DestinationDeliveryFailures", "Sum", 0, "1 x 300"],
    ]);
    for (const inputs of onFunction) {
      expect(inputs).toMatchObject({
        namespace: "AWS/Lambda",
        dimensions: { FunctionName: "detective-test-streams-m812p4" },
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching",
      });
    }
    const metric = (id: string, metricName: string) => ({
      id,
      metric: {
        namespace: "AWS/Lambda",
        metricName,
        dimensions: { EventSourceMappingUUID: "uuid-of-streams-mapping-orders" },
        stat: "Sum",
        period: 300,
      },
    });
    expect(alarms[4]?.inputs).toEqual({
      name: "detective-test-streams-m812p4-health-unprocessed-orders",
      alarmDescription: expect.stringMatching(
        /table orders could not be processed.* redrive --bucket detective-test-axc4o9-failed-/,
      ),
      metricQueries: [
        { id: "unprocessed", expression: "FILL(kept, 0) + FILL(lost, 0)", label: "unprocessed", returnData: true },
        metric("kept", "OnFailureDestinationDeliveredEventCount"),
        metric("lost", "DroppedEventCount"),
      ],
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: [healthTopicArn],
    });
  });

  it("shows its alarms in CloudWatch only when there is no topic", async () => {
    const alarms = (await monitor({ tables: [orders] })).ofType(alarmType);
    expect(alarms.map(({ inputs }) => inputs["alarmActions"])).toEqual(Array(7).fill(undefined));
  });
});

describe("detections", () => {
  const alarmTopicArn = `arn:aws:sns:${region}:${account}:alarms`;
  const findingsBusArn = `arn:aws:events:${region}:${account}:event-bus/findings`;
  const guarded: MonitoredTableArgs = {
    ...orders,
    streamViewType: "NEW_AND_OLD_IMAGES",
    guardedAttributes: ["status", "limits.daily"],
    timeToLiveAttribute: "expiresAt",
    confidential: true,
  };
  const alarmsOf = (deployment: Awaited<ReturnType<typeof monitor>>) =>
    deployment.ofType(alarmType).filter(({ inputs }) => inputs["namespace"] === "detective/test/streams");
  const tablesOf = async (deployment: Awaited<ReturnType<typeof monitor>>): Promise<WatchedTable[]> => {
    const { code } = deployment.resource(functionType, "streams-function").inputs;
    const assets = await (code as pulumi.asset.AssetArchive).assets;
    return JSON.parse(await (assets["tables.json"] as pulumi.asset.StringAsset).text);
  };

  it("have an alarm per table that needs them, named like other alarms, on the metric of the function", async () => {
    const deployment = await monitor({ tables: [guarded, customers], alarmTopicArn, runbookUrl: "https://runbooks" });
    expect(alarmsOf(deployment).map(({ name }) => name)).toEqual([
      "streams-mass-item-deletes-orders-alarm",
      "streams-guarded-attribute-changed-orders-alarm",
      "streams-confidential-table-changed-orders-alarm",
      "streams-mass-item-expiry-orders-alarm",
      "streams-item-expiry-lowered-orders-alarm",
      "streams-mass-item-deletes-customers-alarm",
      "streams-mass-item-expiry-customers-alarm",
    ]);
    expect(alarmsOf(deployment)[0]?.inputs).toEqual({
      name: "detective-test-streams-m812p4-high-mass-item-deletes-orders",
      alarmDescription: [
        "[HIGH] Many items deleted: more than 100 in 5 minutes.",
        itemDetectionById("mass-item-deletes")?.impact,
        "First step: Run the query of the finding: it names the callers of these minutes.",
        `Table orders. Account ${account}, Region ${region}.`,
        "Runbook: https://runbooks/mass-item-deletes.md",
      ].join("\n"),
      namespace: "detective/test/streams",
      metricName: "mass-item-deletes",
      dimensions: { TableName: "orders" },
      statistic: "Sum",
      period: 300,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 100,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      alarmActions: [alarmTopicArn],
    });
    expect(Object.keys((await resolved(deployment.result.alarmArns)) as object)).toContain(
      "mass-item-expiry/customers",
    );
  });

  it("reach the function beside its bundle", async () => {
    expect(await tablesOf(await monitor({ tables: [guarded, customers] }))).toEqual([
      {
        tableArn: tableArn("orders"),
        detections: [
          expect.objectContaining({ id: "mass-item-deletes", rule: { kind: "counted", changes: ["REMOVE"] } }),
          {
            id: "guarded-attribute-changed",
            title: "Guarded attribute changed",
            severity: "high",
            threshold: 0,
            periodSeconds: 60,
            rule: { kind: "guarded-attributes", attributes: ["status", "limits.daily"], changes: ["MODIFY"] },
          },
          expect.objectContaining({
            id: "confidential-table-changed",
            rule: { kind: "counted", changes: ["INSERT", "MODIFY", "REMOVE"] },
          }),
          expect.objectContaining({ id: "mass-item-expiry" }),
          expect.objectContaining({
            id: "item-expiry-lowered",
            rule: { kind: "expiry-lowered", attribute: "expiresAt", withinSeconds: 86_400 },
          }),
        ],
      },
      {
        tableArn: tableArn("customers"),
        detections: [
          expect.objectContaining({ id: "mass-item-deletes" }),
          expect.objectContaining({ id: "mass-item-expiry" }),
        ],
      },
    ]);
  });

  it("go by the table's own name, whatever the caller calls it", async () => {
    const deployment = await monitor({ tables: [{ name: "mine", streamArn: streamArn("orders-1a2b") }] });
    expect((await tablesOf(deployment)).map(({ tableArn: arn }) => arn)).toEqual([tableArn("orders-1a2b")]);
    const [alarm] = alarmsOf(deployment);
    expect(alarm?.name).toBe("streams-mass-item-deletes-mine-alarm");
    expect(alarm?.inputs["dimensions"]).toEqual({ TableName: "orders-1a2b" });
  });

  it("take settings, a table's before the monitor's", async () => {
    const deployment = await monitor({
      tables: [
        { ...guarded, guardedChanges: [GuardedChange.Insert, GuardedChange.Remove] },
        { ...customers, detections: { "mass-item-deletes": { threshold: 5 }, "mass-item-expiry": { enabled: false } } },
      ],
      detections: {
        "mass-item-deletes": { threshold: 50, periodSeconds: 600 },
        "confidential-table-changed": { enabled: false },
      },
    });
    const measured = alarmsOf(deployment).map(({ name, inputs }) => [name, inputs["threshold"], inputs["period"]]);
    expect(measured).toEqual([
      ["streams-mass-item-deletes-orders-alarm", 50, 600],
      ["streams-guarded-attribute-changed-orders-alarm", 0, 60],
      ["streams-mass-item-expiry-orders-alarm", 1000, 300],
      ["streams-item-expiry-lowered-orders-alarm", 0, 60],
      ["streams-mass-item-deletes-customers-alarm", 5, 600],
    ]);
    const [{ detections } = { detections: [] }, second] = await tablesOf(deployment);
    expect(detections[1]?.rule).toMatchObject({ changes: ["INSERT", "REMOVE"] });
    expect(second?.detections[0]).toMatchObject({ threshold: 5, periodSeconds: 600 });
  });

  it.each<[string, Partial<StreamMonitorArgs>, MonitoredTableArgs, boolean]>([
    ["the default tag", {}, { tags: { Confidentiality: "Restricted" } }, true],
    ["another value", {}, { tags: { Confidentiality: "internal" } }, false],
    ["no tag", {}, { tags: {} }, false],
    ["a tag, but the table says no", {}, { tags: { Confidentiality: "secret" }, confidential: false }, false],
    ["a tag of the caller's", { confidentialTags: { data: ["pii"] } }, { tags: { data: "PII" } }, true],
    [
      "the default tag beside the caller's",
      { confidentialTags: { data: ["pii"] } },
      { tags: { Confidentiality: "secret" } },
      false,
    ],
  ])("know a confidential table by %s", async (_, args, table, expected) => {
    const names = alarmsOf(await monitor({ ...args, tables: [{ ...orders, ...table }] })).map(({ name }) => name);
    expect(names.includes("streams-confidential-table-changed-orders-alarm")).toBe(expected);
  });

  it("are reported to a bus, where there is one, by nobody else", async () => {
    const trailLogGroupName = "trail-logs";
    const deployment = await monitor({ tables: [orders], findingsBusArn, trailLogGroupName });
    expect(deployment.resource(functionType, "streams-function").inputs["environment"]).toMatchObject({
      variables: { FINDINGS_BUS: findingsBusArn, TRAIL_LOG_GROUP: trailLogGroupName },
    });
    expect(deployment.policy(policyType, "streams-policy").Statement).toContainEqual({
      Sid: "ReportFindings",
      Effect: "Allow",
      Action: "events:PutEvents",
      Resource: findingsBusArn,
      Condition: { StringEquals: { "events:source": "dynamodb-detective" } },
    });
  });

  it("that compare images are refused on a stream without them, as soon as that is known", () => {
    const known = (viewType: string) => () => checkViewType(planTables([{ ...orders, ...needing }])[0]!, viewType);
    const needing = { guardedAttributes: ["status"] };
    expect(known("NEW_AND_OLD_IMAGES")).not.toThrow();
    for (const viewType of ["KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE"]) {
      expect(known(viewType)).toThrow(
        `tables[0].guardedAttributes: compares an item with what it was before, and the stream of orders has the view type "${viewType}". Set streamViewType: "NEW_AND_OLD_IMAGES"`,
      );
      expect(() => planTables([{ ...orders, ...needing, streamViewType: viewType }])).toThrow(/compares an item/);
      expect(() => planTables([{ ...orders, streamViewType: viewType }])).not.toThrow();
    }
  });

  it("that compare images on a stream of which nothing is known are deployed with a warning", () => {
    const notes = (table: MonitoredTableArgs) => planMonitor({ tables: [{ ...orders, ...table }] }).notes;
    expect(notes({ timeToLiveAttribute: "ttl" })).toEqual([
      expect.stringMatching(/^tables\[0\]\.timeToLiveAttribute needs a stream of the view type NEW_AND_OLD_IMAGES/),
    ]);
    expect(notes({ timeToLiveAttribute: "ttl", streamViewType: "NEW_AND_OLD_IMAGES" })).toEqual([]);
    expect(notes({})).toEqual([]);
  });
});

describe("a function of the caller's own", () => {
  const own = {
    tables: [orders],
    functionArn: `arn:aws:lambda:${region}:${account}:function:mine:live`,
    functionRoleName: "mine-role",
  };

  it("gets the same bounds, permissions and alarms, and no function is made", async () => {
    const deployment = await monitor(own);
    expect(deployment.children("streams")).toEqual([
      "aws:kms/key:Key streams-key",
      "aws:kms/alias:Alias streams-alias",
      "dynamodb-detective:index:SecureBucket streams-failures",
      "aws:iam/rolePolicy:RolePolicy streams-policy",
      "aws:lambda/eventSourceMapping:EventSourceMapping streams-mapping-orders",
      "aws:cloudwatch/metricAlarm:MetricAlarm streams-errors",
      "aws:cloudwatch/metricAlarm:MetricAlarm streams-throttles",
      "aws:cloudwatch/metricAlarm:MetricAlarm streams-iterator-age",
      "aws:cloudwatch/metricAlarm:MetricAlarm streams-undelivered-failures",
      "aws:cloudwatch/metricAlarm:MetricAlarm streams-unprocessed-orders",
    ]);
    expect(deployment.resource(mappingType, "streams-mapping-orders").inputs).toMatchObject({
      functionName: own.functionArn,
      ...planMapping({}),
    });
    expect(deployment.resource(policyType, "streams-policy").inputs["role"]).toBe("mine-role");
    expect(deployment.policy(policyType, "streams-policy").Statement.map(({ Sid }) => Sid)).toEqual([
      "ReadStreams",
      "ListStreams",
      "KeepFailures",
      "FindFailureBucket",
      "EncryptFailures",
    ]);
    expect(deployment.resource(alarmType, "streams-errors").inputs["dimensions"]).toEqual({ FunctionName: "mine" });
    const { functionArn, metricNamespace, logGroupName } = deployment.result;
    expect(await resolved(functionArn)).toBe(own.functionArn);
    expect([await resolved(metricNamespace), await resolved(logGroupName)]).toEqual([undefined, undefined]);
  });
});

describe("tables", () => {
  const table = (settings: Record<string, unknown> = {}) => ({
    call: (token: string, { name }: Record<string, unknown>) =>
      token === "aws:dynamodb/getTable:getTable"
        ? { name, streamEnabled: true, streamArn: streamArn(String(name)), ...settings }
        : undefined,
  });

  it("looks up the stream and the key of a table given by its ARN", async () => {
    const deployment = await monitor(
      { tables: [{ tableArn: tableArn("orders") }] },
      table({ serverSideEncryption: { enabled: true, kmsKeyArn: keyArn("orders") } }),
    );
    expect(deployment.resource(mappingType, "streams-mapping-orders").inputs["eventSourceArn"]).toBe(
      streamArn("orders"),
    );
    expect(deployment.policy(policyType, "streams-policy").Statement).toContainEqual(
      expect.objectContaining({ Sid: "DecryptStreams", Resource: [keyArn("orders")] }),
    );
  });

  it("takes a table of the same program, whose ARNs are unknown in a preview", async () => {
    const program = () => {
      const made = new aws.dynamodb.Table("orders", { attributes: [], hashKey: "id", streamEnabled: true });
      return new StreamMonitor("streams", { tables: [{ name: "orders", streamArn: made.streamArn }] });
    };
    const { inputs } = (await deploy(program, { preview: true })).resource(mappingType, "streams-mapping-orders");
    expect(inputs["eventSourceArn"]).toEqual(unknown);
  });

  // The mocks would wait without end for a value that failed, so the check is called as the deployment calls it.
  const arrives = (table: MonitoredTableArgs, arn: string | undefined) => () =>
    arrivedStreamArn(planTables([table])[0]!, arn, region);
  const later = { name: "orders", streamArn: pulumi.output("unknown yet") };

  it.each<[string, MonitoredTableArgs, string | undefined, string]>([
    ["given", later, "", "tables[0].streamArn: table orders has no stream. Set streamEnabled: true"],
    ["looked up", { tableArn: tableArn("orders") }, undefined, "tables[0].tableArn: table orders has no stream. Set"],
  ])("is an error without a stream, when that is known later: %s", (_, table, arn, message) => {
    expect(arrives(table, arn)).toThrow(message);
  });

  it("is an error in another Region, when that is known later", () => {
    expect(arrives(later, streamArn("orders", "us-east-1"))).toThrow(/^tables\[0\]\.streamArn: .* is in us-east-1/);
    expect(arrives(later, streamArn("orders"))()).toBe(streamArn("orders"));
  });

  it("keep their names in any order, and others in another stack", async () => {
    const names = async (tables: StreamMonitorArgs["tables"], stack = "test") => {
      const { resources } = await monitor({ tables }, { stack });
      const physical = resources.flatMap(({ inputs }) => {
        const { name, namePrefix, bucketPrefix } = inputs;
        return [name, namePrefix, bucketPrefix].filter((given) => typeof given === "string");
      });
      return { logical: resources.map(({ type, name }) => `${type} ${name}`).sort(), physical: physical.sort() };
    };
    const one = await names([orders, customers]);
    expect(await names([customers, orders])).toEqual(one);
    const other = await names([orders, customers], "prod");
    expect(other.logical).toEqual(one.logical);
    expect(other.physical.filter((name) => one.physical.includes(name))).toEqual([]);
  });
});

describe("wrong arguments", () => {
  it.each<[string, StreamMonitorArgs, RegExp]>([
    ["no tables", { tables: [] }, /^tables: is empty/],
    ["a table without ARN", { tables: [orders, { name: "x" }] }, /^tables\[1\]: has neither streamArn nor tableArn/],
    [
      "a table with both ARNs",
      { tables: [{ ...orders, tableArn: tableArn("orders") }] },
      /^tables\[0\]: has both streamArn and tableArn/,
    ],
    [
      "a table without a stream",
      { tables: [{ streamArn: "" }] },
      /^tables\[0\]\.streamArn: .*no stream\. Set streamEnabled: true/,
    ],
    [
      "a table's ARN for a stream's",
      { tables: [{ streamArn: tableArn("orders") }] },
      /^tables\[0\]\.streamArn: ".*table\/orders" is not the ARN of a table's stream\. Write one like arn:.*\/stream\/2026/,
    ],
    [
      "a stream's ARN for a table's",
      { tables: [{ tableArn: streamArn("orders") }] },
      /^tables\[0\]\.tableArn: .* is not the ARN of a DynamoDB table/,
    ],
    ["a table twice", { tables: [orders, customers, orders] }, /^tables\[2\]: is named "orders" like tables\[0\]/],
    [
      "an unknown ARN without a name",
      { tables: [{ streamArn: pulumi.output("x") }] },
      /^tables\[0\]\.name: is missing/,
    ],
    ["a name that is none", { tables: [{ ...orders, name: "a b" }] }, /^tables\[0\]\.name: "a b" is no table name/],
    ["a key that is none", { tables: [{ ...orders, keyArn: "alias/x" }] }, /^tables\[0\]\.keyArn: "alias\/x" is not/],
    [
      "a function without its role",
      { tables: [orders], functionArn: "x" },
      /^functionRoleName: is missing beside functionArn/,
    ],
    [
      "a role without its function",
      { tables: [orders], functionRoleName: "x" },
      /^functionArn: is missing beside functionRoleName/,
    ],
    [
      "a function that is none",
      { tables: [orders], functionArn: "mine", functionRoleName: "mine" },
      /^functionArn: "mine" is not the ARN of a Lambda function/,
    ],
    [
      "a setting of the function that is not made",
      {
        tables: [orders],
        functionArn: `arn:aws:lambda:${region}:${account}:function:mine`,
        functionRoleName: "mine",
        logRetentionDays: 7,
      },
      /^logRetentionDays: changes nothing about a function of your own/,
    ],
    [
      "a retention that is none",
      { tables: [orders], logRetentionDays: 31 },
      /^logRetentionDays: 31 is not a retention/,
    ],
    [
      "failures for ever",
      { tables: [orders], failureRetentionDays: 0 },
      /^failureRetentionDays: 0 is not a whole number from 1/,
    ],
    [
      "an attribute that is no path",
      { tables: [{ ...orders, guardedAttributes: ["status", "limits."] }] },
      /^tables\[0\]\.guardedAttributes\[1\]: "limits\." is no document path/,
    ],
    [
      "an attribute twice",
      { tables: [{ ...orders, guardedAttributes: ["a", "a"] }] },
      /^tables\[0\]\.guardedAttributes\[1\]: "a" is listed twice/,
    ],
    [
      "a kind of change that is none",
      { tables: [{ ...orders, guardedAttributes: ["a"], guardedChanges: ["EXPIRE" as GuardedChange] }] },
      /^tables\[0\]\.guardedChanges\[0\]: unknown kind of change "EXPIRE"/,
    ],
    [
      "kinds of changes of nothing",
      { tables: [{ ...orders, guardedChanges: [GuardedChange.Insert] }] },
      /^tables\[0\]\.guardedChanges: changes nothing without guardedAttributes/,
    ],
    ["an empty attribute", { tables: [{ ...orders, timeToLiveAttribute: "" }] }, /timeToLiveAttribute: is empty/],
    [
      "a view type that is none",
      { tables: [{ ...orders, streamViewType: "ALL" }] },
      /^tables\[0\]\.streamViewType: unknown view type "ALL"/,
    ],
    [
      "a detection that is none",
      { tables: [orders], detections: { "mass-item-delets": {} } },
      /^detections: unknown detection of item changes "mass-item-delets"\. Did you mean "mass-item-deletes"\?/,
    ],
    [
      "a setting that needs a caller",
      { tables: [orders], detections: { "mass-item-deletes": { ignorePrincipals: [] } as object } },
      /^detections\.mass-item-deletes: unknown setting "ignorePrincipals"\. .* A stream carries no caller\./,
    ],
    [
      "a threshold that is none",
      { tables: [{ ...orders, detections: { "mass-item-deletes": { threshold: -1 } } }] },
      /^tables\[0\]\.detections\.mass-item-deletes\.threshold: -1 is not a whole number of 0 or more/,
    ],
    [
      "a period that is none",
      { tables: [orders], detections: { "mass-item-deletes": { periodSeconds: 90 } } },
      /^detections\.mass-item-deletes\.periodSeconds: 90 is not a multiple of 60/,
    ],
    [
      "settings of a detection that the table does not have",
      { tables: [{ ...orders, detections: { "guarded-attribute-changed": { threshold: 1 } } }] },
      /^tables\[0\]\.detections\.guarded-attribute-changed: changes nothing: table orders is watched so only with guardedAttributes/,
    ],
    [
      "a detection by a function of the caller's own",
      {
        tables: [{ ...orders, confidential: true }],
        functionArn: `arn:aws:lambda:${region}:${account}:function:mine`,
        functionRoleName: "mine",
      },
      /^tables\[0\]\.confidential: changes nothing about a function of your own/,
    ],
    [
      "a display that is none",
      { tables: [orders], keyDisplay: "hash" as KeyDisplay },
      /^keyDisplay: unknown value "hash"/,
    ],
    ["a function that never runs", { tables: [orders], reservedConcurrency: 0 }, /^reservedConcurrency: 0 is not/],
    [
      "retries without end",
      { tables: [orders], maximumRetryAttempts: -1 },
      /^maximumRetryAttempts: -1 is not a whole number from 0 to 10000 \(-1, without end, would let one bad record block/,
    ],
    [
      "a position that is none",
      { tables: [orders], startingPosition: "LAST" as StreamStartingPosition },
      /^startingPosition: unknown value "LAST"/,
    ],
    [
      "a large batch without a window",
      { tables: [orders], maximumBatchingWindowInSeconds: 0 },
      /^maximumBatchingWindowInSeconds: 0 does not go with a batchSize of 100/,
    ],
    [
      "a filter that is no JSON",
      { tables: [orders], filterPatterns: ["{a}"] },
      /^filterPatterns\[0\]: "\{a\}" is not a JSON object/,
    ],
    [
      "a filter that is too long",
      { tables: [orders], filterPatterns: ["x".repeat(4097)] },
      /^filterPatterns\[0\]: has 4097/,
    ],
    [
      "too many filters",
      { tables: [orders], filterPatterns: Array(11).fill("{}") },
      /^filterPatterns: has 11 patterns/,
    ],
  ])("%s: an error before anything is registered", async (_, args, message) => {
    const { error, registered } = await refused(() => new StreamMonitor("streams", args));
    expect(error.name).toBe("ArgumentError");
    expect(error.message).toMatch(message);
    expect(registered).toEqual([]);
    expect(() => validateStreamMonitor(args)).toThrow(error.message);
  });

  it.each([orders, { tableArn: tableArn("orders") }])("a table of another Region than the given one: %j", (table) => {
    expect(() => validateStreamMonitor({ tables: [table] }, "us-east-1")).toThrow(
      /^tables\[0\]\.\w+: .* is in eu-central-1, .* Give a table of us-east-1, or deploy another stack to eu-central-1\./,
    );
    expect(() => validateStreamMonitor({ tables: [table] }, region)).not.toThrow();
  });
});

describe("planMapping", () => {
  const settings = Object.keys(ranges) as (keyof typeof ranges)[];
  const number = fc.oneof(fc.integer({ min: -2, max: 100_000 }), fc.double({ min: 0, max: 10, noInteger: true }));
  const given = fc.dictionary(fc.constantFrom(...settings), number) as fc.Arbitrary<MappingSettings>;

  it("gives a mapping within AWS's ranges and with an end to every retry, or an error that names the setting", () => {
    fc.assert(
      fc.property(given, (wanted) => {
        let plan: ReturnType<typeof planMapping>;
        try {
          plan = planMapping(wanted);
        } catch (error) {
          const { argument } = error as { argument: keyof typeof ranges };
          const { least, most } = ranges[argument];
          const value = wanted[argument] ?? ranges[argument].byDefault;
          const tooSmallForBatch = argument === "maximumBatchingWindowInSeconds" && value === 0;
          expect(Number.isInteger(value) && value >= least && value <= most).toBe(tooSmallForBatch);
          return;
        }
        for (const setting of settings) {
          const { least, most, byDefault } = ranges[setting];
          expect(plan[setting]).toBe(wanted[setting] ?? byDefault);
          expect(plan[setting]).toBeGreaterThanOrEqual(least);
          expect(plan[setting]).toBeLessThanOrEqual(most);
        }
        expect(plan.maximumRetryAttempts).toBeGreaterThanOrEqual(0);
        expect(plan.maximumRecordAgeInSeconds).toBeLessThanOrEqual(86_400);
        expect(plan.batchSize <= 10 || plan.maximumBatchingWindowInSeconds >= 1).toBe(true);
        expect(plan.functionResponseTypes).toEqual(["ReportBatchItemFailures"]);
        expect(plan.bisectBatchOnFunctionError).toBe(true);
      }),
    );
  });
});

describe("planTables", () => {
  const name = fc.string({ unit: fc.constantFrom("a", "B", "0", "_", ".", "-"), minLength: 3, maxLength: 255 });

  it("names each table after its ARN, whichever ARN is given", () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 10 }), fc.boolean(), (names, byStream) => {
        const tables = names.map((of) => (byStream ? { streamArn: streamArn(of) } : { tableArn: tableArn(of) }));
        expect(planTables(tables, region).map((table) => table.name)).toEqual(names);
      }),
    );
  });
});

describe("policies", () => {
  const china = { partition: "aws-cn", region: "cn-north-1", accountId: account };

  it("use the partition's own ARNs and domains", () => {
    const [, logs] = keyStatements("detective-test-", china);
    expect(logs).toMatchObject({
      Principal: { Service: "logs.cn-north-1.amazonaws.com.cn" },
      Condition: {
        ArnLike: {
          "kms:EncryptionContext:aws:logs:arn": `arn:aws-cn:logs:cn-north-1:${account}:log-group:detective-test-*`,
        },
      },
    });
    const statements = streamStatements(
      {
        streamArns: ["s"],
        tableKeyArns: ["k", "", "k"],
        failureBucketArn: "b",
        failureKeyArn: "f",
        findingsBusArn: "",
      },
      china,
    );
    expect(statements.find(({ Sid }) => Sid === "DecryptStreams")).toMatchObject({
      Resource: ["k"],
      Condition: { StringEquals: { "kms:ViaService": "dynamodb.cn-north-1.amazonaws.com.cn" } },
    });
  });
});

it.each([
  [`arn:aws:lambda:${region}:${account}:function:mine`, "mine"],
  [`arn:aws:lambda:${region}:${account}:function:mine:live`, "mine"],
  [`arn:aws:lambda:${region}:${account}:function:mine:$LATEST`, "mine"],
  [`arn:aws:lambda:${region}:${account}:layer:mine`, undefined],
])("reads a function's name from %s", (arn, name) => expect(functionName(arn)).toBe(name));
