// Proves: the exact children of an alert channel and their inputs, each policy statement by statement, and which
// addresses are refused before anything is registered. Does not prove: that SNS delivers, or that a policy grants what
// it says; nothing here evaluates policies.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AlertChannel, type AlertChannelArgs } from "../../components/alertChannel";
import { planSubscriptions, validateAlertChannel } from "../../components/alertChannel/plan";
import {
  alertKeyStatements,
  healthKeyStatements,
  queueStatements,
  topicStatements,
} from "../../components/alertChannel/policies";
import { ArgumentError } from "../../components/argumentError";
import type { PolicyStatement } from "../../components/policyDocument";
import { account, deploy, refused, region, resolved } from "./support/mocks";

const channelOf = (args?: AlertChannelArgs) => new AlertChannel("alerts", args);
const place = { partition: "aws", region, accountId: account };
const topicArn = (kind: string) => `arn:aws:sns:${region}:${account}:detective-test-alerts-lfwphz-${kind}`;
const queueName = "detective-test-alerts-lfwphz-dead-letters";
const queueArn = `arn:aws:sqs:${region}:${account}:${queueName}`;
const queueUrl = `https://sqs.${region}.amazonaws.com/${account}/${queueName}`;
const busName = "detective-test-alerts-lfwphz-findings";
const keyArn = `arn:aws:kms:${region}:${account}:key/alerts-key-id`;
const healthKeyArn = `arn:aws:kms:${region}:${account}:key/alerts-health-key-id`;
const document = (Statement: PolicyStatement[]) => JSON.stringify({ Version: "2012-10-17", Statement });

