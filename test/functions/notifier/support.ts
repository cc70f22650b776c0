// A notifier with fakes around it: a table that keeps DynamoDB's conditions, a log group that can be searched with filter
// patterns, and channels that remember what they got. No network, and a clock that moves only when somebody waits.
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { deployedDetections } from "../../../components/detectionAlarms/deployed";
import { planDetections } from "../../../components/detectionAlarms/plan";
import type { DetectionSettings } from "../../../components/detectionAlarms/settings";
import { Names } from "../../../components/naming";
import { canaryMetric, compilePredicate, type DeployedDetection } from "../../../detections";
import type { Alert } from "../../../functions/notifier/alert";
import type { Counted } from "../../../functions/notifier/dependencies";
import { DynamoAlertState } from "../../../functions/notifier/dynamoState";
import { EventQuery, type SearchLimits, searchLimits } from "../../../functions/notifier/eventQuery";
import { Notifier } from "../../../functions/notifier/notifier";
import type { Publisher } from "../../../functions/notifier/publisher";
import type { CloudTrailRecord } from "../../../simulation";
import { account, region } from "../../support/events";

export const names = new Names("detections", "detective", "test");

/** Every detection as it is deployed, with these settings. */
export const deployed = (detections: DetectionSettings = {}): DeployedDetection[] =>
  deployedDetections(planDetections({ detections, statefulDetector: true }, names));

type Value = { S?: string; N?: string };
type Item = Record<string, Value>;

/** DynamoDB as far as the notifier uses it. Conditions are those of the code, judged by hand. */
export class FakeTable {
  readonly items = new Map<string, Item>();
  /** Called before each call with its name; may throw. */
  before: (call: string) => void = () => {};

  async send(command: { constructor: { name: string }; input: unknown }): Promise<object> {
    await Promise.resolve(); // calls that are made together interleave
    const call = command.constructor.name;
    this.before(call);
    const input = command.input as Record<string, never> & {
      Item: Item;
      Key: Item;
      ExpressionAttributeValues: Item;
      ConditionExpression?: string;
    };
    switch (call) {
      case "PutItemCommand": {
        const old = this.items.get(keyOf(input.Item));
        if (input.ConditionExpression !== undefined && old !== undefined && !this.mayClaim(old, input)) {
          throw refusal(old);
        }
        this.items.set(keyOf(input.Item), structuredClone(input.Item));
        return {};
      }
      case "DeleteItemCommand": {
        const old = this.items.get(keyOf(input.Key));
        if (input.ConditionExpression !== undefined) {
          const values = input.ExpressionAttributeValues;
          if (old?.["status"]?.S !== values[":claimed"]?.S || old?.["owner"]?.S !== values[":owner"]?.S) {
            throw refusal(old ?? {});
          }
        }
        this.items.delete(keyOf(input.Key));
        return { Attributes: old };
      }
      case "GetItemCommand":
        return { Item: this.items.get(keyOf(input.Key)) };
      case "QueryCommand": {
        const { ":pk": pk, ":from": from, ":to": to } = input.ExpressionAttributeValues;
        const found = [...this.items.values()].filter(
          (item) =>
            item["pk"]!.S === pk!.S && (from === undefined || (item["sk"]!.S! >= from.S! && item["sk"]!.S! <= to!.S!)),
        );
        return { Items: found.sort((a, b) => (a["sk"]!.S! < b["sk"]!.S! ? -1 : 1)) };
      }
      default:
        throw new Error(`the fake knows no ${call}`);
    }
  }

  private mayClaim(old: Item, { ExpressionAttributeValues: values }: { ExpressionAttributeValues: Item }): boolean {
    const number = (value: Value | undefined) => Number(value?.N ?? Number.NaN);
    if (number(old["expiresAt"]) <= number(values[":seconds"])) return true;
    if (old["status"]?.S !== values[":claimed"]?.S) return false;
    return number(old["leaseUntil"]) <= number(values[":now"]) || old["owner"]?.S === values[":owner"]?.S;
  }
}

const keyOf = (item: Item): string => JSON.stringify([item["pk"]!.S, item["sk"]!.S]);
const refusal = (Item: Item) =>
  new ConditionalCheckFailedException({ message: "refused", $metadata: {}, Item: Item as never });

/** A log group that is searched as FilterLogEvents does: by pattern and time of delivery. */
export class FakeLogs {
  readonly events: { timestamp: number; message: string }[] = [];
  calls = 0;
  /** Answers instead of a search; may throw or never end. */
  instead: (() => Promise<object>) | undefined;
  pageSize = 100;

  deliver(record: CloudTrailRecord, timestamp = Date.parse(String(record.eventTime)) + 60_000): void {
    this.events.push({ timestamp, message: JSON.stringify(record) });
  }

  async send(command: { input: unknown }): Promise<object> {
    this.calls++;
    if (this.instead) return this.instead();
    const { filterPattern, startTime, endTime, nextToken } = command.input as {
      filterPattern: string;
      startTime: number;
      endTime: number;
      nextToken?: string;
    };
    const matches = compilePredicate(filterPattern);
    const found = this.events
      .map((event, i) => ({ ...event, eventId: String(i) }))
      .filter(({ timestamp }) => timestamp >= startTime && timestamp <= endTime)
      .filter(({ message }) => matches(JSON.parse(message)));
    const from = Number(nextToken ?? 0);
    const to = from + this.pageSize;
    return { events: found.slice(from, to), ...(to < found.length && { nextToken: String(to) }) };
  }
}

export interface Setup {
  detections?: DeployedDetection[];
  limits?: Partial<SearchLimits>;
  /** Milliseconds at the beginning. */
  start?: number;
}

