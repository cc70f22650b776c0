import { expect } from "vitest";
import { siemBusArn } from "../../engine/everything";
import type { Check, Deployed } from "./check";
import { plain } from "./detector";
import { allowed } from "./policies";

/** The notifier's function by name, and what it works with. */
function notifier({ account, called }: Deployed) {
  const arn = called("-notifier-function");
  const name = arn.split(":").pop()!;
  const group = account.logGroups[called("-trail-log-group")]!.arn.replace(/:\*$/, "");
  return { arn, name, group, config: account.functions[name]! };
}

/** A rule by the end of its name; those of other buses have the bus in front. */
function ruleOf({ account }: Deployed, ending: string) {
  const [found, ...others] = Object.entries(account.eventRules).filter(([name]) => name.endsWith(ending));
  expect(others).toEqual([]);
  const [name, rule] = found!;
  return { bus: name.includes("/") ? name.split("/")[0] : "default", ...rule };
}

function filterOf({ account }: Deployed, topicArn: string, protocol: string, endpoint?: string) {
  const found = Object.values(account.subscriptions).find(
    (each) => each.TopicArn === topicArn && each.Protocol === protocol && (endpoint ?? each.Endpoint) === each.Endpoint,
  )!;
  // An empty one lets everything through, as none does.
  const { FilterPolicy = "{}", FilterPolicyScope } = found;
  return { scope: FilterPolicyScope, filter: FilterPolicy === "{}" ? undefined : JSON.parse(FilterPolicy) };
}