describe("AlertChannel", () => {
  it("registers exactly these children and inputs", async () => {
    const tags = { team: "security" };
    const { resources, result } = await deploy(() => channelOf({ emails: ["Ops@example.com"], tags }));
    const options = { parent: "alerts" };
    const topic = (kind: "alarm" | "alert" | "health") => [
      {
        type: "aws:sns/topic:Topic",
        name: `alerts-${kind}`,
        inputs: {
          name: `detective-test-alerts-lfwphz-${kind}`,
          kmsMasterKeyId: kind === "health" ? healthKeyArn : keyArn,
          signatureVersion: 2,
          tags,
        },
        options,
      },
      {
        type: "aws:sns/topicPolicy:TopicPolicy",
        name: `alerts-${kind}-policy`,
        inputs: { arn: topicArn(kind), policy: document(topicStatements(kind, topicArn(kind), place)) },
        options,
      },
    ];
    const subscription = (kind: string) => ({
      type: "aws:sns/topicSubscription:TopicSubscription",
      name: `alerts-${kind}-email-ops@example.com`,
      inputs: {
        topic: topicArn(kind),
        protocol: "email",
        endpoint: "Ops@example.com",
        redrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn }),
        ...(kind === "alert" && { filterPolicy: '{"$or":[{"kind":[{"exists":false}]},{"kind":["alert","ok"]}]}' }),
      },
      options: { ...options, dependsOn: ["alerts-dead-letters-policy"] },
    });
    const topicAlarm = (kind: string, suffix: string, metricName: string) => ({
      type: "aws:cloudwatch/metricAlarm:MetricAlarm",
      name: `alerts-${kind}-${suffix}`,
      inputs: {
        name: `detective-test-alerts-lfwphz-health-${kind}-${suffix}`,
        alarmDescription: expect.stringContaining(`Topic: detective-test-alerts-lfwphz-${kind}.`),
        namespace: "AWS/SNS",
        metricName,
        dimensions: { TopicName: `detective-test-alerts-lfwphz-${kind}` },
        statistic: "Sum",
        period: 300,
        evaluationPeriods: 1,
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        treatMissingData: "notBreaching",
        alarmActions: [topicArn("health")],
        tags,
      },
      options,
    });
    expect(resources).toEqual([
      { type: "dynamodb-detective:index:AlertChannel", name: "alerts", inputs: {}, options: {} },
      {
        type: "aws:kms/key:Key",
        name: "alerts-key",
        inputs: {
          description: "Topics for alarms and alerts, and event bus of detective-test-alerts-lfwphz",
          enableKeyRotation: true,
          policy: document(alertKeyStatements(place)),
          tags,
        },
        options,
      },
      {
        type: "aws:kms/alias:Alias",
        name: "alerts-alias",
        inputs: { name: "alias/detective-test-alerts-lfwphz-alerts", targetKeyId: "alerts-key-id" },
        options,
      },
      {
        type: "aws:kms/key:Key",
        name: "alerts-health-key",
        inputs: {
          description: "Topic for health and dead-letter queue of detective-test-alerts-lfwphz",
          enableKeyRotation: true,
          policy: document(healthKeyStatements(place)),
          tags,
        },
        options,
      },
      {
        type: "aws:kms/alias:Alias",
        name: "alerts-health-alias",
        inputs: { name: "alias/detective-test-alerts-lfwphz-health", targetKeyId: "alerts-health-key-id" },
        options,
      },
      ...topic("alarm"),
      ...topic("alert"),
      ...topic("health"),
      {
        type: "aws:sqs/queue:Queue",
        name: "alerts-dead-letters",
        inputs: { name: queueName, kmsMasterKeyId: healthKeyArn, messageRetentionSeconds: 1_209_600, tags },
        options,
      },
      {
        type: "aws:sqs/queuePolicy:QueuePolicy",
        name: "alerts-dead-letters-policy",
        inputs: {
          queueUrl,
          policy: document(
            queueStatements(queueArn, [topicArn("alarm"), topicArn("alert"), topicArn("health")], place),
          ),
        },
        options,
      },
      {
        type: "aws:cloudwatch/metricAlarm:MetricAlarm",
        name: "alerts-dead-letters-waiting",
        inputs: {
          name: "detective-test-alerts-lfwphz-dead-letters-waiting",
          alarmDescription: expect.stringMatching(
            /^Alerts were not delivered: messages wait in the queue detective-test/,
          ),
          namespace: "AWS/SQS",
          metricName: "ApproximateNumberOfMessagesVisible",
          dimensions: { QueueName: queueName },
          statistic: "Maximum",
          period: 300,
          evaluationPeriods: 1,
          comparisonOperator: "GreaterThanThreshold",
          threshold: 0,
          treatMissingData: "notBreaching",
          alarmActions: [topicArn("health")],
          tags,
        },
        options,
      },
      ...["alarm", "alert", "health"].flatMap((kind) => [
        topicAlarm(kind, "undelivered", "NumberOfNotificationsFailed"),
        topicAlarm(kind, "lost", "NumberOfNotificationsFailedToRedriveToDlq"),
      ]),
      subscription("alert"),
      subscription("health"),
      {
        type: "aws:cloudwatch/eventBus:EventBus",
        name: "alerts-findings",
        inputs: {
          name: busName,
          description: "Findings and alerts of dynamodb-detective",
          kmsKeyIdentifier: keyArn,
          deadLetterConfig: { arn: queueArn },
          tags,
        },
        options: { ...options, dependsOn: ["alerts-dead-letters-policy"] },
      },
    ]);
    const outputs = [
      "alarmTopicArn",
      "alertTopicArn",
      "healthTopicArn",
      "keyArn",
      "healthKeyArn",
      "deadLetterQueueArn",
      "deadLetterQueueUrl",
      "findingsBusArn",
      "findingsBusName",
      "alertQueueUrl",
    ] as const;
    expect(await Promise.all(outputs.map((key) => resolved(result[key])))).toEqual([
      topicArn("alarm"),
      topicArn("alert"),
      topicArn("health"),
      keyArn,
      healthKeyArn,
      queueArn,
      queueUrl,
      `arn:aws:events:${region}:${account}:event-bus/${busName}`,
      busName,
      undefined,
    ]);
  });

  it("works without anybody to tell", async () => {
    const deployment = await deploy(() => channelOf());
    expect(deployment.resources).toHaveLength(21);
    expect(deployment.ofType("aws:sns/topicSubscription:TopicSubscription")).toEqual([]);
  });

  it("shares no physical name with another stack", async () => {
    const names = async (stack: string) => {
      const { resources } = await deploy(() => channelOf(), { stack });
      return resources.flatMap(({ inputs }) => inputs.name ?? []);
    };
    const [dev, prod] = [await names("dev"), await names("prod")];
    expect(dev).toHaveLength(14);
    expect(dev.filter((name) => prod.includes(name))).toEqual([]);
  });

  it("writes the partition of its provider everywhere", async () => {
    const { resources } = await deploy(() => channelOf({ emails: ["a@example.com"] }), {
      partition: "aws-us-gov",
      region: "us-gov-west-1",
    });
    expect(JSON.stringify(resources)).not.toContain("arn:aws:");
  });
});

