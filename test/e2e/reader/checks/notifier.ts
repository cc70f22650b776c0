import { expect } from "vitest";
import { siemBusArn } from "../../engine/everything";
import { alarmCheck, type Intended, ofFunction, undelivered } from "./alarms";
import type { Check, Deployed } from "./check";
import {
  accountId,
  allow,
  by,
  logGroupArn,
  logsUseKey,
  ownerAdministers,
  policyCheck,
  reportsFindings,
  roleChecks,
  writesLog,
} from "./statements";

/** Those that start it. */
const rules = ["fast", "fast-2", "findings", "sweep", "canary-schedule"];

const startedBy = (service: string, own: string, source: string) =>
  allow(service, "lambda:InvokeFunction", own, { ArnLike: { "aws:SourceArn": source } });

const ofNotifier = (name: string, change: Partial<Intended>): Intended => ({
  metric: `dynamodb-detective/dev/dynamodb-detective-notifier ${name}`,
  statistic: "Sum",
  fires: "> 0",
  periodSeconds: 300,
  ...change,
});

/** The notifier's function by name, and what it works with. */
function notifier(deployed: Deployed) {
  const { account, called } = deployed;
  const arn = called("-notifier-function");
  const name = arn.split(":").pop()!;
  return { arn, name, group: logGroupArn(called("-trail-log-group"), deployed), config: account.functions[name]! };
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
  policyCheck("functions", "-notifier-function", (own, { called }) => [
    ...["-alerts-alarm", "-alerts-alert"].map((topic) => startedBy("sns", own, called(topic))),
    ...rules.map((rule) => startedBy("events", own, called(`-notifier-${rule}`))),
  ]),
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
  policyCheck("keys", "-notifier-key", (_, { called }) => [
    ownerAdministers,
    logsUseKey(called("-notifier-log-group")),
  ]),
  ...roleChecks("-notifier-role", "lambda", (deployed) => {
    const { called } = deployed;
    const { group } = notifier(deployed);
    const useStateKey = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];
    const remember = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"];
    const canary = `${group}:log-stream:dynamodb-detective-canary`;
    const hub = `arn:aws:securityhub:us-east-1:${accountId}`;
    return [
      allow(undefined, "sns:Publish", called("-alerts-alert")),
      allow(undefined, ["kms:Decrypt", "kms:GenerateDataKey*"], called("-alerts-key"), by("sns")),
      allow(undefined, "logs:FilterLogEvents", `${group}:*`),
      allow(undefined, ["logs:CreateLogStream", "logs:PutLogEvents"], canary),
      allow(undefined, remember, called("-state-table"), {
        "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "alert#*" },
      }),
      allow(undefined, useStateKey, called("-state-key"), by("dynamodb")),
      reportsFindings(deployed),
      allow(undefined, "securityhub:BatchImportFindings", `${hub}:product/${accountId}/default`),
      allow(undefined, "securityhub:BatchUpdateFindings", `${hub}:hub/default`),
      writesLog("-notifier-log-group", deployed),
    ];
  }),
  alarmCheck("the notifier", {
    "-notifier-errors": ofFunction("Errors"),
    "-notifier-throttles": ofFunction("Throttles", { periods: 3 }),
    "-notifier-event-age": ofFunction("AsyncEventAge", { statistic: "Maximum", fires: "> 600000" }),
    "-notifier-undelivered-failures": ofFunction("DestinationDeliveryFailures"),
    "-notifier-state-failures": ofNotifier("StateFailures", {}),
    "-notifier-sweep-failures": ofNotifier("SweepFailures", { periods: 3 }),
    "-notifier-canary-alarm": ofNotifier("canary-seen", { periodSeconds: 60 }),
    "-notifier-canary-missing": ofNotifier("CanaryReturned", {
      fires: "< 1",
      periodSeconds: 3600,
      periods: 2,
      missing: "breaching",
    }),
    ...Object.fromEntries(rules.map((rule) => [`-notifier-${rule}-undelivered`, undelivered])),
  }),
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
];
