// Proves: exact children and inputs of each target of an alert channel, that a PagerDuty key is shown nowhere, which
// messages the filters let through, and what is refused. Does not prove: that AWS or PagerDuty take it.
import * as pulumi from "@pulumi/pulumi";
import * as runtime from "@pulumi/pulumi/runtime/rpc";
import { describe, expect, it } from "vitest";
import { AlertChannel, type AlertChannelArgs, ArgumentError } from "../../components";
import { validateAlertChannel } from "../../components/alertChannel";
import { alertFilter } from "../../components/alertChannel/targets";
import { severities } from "../../detections";
import { matchesFilter } from "../../simulation/delivery/contentFilter";
import { account, deploy, type MockSettings, region } from "./support/mocks";

const key = "0123456789abcdef0123456789abcdef";
/** How a secret goes to the engine, which keeps it encrypted and hides it. */
const secret = (value: unknown) => ({ [runtime.specialSigKey]: runtime.specialSecretSig, value });
const topic = (kind: string) => `arn:aws:sns:${region}:${account}:detective-test-alerts-lfwphz-${kind}`;
const deadLetters = `arn:aws:sqs:${region}:${account}:detective-test-alerts-lfwphz-dead-letters`;
const redrivePolicy = JSON.stringify({ deadLetterTargetArn: deadLetters });
const channel = (args: AlertChannelArgs, settings?: MockSettings) =>
  deploy(() => new AlertChannel("alerts", args), settings);
/** What the arguments add to a channel without any. */
async function added(args: AlertChannelArgs): Promise<string[]> {
  const plain = new Set((await channel({})).tree());
  return (await channel(args)).tree().filter((each) => !plain.has(each));
}
const subscription = "aws:sns/topicSubscription:TopicSubscription";