describe("policies", () => {
  const bySid = (statements: PolicyStatement[]) =>
    Object.fromEntries(statements.map(({ Sid, ...rest }) => [Sid, rest]));
  const cloudWatch = { Service: "cloudwatch.amazonaws.com" };
  const eventBridge = { Service: "events.amazonaws.com" };
  const sns = { Service: "sns.amazonaws.com" };
  const rules = { ArnLike: { "aws:SourceArn": `arn:aws:events:${region}:${account}:rule/*` } };
  const alarmsPublish = (arn: string) => ({
    Effect: "Allow",
    Principal: cloudWatch,
    Action: "sns:Publish",
    Resource: arn,
    Condition: {
      ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${region}:${account}:alarm:*` },
      StringEquals: { "aws:SourceAccount": account },
    },
  });
  const rulesPublish = (arn: string) => ({
    Effect: "Allow",
    Principal: eventBridge,
    Action: "sns:Publish",
    Resource: arn,
    Condition: rules,
  });
  const everyTopic = (arn: string) => ({
    Owner: {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: [
        "sns:GetTopicAttributes",
        "sns:SetTopicAttributes",
        "sns:AddPermission",
        "sns:RemovePermission",
        "sns:DeleteTopic",
        "sns:Subscribe",
        "sns:ListSubscriptionsByTopic",
        "sns:Publish",
      ],
      Resource: arn,
    },
    TlsOnly: {
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Publish",
      Resource: arn,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  });

  const write = ["kms:Decrypt", "kms:GenerateDataKey*"];
  const fromAccount = { StringEquals: { "aws:SourceAccount": account } };
  const everyKey = {
    AccountAdministration: {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    AlarmsPublish: { Effect: "Allow", Principal: cloudWatch, Action: write, Resource: "*", Condition: fromAccount },
  };

  it("of the key for alarms and alerts: alarms, rules and the event bus", () => {
    expect(bySid(alertKeyStatements(place))).toEqual({
      ...everyKey,
      RulesPublish: { Effect: "Allow", Principal: eventBridge, Action: write, Resource: "*" },
      BusAsksForKey: { Effect: "Allow", Principal: eventBridge, Action: "kms:DescribeKey", Resource: "*" },
    });
  });

  it("of the key for health: alarms, and who fills the dead-letter queue", () => {
    expect(bySid(healthKeyStatements(place))).toEqual({
      ...everyKey,
      RulesUseDeadLetterQueue: { Effect: "Allow", Principal: eventBridge, Action: write, Resource: "*" },
      TopicsUseDeadLetterQueue: {
        Effect: "Allow",
        Principal: sns,
        Action: write,
        Resource: "*",
        Condition: fromAccount,
      },
    });
  });

  it.each(["alarm", "health"] as const)("of the %s topic: alarms only", (kind) => {
    const arn = topicArn(kind);
    expect(bySid(topicStatements(kind, arn, place))).toEqual({
      ...everyTopic(arn),
      AlarmsPublish: alarmsPublish(arn),
    });
  });

  it("of the alert topic: alarms and rules", () => {
    const arn = topicArn("alert");
    expect(bySid(topicStatements("alert", arn, place))).toEqual({
      ...everyTopic(arn),
      AlarmsPublish: alarmsPublish(arn),
      RulesPublish: rulesPublish(arn),
    });
  });

  it("of the dead-letter queue: these topics, and rules and buses of the account", () => {
    expect(bySid(queueStatements(queueArn, [topicArn("alert")], place))).toEqual({
      TopicsSend: {
        Effect: "Allow",
        Principal: sns,
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnEquals: { "aws:SourceArn": [topicArn("alert")] } },
      },
      RulesSend: {
        Effect: "Allow",
        Principal: eventBridge,
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: {
          ArnLike: {
            "aws:SourceArn": ["rule/*", "event-bus/*"].map((of) => `arn:aws:events:${region}:${account}:${of}`),
          },
        },
      },
      TlsOnly: {
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: queueArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    });
  });
});

describe("planSubscriptions", () => {
  const told = (args: AlertChannelArgs) => planSubscriptions(args).map(({ topic, endpoint }) => `${topic} ${endpoint}`);
  it("tells those who get alerts of failures too, unless others are named", () => {
    expect(told({ emails: ["a@b.example"] })).toEqual(["alert a@b.example", "health a@b.example"]);
    expect(told({ emails: ["a@b.example"], healthEmails: ["c@d.example"] })).toEqual([
      "alert a@b.example",
      "health c@d.example",
    ]);
    expect(told({ emails: ["a@b.example"], healthEmails: [] })).toEqual(["alert a@b.example"]);
    expect(told({ healthEmails: ["c@d.example"] })).toEqual(["health c@d.example"]);
  });

  it("names a subscription alike whatever else is in the list", () => {
    const addresses = fc.uniqueArray(fc.emailAddress(), { selector: (address) => address.toLowerCase() });
    fc.assert(
      fc.property(addresses, addresses, (emails, others) => {
        const names = (list: string[]) => planSubscriptions({ emails: list }).map(({ suffix }) => suffix.join("-"));
        const without = names(emails);
        const known = new Set(emails.map((address) => address.toLowerCase()));
        const more = names([...others.filter((address) => !known.has(address.toLowerCase())), ...emails]);
        expect(new Set(more).size).toBe(more.length);
        expect(more).toEqual(expect.arrayContaining(without));
      }),
    );
  });
});

describe("addresses", () => {
  it.each<[string, AlertChannelArgs, RegExp]>([
    [
      "without @",
      { emails: ["ops.example.com"] },
      /^emails\[0\]: "ops\.example\.com" is not an e-mail address\. Write one/,
    ],
    ["without a domain", { emails: ["a@b.example", "ops@localhost"] }, /^emails\[1\]: /],
    ["that are two", { emails: ["a@b.example,c@d.example"] }, /^emails\[0\]: /],
    ["with a name", { healthEmails: ["Ops <ops@example.com>"] }, /^healthEmails\[0\]: /],
    ["given twice", { emails: ["ops@example.com", "OPS@example.com"] }, /^emails\[1\]: .* is there twice/],
  ])("%s are refused before anything is registered", async (_, args, message) => {
    const { error, registered } = await refused(() => channelOf(args));
    expect(error).toBeInstanceOf(ArgumentError);
    expect(error.message).toMatch(message);
    expect(registered).toEqual([]);
  });

  it("may be in both lists", () => {
    expect(() => validateAlertChannel({ emails: ["a@b.example"], healthEmails: ["a@b.example"] })).not.toThrow();
  });
});
