// Proves: exact children of the notifier, what starts it, what its role may do, which events go the fast way, and that
// wrong arguments are refused before anything is registered. Does not prove: that AWS takes them (test/e2e), or what
// people are told (test/functions/notifier).
import { describe, expect, it } from "vitest";
import { AlertNotifier, type AlertNotifierArgs } from "../../components";
import { planFastRules } from "../../components/alertNotifier/plan";
import { Names } from "../../components/naming";
import { canaryPattern, canarySource, compilePredicate, type DeployedDetection } from "../../detections";
import { readEnvironment } from "../../functions/notifier/environment";
import { matchesFilter } from "../../simulation/delivery/contentFilter";
import { deployed } from "../functions/notifier/support";
import { account, deploy, refused, region } from "./support/mocks";

const name = new Names("notifier", "detective", "test").physical("function");
const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
const args: AlertNotifierArgs = {
  alarmTopicArn: arn("sns", "alarm"),
  alertTopicArn: arn("sns", "alert"),
  healthTopicArn: arn("sns", "health"),
  alertKeyArn: arn("kms", "key/alerts"),
  deadLetterQueueArn: arn("sqs", "dead-letters"),
  findingsBusArn: arn("events", "event-bus/findings"),
  findingsBusName: "findings",
  logGroupName: "audit",
  logGroupArn: arn("logs", "log-group:audit"),
  stateTableName: "state",
  stateTableArn: arn("dynamodb", "table/state"),
  stateKeyArn: arn("kms", "key/state"),
  detections: JSON.stringify(deployed()),
};
const notifier =
  (changed: Partial<AlertNotifierArgs> = {}) =>
  () =>
    new AlertNotifier("notifier", { ...args, ...changed });

const rules = ["fast", "findings", "sweep", "canary-schedule"];
const health = ["errors", "throttles", "event-age", "undelivered-failures", "state-failures", "sweep-failures"];
const alarms = [...health, ...rules.map((rule) => `${rule}-undelivered`), "canary-alarm", "canary-missing"];
const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const ruleType = "aws:cloudwatch/eventRule:EventRule";
const permissionType = "aws:lambda/permission:Permission";