/** From the alarms, events and findings to people, and what the notifier remembers. */
export const notifierChecks: Check[] = [
  {
    what: "rules that start the notifier: fast events, findings, the sweep, the canary",
    holds(deployed) {
      const { account, called } = deployed;
      const [bus] = Object.keys(account.eventBuses);
      const started = (suffix: string) => {
        const { bus: on, State, Targets, ScheduleExpression } = ruleOf(deployed, `-${suffix}`);
        const targets = Targets.map(({ Arn, DeadLetterConfig }) => [Arn, DeadLetterConfig?.Arn]);
        expect([suffix, targets]).toEqual([suffix, [[called("-notifier-function"), called("-alerts-dead-letters")]]]);
        return { on, State, ScheduleExpression, input: Targets[0]!.Input };
      };
      // The calls by name, and the management events of detections that name none.
      expect(started("fast")).toMatchObject({ on: "default", State: "ENABLED" });
      expect(started("fast-2")).toMatchObject({ on: "default", State: "ENABLED" });
      expect(started("findings")).toMatchObject({ on: bus, State: "ENABLED" });
      expect(started("sweep")).toMatchObject({
        State: "ENABLED",
        ScheduleExpression: "rate(5 minutes)",
        input: '{"kind":"sweep"}',
      });
      expect(started("canary-schedule")).toMatchObject({
        State: "ENABLED",
        ScheduleExpression: "rate(30 minutes)",
        input: '{"kind":"canary"}',
      });
      for (const [suffix, events] of [
        ["-fast", { eventName: expect.arrayContaining(["DeleteBackup", "UpdateTable"]) }],
        ["-fast-2", { managementEvent: [true] }],
      ] as const) {
        const { source, detail } = JSON.parse(ruleOf(deployed, suffix).EventPattern!) as { [key: string]: object };
        expect(source).toContain("aws.dynamodb");
        expect(detail).toMatchObject({ eventSource: expect.arrayContaining(["dynamodb.amazonaws.com"]), ...events });
      }
      expect(JSON.parse(ruleOf(deployed, "-findings").EventPattern!)).toEqual({
        source: ["dynamodb-detective"],
        "detail-type": ["DynamoDB Finding"],
      });
    },
  },
  {
    what: "a notifier that its topics and rules may start, and nothing else",
    holds(deployed) {
      const { account, called } = deployed;
      const may = Object.values(account.permissions)
        .filter(({ FunctionName }) => FunctionName === notifier(deployed).name)
        .map(({ Principal, Action, Condition }) => ({ Principal, Action, Condition: plain(Condition) }));
      const of = (service: string, source: string) => ({
        Principal: { Service: `${service}.amazonaws.com` },
        Action: "lambda:InvokeFunction",
        Condition: { "ArnLike aws:sourcearn": source },
      });
      const expected = [
        of("sns", called("-alerts-alarm")),
        of("sns", called("-alerts-alert")),
        ...["fast", "fast-2", "findings", "sweep", "canary-schedule"].map((rule) =>
          of("events", called(`-notifier-${rule}`)),
        ),
      ];
      expect(may).toHaveLength(expected.length);
      expect(may).toEqual(expect.arrayContaining(expected));
    },
  },
  {
    what: "a notifier whose failures go to people, as Lambda writes them",
    holds(deployed) {
      const config = deployed.account.eventInvokeConfigs[notifier(deployed).name]!;
      expect(config.DestinationConfig.OnFailure?.Destination).toBe(deployed.called("-alerts-alert"));
      expect([config.MaximumRetryAttempts, config.MaximumEventAgeInSeconds]).toEqual([2, 3_600]);
    },
  },
  {
    what: "a notifier with the topic, the bus, the log group, the state table and the role that are its own",
    holds(deployed) {
      const { account, called } = deployed;
      const { Environment, Role } = notifier(deployed).config;
      expect(Environment.Variables).toMatchObject({
        ALERT_TOPIC: called("-alerts-alert"),
        ALERT_BUS: called("-alerts-findings"),
        LOG_GROUP: called("-trail-log-group"),
        STATE_TABLE: called("-state-table").split("/").pop(),
        SECURITY_HUB: "true",
      });
      expect(Role).toBe(account.roles[called("-notifier-role")]!.Arn);
      const alarm = Object.values(account.alarms).find(({ MetricName }) => MetricName === "CanaryReturned");
      expect(alarm!.Namespace).toBe(Environment.Variables["POWERTOOLS_METRICS_NAMESPACE"]);
      const filter = Object.values(account.metricFilters).find(({ metricTransformations: [metric] }) => {
        return metric!.metricName === Environment.Variables["CANARY_METRIC"];
      });
      expect(filter!.filterPattern).toContain("canary.dynamodb-detective");
    },
  },
  {
    what: "a notifier that may do what it needs, on its own things and by their services",
    holds(deployed) {
      const { account, called } = deployed;
      const { group } = notifier(deployed);
      const [table, topic, bus] = [called("-state-table"), called("-alerts-alert"), called("-alerts-findings")];
      const [stateKey, alertKey] = [called("-state-key"), called("-alerts-key")];
      const stream = `${group}:log-stream:dynamodb-detective-canary`;
      const own = `${account.logGroups[called("-notifier-log-group")]!.arn.replace(/:\*$/, "")}:*`;
      const hub = "arn:aws:securityhub:us-east-1:123456789012";
      const policies = account.roles[called("-notifier-role")]!.Policies;
      expect(allowed(policies)).toEqual({
        "sns:Publish": [topic],
        "kms:Decrypt": [alertKey, stateKey],
        "kms:GenerateDataKey*": [alertKey, stateKey],
        "kms:DescribeKey": [stateKey],
        "kms:Encrypt": [stateKey],
        "kms:ReEncrypt*": [stateKey],
        "logs:FilterLogEvents": [`${group}:*`],
        "logs:CreateLogStream": [stream, own],
        "logs:PutLogEvents": [stream, own],
        "dynamodb:DeleteItem": [table],
        "dynamodb:GetItem": [table],
        "dynamodb:PutItem": [table],
        "dynamodb:Query": [table],
        "events:PutEvents": [bus],
        "securityhub:BatchImportFindings": [`${hub}:product/123456789012/default`],
        "securityhub:BatchUpdateFindings": [`${hub}:hub/default`],
      });
      const conditions = Object.values(policies)
        .flatMap(({ Statement }) => Statement)
        .flatMap(({ Resource, Condition }) => (Condition ? [[Resource, plain(Condition)]] : []));
      expect(conditions).toEqual([
        [alertKey, { "StringEquals kms:viaservice": "sns.us-east-1.amazonaws.com" }],
        [table, { "ForAllValues:StringLike dynamodb:leadingkeys": ["alert#*"] }],
        [stateKey, { "StringEquals kms:viaservice": "dynamodb.us-east-1.amazonaws.com" }],
        [bus, { "StringEquals events:source": "dynamodb-detective" }],
      ]);
    },
  },
  {
    what: "subscriptions that get what they are for: no canary for people, severe alarms for pagers",
    holds(deployed) {
      const { called } = deployed;
      const [alarm, alert, health] = [called("-alerts-alarm"), called("-alerts-alert"), called("-alerts-health")];
      const { arn } = notifier(deployed);
      expect(filterOf(deployed, alarm, "lambda", arn).filter).toBeUndefined();
      expect(filterOf(deployed, alert, "lambda", arn).filter).toEqual({ kind: ["canary"] });
      expect(filterOf(deployed, alert, "email").filter).toEqual({
        $or: [{ kind: [{ exists: false }] }, { kind: ["alert", "ok"] }],
      });
      expect(filterOf(deployed, alert, "sqs").filter).toEqual({ kind: ["alert", "ok"] });
      for (const topic of [alarm, alert]) {
        const { scope, filter } = filterOf(deployed, topic, "https");
        expect(scope).toBe("MessageBody");
        expect(Object.keys(filter)).toEqual(["AlarmName"]);
        const paged = (filter as { AlarmName: { prefix: string }[] }).AlarmName.map(({ prefix }) => prefix);
        const paging = Object.keys(deployed.account.alarms).filter((name) =>
          paged.some((prefix) => name.startsWith(prefix)),
        );
        const severe = Object.keys(deployed.account.alarms).filter((name) => /-(high|critical)-[a-z]/.test(name));
        expect(severe.length).toBeGreaterThanOrEqual(5);
        expect(paging.sort()).toEqual(severe.sort());
      }
      for (const protocol of ["email", "https"]) {
        expect(filterOf(deployed, health, protocol).filter).toBeUndefined();
      }
    },
  },
  {
    what: "an event bus of the account alone, with a queue for what its key does not encrypt",
    holds({ account, called }) {
      const [bus, ...others] = Object.values(account.eventBuses);
      expect(others).toEqual([]);
      expect(bus!.Arn).toBe(called("-alerts-findings"));
      expect(bus!.Policy).toBeNull();
      expect(bus!.KmsKeyIdentifier).toBe(called("-alerts-key"));
      expect(bus!.DeadLetterConfig?.Arn).toBe(called("-alerts-dead-letters"));
    },
  },
  {
    what: "a rule that forwards alerts to the other bus, and nothing but alerts",
    holds(deployed) {
      const { account, called } = deployed;
      const rule = ruleOf(deployed, "-forward");
      expect([rule.bus, rule.State]).toEqual([Object.keys(account.eventBuses)[0], "ENABLED"]);
      expect(JSON.parse(rule.EventPattern!)).toEqual({
        source: ["dynamodb-detective"],
        "detail-type": ["DynamoDB Alert"],
      });
      const role = account.roles[called("-alerts-forward-role")]!;
      expect(rule.Targets.map(({ Arn, RoleArn, DeadLetterConfig }) => [Arn, RoleArn, DeadLetterConfig?.Arn])).toEqual([
        [siemBusArn, role.Arn, called("-alerts-dead-letters")],
      ]);
      expect(allowed(role.Policies)).toEqual({ "events:PutEvents": [siemBusArn] });
      expect(plain(role.Trust.Statement[0]!.Condition)).toEqual({ "ArnEquals aws:sourcearn": rule.Arn });
    },
  },
  {
    what: "a queue of alerts that keeps what its reader cannot process",
    holds({ account, called }) {
      const { RedrivePolicy } = account.queues[called("-alerts-alert-queue")]!;
      expect(JSON.parse(RedrivePolicy!)).toEqual({
        deadLetterTargetArn: called("-alerts-dead-letters"),
        maxReceiveCount: 5,
      });
    },
  },
  {
    what: "a role of the chat channels that may do nothing",
    holds({ account, called }) {
      const { Policies, Trust } = account.roles[called("-alerts-chat-role")]!;
      expect(Policies).toEqual({});
      expect(plain(Trust.Statement[0]!.Condition)).toEqual({ "StringEquals aws:sourceaccount": "123456789012" });
    },
  },
];