export const t0 = Date.UTC(2026, 0, 5, 10, 5, 0);

export function setUp({ detections = deployed(), limits = {}, start = t0 }: Setup = {}) {
  const clock = { now: start };
  const table = new FakeTable();
  const logs = new FakeLogs();
  const published: Alert[] = [];
  const copied: Alert[] = [];
  const ended: string[][] = [];
  const counted: Counted[] = [];
  let canaries = 0;
  const failing = { publish: 0, copies: 0 };
  const publisher: Publisher = {
    async publish(alert) {
      await Promise.resolve();
      if (failing.publish > 0) {
        failing.publish--;
        throw new Error("SNS is out of order");
      }
      published.push(alert);
    },
    async copies(alert) {
      if (failing.copies > 0) {
        failing.copies--;
        throw new Error("the bus is out of order");
      }
      copied.push(alert);
    },
    async end(_, findings) {
      ended.push([...findings]);
    },
    async canary() {
      canaries++;
    },
  };
  const notifier = () =>
    new Notifier({
      detections,
      place: { partition: "aws", region, account },
      logGroup: "audit",
      canaryMetric,
      state: new DynamoAlertState(table as never, "state", () => clock.now),
      events: new EventQuery(logs as never, "audit", { ...searchLimits, pauses: [1, 1], ...limits }),
      publisher,
      sendCanary: async () => {
        canaries += 100;
      },
      log: { info: () => {}, warn: () => {} },
      count: (metric) => counted.push(metric),
      now: () => clock.now,
      pause: async (ms) => {
        clock.now += ms;
        await Promise.resolve();
      },
    });
  let invocations = 0;
  const only = notifier();
  return {
    clock,
    table,
    logs,
    published,
    copied,
    ended,
    counted,
    failing,
    publisher,
    get canaries() {
      return canaries;
    },
    /** One invocation; `owner` the same again for a retry. */
    handle: (event: unknown, owner = `invocation-${++invocations}`) => only.handle(event, owner),
  };
}

export interface AlarmChange {
  at?: number;
  state?: string;
  old?: string;
  period?: number;
  dimensions?: { name: string; value: string }[];
  query?: string;
  contributor?: { id: string; attributes: Record<string, string> };
  name?: string;
  reason?: string;
}

/** documented: CloudWatch user guide, "Schema when a metric alarm changes state". inferred: the contributor's fields. */
export function alarmMessage(detection: string, change: AlarmChange = {}): Record<string, unknown> {
  const {
    at = t0,
    state = "ALARM",
    old = state === "ALARM" ? "OK" : "ALARM",
    period = 60,
    query,
    contributor,
  } = change;
  const name = change.name ?? `detective-test-detections-high-${detection}`;
  return {
    AlarmName: name,
    AlarmDescription: "[HIGH] words of the alarm",
    AWSAccountId: account,
    AlarmConfigurationUpdatedTimestamp: "2026-01-01T00:00:00.000+0000",
    NewStateValue: state,
    NewStateReason: change.reason ?? "Threshold Crossed: 1 datapoint [1.0] was greater than the threshold (0.0).",
    StateChangeTime: new Date(at).toISOString().replace("Z", "+0000"),
    Region: "US East (N. Virginia)",
    AlarmArn: `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`,
    OldStateValue: old,
    OKActions: [],
    AlarmActions: [],
    InsufficientDataActions: [],
    ...(contributor && { AlarmContributorId: contributor.id, AlarmContributorAttributes: contributor.attributes }),
    Trigger:
      query === undefined
        ? {
            MetricName: detection,
            Namespace: names.metricNamespace(),
            StatisticType: "Statistic",
            Statistic: "SUM",
            Unit: null,
            Dimensions: change.dimensions ?? [],
            Period: period,
            EvaluationPeriods: 1,
            ComparisonOperator: "GreaterThanThreshold",
            Threshold: 0,
            TreatMissingData: "notBreaching",
            EvaluateLowSampleCountPercentile: "",
          }
        : {
            Period: period,
            EvaluationPeriods: 1,
            ComparisonOperator: "GreaterThanThreshold",
            Threshold: 0,
            Metrics: [{ Id: "groups", Expression: query, Period: period, ReturnData: true }],
          },
  };
}

/** documented: Lambda Developer Guide, "Using AWS Lambda with Amazon SNS". */
export const snsEvent = (message: unknown, attributes: Record<string, string> = {}, subject = "ALARM") => ({
  Records: [
    {
      EventVersion: "1.0",
      EventSource: "aws:sns",
      EventSubscriptionArn: `arn:aws:sns:${region}:${account}:alarm:1`,
      Sns: {
        Type: "Notification",
        MessageId: "1",
        TopicArn: `arn:aws:sns:${region}:${account}:alarm`,
        Subject: subject,
        Message: typeof message === "string" ? message : JSON.stringify(message),
        Timestamp: new Date(t0).toISOString(),
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [name, { Type: "String", Value: value }]),
        ),
      },
    },
  ],
});

export const alarmEvent = (detection: string, change: AlarmChange = {}) => snsEvent(alarmMessage(detection, change));

/** documented: EventBridge User Guide, "AWS service events delivered via AWS CloudTrail". */
export const eventBridgeEvent = (record: CloudTrailRecord) => ({
  version: "0",
  id: "1",
  "detail-type": "AWS API Call via CloudTrail",
  source: `aws.${String(record.eventSource).split(".")[0]}`,
  account,
  time: record.eventTime,
  region,
  resources: [],
  detail: record,
});

export const findingEvent = (finding: object) => ({
  version: "0",
  id: "1",
  "detail-type": "DynamoDB Finding",
  source: "dynamodb-detective",
  account,
  region,
  resources: [],
  detail: finding,
});