describe("AlertNotifier", () => {
  it("registers exactly these children", async () => {
    const deployment = await deploy(notifier());
    expect(deployment.children("notifier").sort()).toEqual(
      [
        "aws:kms/key:Key notifier-key",
        "aws:kms/alias:Alias notifier-alias",
        "aws:cloudwatch/logGroup:LogGroup notifier-log-group",
        "aws:iam/role:Role notifier-role",
        "aws:iam/rolePolicy:RolePolicy notifier-policy",
        "aws:lambda/function:Function notifier-function",
        "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig notifier-retries",
        ...["alarms", "canary-return"].flatMap((suffix) => [
          `aws:sns/topicSubscription:TopicSubscription notifier-${suffix}`,
          `${permissionType} notifier-${suffix}-permission`,
        ]),
        ...rules.flatMap((suffix) => [
          `${ruleType} notifier-${suffix}`,
          `${permissionType} notifier-${suffix}-permission`,
          `aws:cloudwatch/eventTarget:EventTarget notifier-${suffix}-target`,
        ]),
        "aws:cloudwatch/logMetricFilter:LogMetricFilter notifier-canary-filter",
        ...alarms.map((suffix) => `${alarmType} notifier-${suffix}`),
      ].sort(),
    );
  });

  it("is started by two topics, each with a permission for it alone", async () => {
    const deployment = await deploy(notifier());
    const lambda = arn("lambda", `function:${name}`);
    const redrivePolicy = JSON.stringify({ deadLetterTargetArn: args.deadLetterQueueArn });
    const subscription = (name: string) =>
      deployment.resource("aws:sns/topicSubscription:TopicSubscription", name).inputs;
    expect(subscription("notifier-alarms")).toEqual({
      topic: args.alarmTopicArn,
      protocol: "lambda",
      endpoint: lambda,
      redrivePolicy,
    });
    expect(subscription("notifier-canary-return")).toEqual({
      topic: args.alertTopicArn,
      protocol: "lambda",
      endpoint: lambda,
      filterPolicy: '{"kind":["canary"]}',
      redrivePolicy,
    });
    const permissions = deployment.ofType(permissionType);
    expect(permissions).toHaveLength(6);
    for (const { inputs } of permissions) {
      expect(inputs).toMatchObject({ function: name, action: "lambda:InvokeFunction" });
      expect(inputs["sourceArn"]).not.toContain("*");
    }
  });

  it("and by rules: calls, findings, and schedules", async () => {
    const deployment = await deploy(notifier());
    const rule = (suffix: string) => deployment.resource(ruleType, `notifier-${suffix}`).inputs;
    expect(rule("findings")).toMatchObject({
      eventBusName: "findings",
      eventPattern: '{"source":["dynamodb-detective"],"detail-type":["DynamoDB Finding"]}',
    });
    expect(rule("sweep")).toMatchObject({ scheduleExpression: "rate(5 minutes)" });
    expect(rule("canary-schedule")).toMatchObject({ scheduleExpression: "rate(30 minutes)" });
    const inputs = deployment
      .ofType("aws:cloudwatch/eventTarget:EventTarget")
      .map(({ name, inputs }) => [name, inputs["input"], inputs["deadLetterConfig"]]);
    const deadLetterConfig = { arn: args.deadLetterQueueArn };
    expect(inputs).toEqual([
      ["notifier-fast-target", undefined, deadLetterConfig],
      ["notifier-findings-target", undefined, deadLetterConfig],
      ["notifier-sweep-target", '{"kind":"sweep"}', deadLetterConfig],
      ["notifier-canary-schedule-target", '{"kind":"canary"}', deadLetterConfig],
    ]);
  });

  it("sends what it failed at to the alert topic, after two retries", async () => {
    const deployment = await deploy(notifier());
    expect(
      deployment.resource("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "notifier-retries"),
    ).toMatchObject({
      inputs: {
        functionName: name,
        maximumRetryAttempts: 2,
        maximumEventAgeInSeconds: 3600,
        destinationConfig: { onFailure: { destination: args.alertTopicArn } },
      },
      options: { dependsOn: ["notifier-policy"] },
    });
  });

  it("has an environment that the function takes", async () => {
    const deployment = await deploy(notifier({ securityHub: true }));
    const { environment } = deployment.resource("aws:lambda/function:Function", "notifier-function").inputs;
    const { variables } = environment as { variables: Record<string, string> };
    expect(readEnvironment(variables)).toEqual({
      metricNamespace: "detective/test/notifier",
      serviceName: "notifier",
      alertTopicArn: args.alertTopicArn,
      logGroup: "audit",
      stateTable: "state",
      alertBus: args.findingsBusArn,
      canaryMetric: "canary-seen",
      securityHub: true,
      folder: ".",
    });
  });

  it("may do this and nothing else", async () => {
    const statements = async (changed: Partial<AlertNotifierArgs> = {}) =>
      (await deploy(notifier(changed))).policy("aws:iam/rolePolicy:RolePolicy", "notifier-policy").Statement;
    const via = (service: string) => ({
      StringEquals: { "kms:ViaService": `${service}.${region}.amazonaws.com` },
    });
    const plain = await statements();
    expect(plain.map(({ Sid: _, Effect, ...rest }) => [Effect, rest])).toEqual(
      [
        { Action: "sns:Publish", Resource: args.alertTopicArn },
        { Action: ["kms:Decrypt", "kms:GenerateDataKey*"], Resource: args.alertKeyArn, Condition: via("sns") },
        { Action: "logs:FilterLogEvents", Resource: `${args.logGroupArn}:*` },
        {
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: `${args.logGroupArn}:log-stream:dynamodb-detective-canary`,
        },
        {
          Action: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
          Resource: args.stateTableArn,
          Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["alert#*"] } },
        },
        {
          Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
          Resource: args.stateKeyArn,
          Condition: via("dynamodb"),
        },
        {
          Action: "events:PutEvents",
          Resource: args.findingsBusArn,
          Condition: { StringEquals: { "events:source": "dynamodb-detective" } },
        },
        {
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: expect.stringMatching(/:log-group:detective-test-notifier-.*:\*$/),
        },
      ].map((rest) => ["Allow", rest]),
    );
    const extra = (await statements({ securityHub: true })).filter(
      ({ Sid }) => !plain.some((statement) => statement["Sid"] === Sid),
    );
    expect(extra.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      ["securityhub:BatchImportFindings", arn("securityhub", `product/${account}/default`)],
      ["securityhub:BatchUpdateFindings", arn("securityhub", "hub/default")],
    ]);
  });

  it("works without a bus and without anybody for health", async () => {
    const deployment = await deploy(
      notifier({ findingsBusArn: undefined, findingsBusName: undefined, healthTopicArn: undefined }),
    );
    expect(deployment.ofType(ruleType).map(({ name }) => name)).not.toContain("notifier-findings");
    const { Statement } = deployment.policy("aws:iam/rolePolicy:RolePolicy", "notifier-policy");
    expect(Statement.map(({ Sid }) => Sid)).not.toContain("CopyAlerts");
    expect(deployment.resource(alarmType, "notifier-canary-missing").inputs["alarmActions"]).toBeUndefined();
  });

  it("writes the partition of its provider everywhere of its own", async () => {
    const { resources } = await deploy(notifier({ securityHub: true }), {
      partition: "aws-cn",
      region: "cn-north-1",
    });
    const given = JSON.stringify(args).match(/arn:aws:[^"\\]+/g)!;
    const own = given.reduce((text, each) => text.replaceAll(each, ""), JSON.stringify(resources));
    expect(own).not.toContain("arn:aws:");
    expect(own).toContain("sns.cn-north-1.amazonaws.com.cn");
  });
});

