import { expect } from "vitest";
import { severities } from "../../../../detections";
import { alertAddress, healthAddress, pagerDutyKey } from "../../engine/everything";
import type { AccountContents } from "../account";
import type { Check } from "./check";

const pagerDuty = `https://events.pagerduty.com/integration/${pagerDutyKey}/enqueue`;

/** Who points at what. Each name that one service has for a thing of another must be of a thing that exists. */
export const wiringChecks: Check[] = [
  {
    what: "one trail that logs what was meant",
    holds({ account }) {
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
    },
  },
  {
    what: "a trail whose bucket, key, log group and role are the trail's",
    holds({ account, called }) {
      const trail = Object.values(account.trails)[0]!;
      expect(account.buckets).toHaveProperty([trail.S3BucketName]);
      expect(trail.S3BucketName).toBe(called("-trail-logs-bucket"));
      expect(trail.KmsKeyId).toBe(called("-trail-key"));
      expect(account.keys[trail.KmsKeyId]).toMatchObject({ State: "Enabled", Rotation: true });
      expect(trail.CloudWatchLogsLogGroupArn).toBe(account.logGroups[called("-trail-log-group")]!.arn);
      expect(trail.CloudWatchLogsRoleArn).toBe(account.roles[called("-trail-delivery-role")]!.Arn);
    },
  },
  {
    what: "log groups, topics, queues, event buses and evidence encrypted with keys of the account",
    holds({ account }) {
      const ownKeys = Object.keys(account.keys);
      for (const { kmsKeyId } of Object.values(account.logGroups)) expect(ownKeys).toContain(kmsKeyId);
      for (const { KmsMasterKeyId } of [...Object.values(account.topics), ...Object.values(account.queues)]) {
        expect(ownKeys).toContain(KmsMasterKeyId);
      }
      for (const { KmsKeyIdentifier } of Object.values(account.eventBuses)) expect(ownKeys).toContain(KmsKeyIdentifier);
      for (const [name, { Encryption }] of Object.entries(account.buckets)) {
        const byDefault = Encryption![0]!.ApplyServerSideEncryptionByDefault;
        // S3 writes access logs into buckets with SSE-S3 only.
        if (name.includes("-access-")) expect(byDefault.SSEAlgorithm).toBe("AES256");
        else expect(ownKeys).toContain(byDefault.KMSMasterKeyID);
      }
    },
  },
  {
    what: "buckets closed to the public, versioned, with a lifecycle, and their accesses logged",
    holds({ account }) {
      const names = Object.keys(account.buckets);
      for (const [name, bucket] of Object.entries(account.buckets)) {
        const { PublicAccessBlock, Versioning, Lifecycle, Logging } = bucket;
        expect([name, Object.values(PublicAccessBlock ?? {})]).toEqual([name, [true, true, true, true]]);
        expect([name, Versioning, Lifecycle !== null]).toEqual([name, "Enabled", true]);
        if (!name.includes("-access-")) expect(names).toContain(Logging?.TargetBucket);
      }
    },
  },
  {
    what: "alarms that notify a topic that has a subscriber: detections and canary the notifier's, all others the health",
    holds({ account, called }) {
      const listened = new Set(Object.values(account.subscriptions).map(({ TopicArn }) => TopicArn));
      expect(Object.keys(account.alarms).length).toBeGreaterThanOrEqual(15);
      for (const [name, { AlarmActions, OKActions, ActionsEnabled }] of Object.entries(account.alarms)) {
        const ofDetection = severities.some((severity) => name.includes(`-${severity}-`));
        const topic = called(ofDetection || name.endsWith("-canary") ? "-alerts-alarm" : "-alerts-health");
        expect([name, AlarmActions, ActionsEnabled]).toEqual([name, [topic], true]);
        if (ofDetection) expect([name, OKActions]).toEqual([name, [topic]]);
        for (const each of [...AlarmActions, ...OKActions]) {
          expect(Object.keys(account.topics), name).toContain(each);
          expect([...listened], name).toContain(each);
        }
      }
    },
  },
  {
    what: "an alarm for every metric that a filter writes, on the trail's log group",
    holds({ account, called }) {
      const filters = Object.entries(account.metricFilters);
      expect(filters.length).toBeGreaterThanOrEqual(10);
      for (const [name, { logGroupName, metricTransformations }] of filters) {
        expect([name, logGroupName]).toEqual([name, called("-trail-log-group")]);
        const { metricName, metricNamespace } = metricTransformations[0]!;
        expect(alarmsOf(metricName, metricNamespace, account), name).toHaveLength(1);
      }
    },
  },
  {
    what: "every alarm on a topic, queue, function, bus, rule, mapping or log group that exists",
    holds({ account }) {
      const known: { [dimension: string]: string[] } = {
        LogGroupName: Object.keys(account.logGroups),
        TableName: Object.keys(account.tables),
        QueueName: Object.keys(account.queues).map((arn) => arn.split(":").pop()!),
        FunctionName: Object.keys(account.functions),
        FilterName: Object.keys(account.subscriptionFilters),
        DestinationType: ["Lambda"],
        TopicName: Object.keys(account.topics).map((arn) => arn.split(":").pop()!),
        EventBusName: Object.keys(account.eventBuses),
        RuleName: Object.keys(account.eventRules).map((name) => name.split("/").pop()!),
        EventSourceMappingUUID: Object.keys(account.mappings),
      };
      const metrics = Object.values(account.alarms).flatMap(({ Dimensions = [], Metrics = [] }) => [
        ...Dimensions,
        ...Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric.Dimensions ?? []),
      ]);
      expect(new Set(metrics.map(({ Name }) => Name))).toEqual(new Set(Object.keys(known)));
      for (const { Name, Value } of metrics) expect(known[Name]).toContain(Value);
    },
  },
  {
    what: "subscriptions whose undelivered messages go to the queue",
    holds({ account, called }) {
      const subscriptions = Object.values(account.subscriptions);
      const topicOf = (arn: string) => arn.split("-").pop();
      const notifier = called("-notifier-function");
      expect(
        subscriptions.map(({ TopicArn, Protocol, Endpoint }) => `${topicOf(TopicArn)}: ${Protocol} ${Endpoint}`).sort(),
      ).toEqual([
        `alarm: https ${pagerDuty}`,
        `alarm: lambda ${notifier}`,
        `alert: email ${alertAddress}`,
        `alert: https ${pagerDuty}`,
        `alert: lambda ${notifier}`,
        `alert: sqs ${called("-alerts-alert-queue")}`,
        `health: email ${healthAddress}`,
        `health: https ${pagerDuty}`,
      ]);
      for (const { RedrivePolicy } of subscriptions) {
        expect(JSON.parse(RedrivePolicy!)).toEqual({ deadLetterTargetArn: called("-alerts-dead-letters") });
      }
    },
  },
];

function alarmsOf(metricName: string, namespace: string, { alarms }: AccountContents) {
  return Object.values(alarms).filter(
    ({ MetricName, Namespace, Metrics }) =>
      (MetricName === metricName && Namespace === namespace) ||
      Metrics?.some(({ Expression = "" }) => Expression.includes(`SUM("${metricName}") FROM SCHEMA("${namespace}"`)),
  );
}