describe("Slack and Microsoft Teams", () => {
  const slack = { teamId: "T07EA123LEP", channelId: "C07EZ1ABC23" };
  const teams = {
    teamId: "11111111-2222-3333-4444-555555555555",
    tenantId: "66666666-7777-8888-9999-000000000000",
    channelId: "19:abc@thread.tacv2",
  };

  it("get alerts and failures, and can do nothing", async () => {
    expect(await added({ slack, teams })).toEqual([
      "aws:iam/role:Role alerts-chat-role",
      "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration alerts-slack",
      "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration alerts-teams",
    ]);
    const deployment = await channel({ slack, teams });
    const common = {
      iamRoleArn: `arn:aws:iam::${account}:role/detective-test-alerts-lfwphz-chat`,
      snsTopicArns: [topic("alert"), topic("health")],
      guardrailPolicyArns: ["arn:aws:iam::aws:policy/AWSDenyAll"],
      loggingLevel: "ERROR",
    };
    expect(
      deployment.resource("aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration", "alerts-slack").inputs,
    ).toEqual({
      configurationName: "detective-test-alerts-lfwphz-slack",
      slackTeamId: slack.teamId,
      slackChannelId: slack.channelId,
      ...common,
    });
    expect(
      deployment.resource("aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration", "alerts-teams").inputs,
    ).toEqual({ configurationName: "detective-test-alerts-lfwphz-teams", ...teams, ...common });
    // A role without a policy has no permissions.
    const attached = deployment.resources.filter(
      ({ inputs }) => inputs["role"] === "detective-test-alerts-lfwphz-chat",
    );
    expect(attached).toEqual([]);
    const { assumeRolePolicy } = deployment.resource("aws:iam/role:Role", "alerts-chat-role").inputs;
    expect(JSON.parse(String(assumeRolePolicy)).Statement).toEqual([
      expect.objectContaining({
        Principal: { Service: "chatbot.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      }),
    ]);
  });

  it("name the guardrail of their partition", async () => {
    const { resources } = await channel({ slack }, { partition: "aws-us-gov", region: "us-gov-west-1" });
    expect(JSON.stringify(resources)).not.toContain("arn:aws:");
  });
});

describe("PagerDuty", () => {
  it("gets alarms that are filtered for, and every failure", async () => {
    const pagerDuty = { integrationKey: key, alarmNamePrefixes: ["x-high-"] };
    expect(await added({ pagerDuty })).toEqual(
      ["alarm", "alert", "health"].map((kind) => `${subscription} alerts-${kind}-pagerduty`),
    );
    const deployment = await channel({ pagerDuty });
    const common = {
      protocol: "https",
      endpoint: secret(`https://events.pagerduty.com/integration/${key}/enqueue`),
      endpointAutoConfirms: true,
      rawMessageDelivery: false,
      redrivePolicy,
    };
    const filter = { filterPolicyScope: "MessageBody", filterPolicy: '{"AlarmName":[{"prefix":"x-high-"}]}' };
    for (const kind of ["alarm", "alert", "health"]) {
      expect(deployment.resource(subscription, `alerts-${kind}-pagerduty`).inputs).toEqual({
        topic: topic(kind),
        ...common,
        ...(kind !== "health" && filter),
      });
    }
  });

  it("has another host in Europe", async () => {
    const deployment = await channel({ pagerDuty: { integrationKey: key, serviceRegion: "eu" } });
    const { endpoint } = deployment.resource(subscription, "alerts-alarm-pagerduty").inputs;
    expect(endpoint).toEqual(secret(`https://events.eu.pagerduty.com/integration/${key}/enqueue`));
  });

  it("pages for alarms, and for nothing that the notifier says", () => {
    const policy = { AlarmName: [{ prefix: "x-high-" }] };
    expect(matchesFilter(policy, { AlarmName: "x-high-backup-deleted" })).toBe(true);
    expect(matchesFilter(policy, { AlarmName: "x-low-table-scanned" })).toBe(false);
    expect(matchesFilter(policy, { version: "1.0", source: "custom", content: {} })).toBe(false);
  });

  it("shows its key in one input, which is a secret, and nowhere else", async () => {
    const deployment = await deploy(() => {
      const alerts = new AlertChannel("alerts", { pagerDuty: { integrationKey: pulumi.secret(key) } });
      return { outputs: Object.values(alerts).filter(pulumi.Output.isInstance) };
    });
    const showing = deployment.resources.filter((each) => JSON.stringify(each).includes(key));
    expect(showing.map(({ name }) => name)).toEqual(
      ["alarm", "alert", "health"].map((kind) => `alerts-${kind}-pagerduty`),
    );
    for (const { inputs } of showing) {
      const { endpoint, ...others } = inputs;
      expect(JSON.stringify(others)).not.toContain(key);
      expect(endpoint).toEqual(secret(expect.stringContaining(key)));
    }
  });

  it("hides a wrong key in its error", () => {
    for (const integrationKey of ["not a key!", "short", "https://events.pagerduty.com/x"]) {
      try {
        validateAlertChannel({ pagerDuty: { integrationKey } });
        expect.unreachable();
      } catch (error) {
        expect(error).toBeInstanceOf(ArgumentError);
        expect((error as Error).message).toContain("pagerDuty.integrationKey: is not the key");
        expect((error as Error).message).not.toContain(integrationKey);
      }
    }
  });
});

describe("SQS", () => {
  it("is an encrypted queue that only the alert topic fills", async () => {
    expect(await added({ sqs: {} })).toEqual([
      "aws:sqs/queue:Queue alerts-alert-queue",
      "aws:sqs/queuePolicy:QueuePolicy alerts-alert-queue-policy",
      `${subscription} alerts-alert-queue-subscription`,
    ]);
    const deployment = await channel({ sqs: { severities: ["high", "critical"] } });
    const queue = `arn:aws:sqs:${region}:${account}:detective-test-alerts-lfwphz-alert-queue`;
    expect(deployment.resource("aws:sqs/queue:Queue", "alerts-alert-queue").inputs).toEqual({
      name: "detective-test-alerts-lfwphz-alert-queue",
      kmsMasterKeyId: `arn:aws:kms:${region}:${account}:key/alerts-health-key-id`,
      messageRetentionSeconds: 1_209_600,
      visibilityTimeoutSeconds: 300,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters, maxReceiveCount: 5 }),
    });
    expect(deployment.resource(subscription, "alerts-alert-queue-subscription")).toMatchObject({
      inputs: {
        topic: topic("alert"),
        protocol: "sqs",
        endpoint: queue,
        rawMessageDelivery: true,
        filterPolicy: '{"kind":["alert","ok"],"severity":["high","critical"]}',
        redrivePolicy,
      },
    });
    const { Statement } = deployment.policy("aws:sqs/queuePolicy:QueuePolicy", "alerts-alert-queue-policy");
    expect(Statement.map(({ Sid, Condition }) => [Sid, Condition])).toEqual([
      ["AlertTopicSends", { ArnEquals: { "aws:SourceArn": topic("alert") } }],
      ["TlsOnly", { Bool: { "aws:SecureTransport": "false" } }],
    ]);
  });
});

describe("another event bus", () => {
  const eventBusArn = `arn:aws:events:${region}:444455556666:event-bus/security`;

  it("gets alerts and no findings, with a role of its own", async () => {
    expect((await added({ eventBusArn })).sort()).toEqual(
      [
        "aws:cloudwatch/eventRule:EventRule alerts-forward",
        "aws:iam/role:Role alerts-forward-role",
        "aws:cloudwatch/metricAlarm:MetricAlarm alerts-forward-undelivered",
        "aws:iam/rolePolicy:RolePolicy alerts-forward-policy",
        "aws:cloudwatch/eventTarget:EventTarget alerts-forward-target",
      ].sort(),
    );
    const deployment = await channel({ eventBusArn });
    const bus = "detective-test-alerts-lfwphz-findings";
    expect(deployment.resource("aws:cloudwatch/eventRule:EventRule", "alerts-forward").inputs).toMatchObject({
      eventBusName: bus,
      eventPattern: '{"source":["dynamodb-detective"],"detail-type":["DynamoDB Alert"]}',
    });
    expect(deployment.resource("aws:cloudwatch/eventTarget:EventTarget", "alerts-forward-target").inputs).toMatchObject(
      {
        eventBusName: bus,
        arn: eventBusArn,
        roleArn: `arn:aws:iam::${account}:role/detective-test-alerts-lfwphz-forward`,
        deadLetterConfig: { arn: deadLetters },
      },
    );
    expect(deployment.policy("aws:iam/rolePolicy:RolePolicy", "alerts-forward-policy").Statement).toEqual([
      { Sid: "Forward", Effect: "Allow", Action: "events:PutEvents", Resource: eventBusArn },
    ]);
  });
});

describe("filters of the alert topic", () => {
  const wants = (filter: string, attributes: Record<string, string>) => matchesFilter(JSON.parse(filter), attributes);

  it.each([
    ["an alert", { kind: "alert", severity: "low" }, true, true],
    ["an end", { kind: "ok", severity: "low" }, true, true],
    ["a canary", { kind: "canary" }, false, false],
    ["an invocation that failed, as Lambda writes it", {}, true, false],
  ])("%s", (_, attributes, toPeople, toQueue) => {
    expect([
      wants(alertFilter(severities), attributes as never),
      wants(alertFilter(severities, true), attributes as never),
    ]).toEqual([toPeople, toQueue]);
  });

  it("by severity", () => {
    const filter = alertFilter(["critical"]);
    expect(wants(filter, { kind: "alert", severity: "critical" })).toBe(true);
    expect(wants(filter, { kind: "alert", severity: "high" })).toBe(false);
    expect(wants(filter, {})).toBe(true);
  });
});

it.each<[string, AlertChannelArgs, string]>([
  ["a Slack channel by its name", { slack: { teamId: "T07EA123LEP", channelId: "#alerts" } }, "slack.channelId"],
  ["a Slack workspace by its name", { slack: { teamId: "acme", channelId: "C07EZ1ABC23" } }, "slack.teamId"],
  ["a team that is no UUID", { teams: { teamId: "x", tenantId: "y", channelId: "19:a" } }, "teams.teamId"],
  ["a service region that is none", { pagerDuty: { integrationKey: key, serviceRegion: "mars" } }, "serviceRegion"],
  ["no severities", { sqs: { severities: [] } }, "sqs.severities: is empty"],
  ["a severity that is none", { sqs: { severities: ["urgent"] } }, 'sqs.severities[0]: "urgent"'],
  ["a bus by its name", { eventBusArn: "security" }, "eventBusArn"],
])("refuses %s", (_, args, text) => {
  expect(() => validateAlertChannel(args)).toThrow(text);
});