describe("the canary", () => {
  it("is counted by its filter, and by no detection's", () => {
    const canary = { eventSource: canarySource, eventName: "Canary" };
    expect(compilePredicate(canaryPattern)(canary)).toBe(true);
    for (const { id, patterns } of deployed()) {
      expect([id, patterns.some((pattern) => compilePredicate(pattern)(canary))]).toEqual([id, false]);
    }
  });

  it("goes through an alarm on the alarm topic; its absence is told to health alone", async () => {
    const deployment = await deploy(notifier());
    const { namespace, name: metricName } = deployment.resource(
      "aws:cloudwatch/logMetricFilter:LogMetricFilter",
      "notifier-canary-filter",
    ).inputs["metricTransformation"] as Record<string, string>;
    expect(deployment.resource(alarmType, "notifier-canary-alarm").inputs).toMatchObject({
      namespace,
      metricName,
      alarmActions: [args.alarmTopicArn],
    });
    expect(deployment.resource(alarmType, "notifier-canary-missing").inputs).toMatchObject({
      namespace: "detective/test/notifier",
      metricName: "CanaryReturned",
      period: 3600,
      evaluationPeriods: 2,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
      alarmActions: [args.healthTopicArn],
    });
  });
});

describe("the fast way", () => {
  const fast = (change: Partial<DeployedDetection> = {}): DeployedDetection => ({
    ...deployed().find(({ id }) => id === "backup-deleted")!,
    ...change,
  });
  const call = (eventSource: string, eventName: string, more: object = {}) => ({
    source: `aws.${eventSource.split(".")[0]}`,
    "detail-type": "AWS API Call via CloudTrail",
    detail: { eventSource, eventName, ...more },
  });

  it("is for single events of high severity, by their calls", () => {
    const [rule, ...others] = planFastRules(deployed());
    expect(others).toEqual([]);
    const matches = (event: object) => matchesFilter(JSON.parse(rule!.eventPattern), event);
    expect(matches(call("dynamodb.amazonaws.com", "DeleteBackup"))).toBe(true);
    expect(matches(call("backup.amazonaws.com", "DeleteRecoveryPoint"))).toBe(true);
    expect(matches(call("dynamodb.amazonaws.com", "UpdateTable"))).toBe(true);
    expect(matches(call("dynamodb.amazonaws.com", "PutItem"))).toBe(false);
    expect(matches(call("dynamodb.amazonaws.com", "DeleteTable"))).toBe(false);
    expect(rule!.state).toBe("ENABLED");
  });

  it("hears of calls that only read where a detection asks for one", () => {
    const reading = fast({
      patterns: ['{ ($.eventSource = "dynamodb.amazonaws.com") && ($.eventName = "ListBackups") }'],
    });
    expect(planFastRules([reading])[0]!.state).toBe("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
  });

  it("takes management events only where a pattern names no call", () => {
    const any = fast({ patterns: ['{ $.eventSource = "dynamodb.amazonaws.com" }'] });
    const [rule] = planFastRules([any]);
    const matches = (event: object) => matchesFilter(JSON.parse(rule!.eventPattern), event);
    expect(matches(call("dynamodb.amazonaws.com", "UpdateTable", { managementEvent: true }))).toBe(true);
    expect(matches(call("dynamodb.amazonaws.com", "PutItem", { managementEvent: false }))).toBe(false);
  });

  it("is divided where one rule cannot hold it", () => {
    const names = Array.from({ length: 120 }, (_, i) => `DeleteSomethingOfAVeryLongName${i}`);
    const patterns = names.map((name) => `{ ($.eventSource = "x.amazonaws.com") && ($.eventName = "${name}") }`);
    const plans = planFastRules([fast({ patterns })]);
    expect(plans.length).toBeGreaterThan(1);
    expect(plans.every(({ eventPattern }) => eventPattern.length <= 2048)).toBe(true);
    const held = plans.flatMap(({ eventPattern }) => JSON.parse(eventPattern).detail.eventName as string[]);
    expect(held.sort()).toEqual(names.sort());
  });

  it("has no rule where nothing needs it", async () => {
    const low = deployed().map((detection) => ({ ...detection, severity: "low" as const }));
    expect(planFastRules(low)).toEqual([]);
    const deployment = await deploy(notifier({ detections: JSON.stringify(low) }));
    expect(deployment.ofType(ruleType).map(({ name }) => name)).not.toContain("notifier-fast");
  });
});

it.each<[string, Partial<AlertNotifierArgs>, string]>([
  ["no concurrency", { reservedConcurrency: 0 }, "reservedConcurrency"],
  ["a retention that CloudWatch does not have", { logRetentionDays: 2 }, "logRetentionDays"],
  ["a bus without its name", { findingsBusName: undefined }, "findingsBusName: belongs to findingsBusArn"],
])("refuses %s", async (_, changed, text) => {
  const { error, registered } = await refused(notifier(changed));
  expect(error.message).toContain(text);
  expect(registered).toEqual([]);
});
