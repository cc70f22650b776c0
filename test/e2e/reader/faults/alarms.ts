import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  type MetricTransformation,
  PutMetricFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand, type Target } from "@aws-sdk/client-eventbridge";
import type { Account } from "../../provider/account";
import type { AccountContents } from "../account";
import type { Deployed } from "../checks/check";
import type { Fault } from "./fault";

type Alarm = AccountContents["alarms"][string];
type MetricFilter = AccountContents["metricFilters"][string];

const catalog = "alarms on detections that go off when the catalog says so";
const values = "filters that count one for each event that a detection is about, by what the catalog counts separately";
const events = "filters that select the labelled events which must alert, and none of those which must not";
const heard =
  "rules that hear of what does not comply, and of the stack's own things alone where others have such things too";

/** Changes one alarm; the rest of it stays. */
export async function changeAlarm(
  ending: string,
  change: Partial<PutMetricAlarmCommandInput>,
  account: Account,
  { account: { alarms } }: Deployed,
) {
  const [AlarmName, alarm] = Object.entries(alarms).find(([name]) => name.endsWith(ending))!;
  const put = (changed: object) =>
    account
      .client(CloudWatchClient)
      .send(new PutMetricAlarmCommand({ ...alarm, ...changed, AlarmName } as PutMetricAlarmCommandInput));
  await put(change);
  return () => put({});
}

const alarmFault = (
  what: string,
  ending: string,
  change: (alarm: Alarm) => Partial<PutMetricAlarmCommandInput>,
  noticedBy: string,
): Fault => ({
  what,
  make(account, deployed) {
    const [, alarm] = Object.entries(deployed.account.alarms).find(([name]) => name.endsWith(ending))!;
    return changeAlarm(ending, change(alarm), account, deployed);
  },
  noticedBy: [noticedBy],
});

const filterFault = (
  what: string,
  part: string,
  change: (filter: MetricFilter) => Partial<MetricFilter>,
  noticedBy: string[],
): Fault => ({
  what,
  async make(account, { account: { metricFilters } }) {
    const [filterName, filter] = Object.entries(metricFilters).find(([name]) => name.includes(part))!;
    const { logGroupName, filterPattern, metricTransformations } = filter;
    const meant = { logGroupName, filterPattern, metricTransformations };
    const changed = { ...meant, ...change(filter) };
    if (JSON.stringify(changed) === JSON.stringify(meant)) throw new Error(`nothing changed in ${filterName}`);
    const put = (to: typeof meant) =>
      account.client(CloudWatchLogsClient).send(
        new PutMetricFilterCommand({
          filterName,
          ...to,
          metricTransformations: to.metricTransformations as unknown as MetricTransformation[],
        }),
      );
    await put(changed);
    return () => put(meant);
  },
  noticedBy,
});

const transformed =
  (change: Partial<MetricFilter["metricTransformations"][number]>) =>
  ({ metricTransformations }: MetricFilter): Partial<MetricFilter> => ({
    metricTransformations: metricTransformations.map((each) => ({ ...each, ...change })),
  });

const ruleFault = (what: string, ending: string, change: (pattern: string) => string): Fault => ({
  what,
  async make(account, { account: { eventRules } }) {
    const [Name, rule] = Object.entries(eventRules).find(([name]) => name.endsWith(ending))!;
    const meant = rule.EventPattern!;
    if (change(meant) === meant) throw new Error(`nothing changed in ${meant}`);
    const put = (EventPattern: string) =>
      account.client(EventBridgeClient).send(new PutRuleCommand({ Name, EventPattern, State: "ENABLED" }));
    await put(change(meant));
    return () => put(meant);
  },
  noticedBy: [heard],
});

/** When alarms go off, what filters select, what rules hear. */
export const alarmFaults: Fault[] = [
  alarmFault("a detection whose threshold is 1000 higher", "-backup-deleted", () => ({ Threshold: 1000 }), catalog),
  alarmFault("a detection that goes off for less", "-multiple-tables-deleted", () => ({ Threshold: 0 }), catalog),
  alarmFault(
    "a detection that goes off when it is quiet",
    "-table-scanned",
    () => ({ ComparisonOperator: "LessThanThreshold" }),
    catalog,
  ),
  alarmFault("a detection that counts in another window", "-multiple-tables-created", () => ({ Period: 60 }), catalog),
  alarmFault("a detection that averages", "-table-item-deleted", () => ({ Statistic: "Average" }), catalog),
  alarmFault("a detection that wants it three times", "-backup-listed", () => ({ EvaluationPeriods: 3 }), catalog),
  alarmFault("a detection that stays in alarm", "-mass-read", () => ({ TreatMissingData: "ignore" }), catalog),
  alarmFault(
    "a detection that counts for everybody together",
    "-multiple-update-operations",
    ({ Metrics }) => ({
      Metrics: Metrics!.map((query) => ({
        ...query,
        Expression: query.Expression!.replace(/, "table"(?= ORDER)/, ""),
      })),
    }),
    catalog,
  ),
  alarmFault(
    "dead letters by the thousand",
    "-dead-letters-waiting",
    () => ({ Threshold: 1000 }),
    "alarms on what could not be delivered that go off when they must",
  ),
  alarmFault(
    "silence that is taken for health",
    "-silent",
    () => ({ TreatMissingData: "notBreaching" }),
    "alarms on a trail that falls silent that go off when they must",
  ),
  alarmFault(
    "a detector that may fail for a day",
    "-detector-errors",
    () => ({ Period: 86_400 }),
    "alarms on the detector that go off when they must",
  ),
  alarmFault(
    "a stream that is read hours later",
    "-iterator-age",
    () => ({ Threshold: 3_600_000_000 }),
    "alarms on the function that reads streams that go off when they must",
  ),
  alarmFault(
    "deletes by the million",
    "-mass-item-deletes-orders",
    () => ({ Threshold: 1_000_000 }),
    "alarms on item changes that go off when they must",
  ),
  alarmFault(
    "item changes that are lost, and not counted",
    "-unprocessed-orders",
    ({ Metrics }) => ({
      Metrics: Metrics!.map((query) => (query.Expression ? { ...query, Expression: "FILL(kept, 0)" } : query)),
    }),
    "an alarm on item changes that were kept or lost without being processed",
  ),
  alarmFault(
    "rules that fail a thousand times",
    "-noncompliant-undelivered",
    () => ({ Threshold: 1000 }),
    "alarms on rules that cannot send that go off when they must",
  ),
  alarmFault(
    "a canary that may be missing for ever",
    "-canary-missing",
    () => ({ TreatMissingData: "notBreaching" }),
    "alarms on the notifier that go off when they must",
  ),
  {
    what: "an alarm that nobody intended",
    async make(account, { account: { alarms }, called }) {
      const [, alarm] = Object.entries(alarms).find(([name]) => name.endsWith("-dead-letters-waiting"))!;
      const AlarmName = `${called("-alerts-alert").split(":").pop()}-more`;
      const client = account.client(CloudWatchClient);
      await client.send(new PutMetricAlarmCommand({ ...alarm, AlarmName } as PutMetricAlarmCommandInput));
      return () => client.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] }));
    },
    noticedBy: [
      "no topic, queue, bucket, key, role, function and alarm but those that are held against what is intended",
    ],
  },
  filterFault("a filter that counts nothing", "-backup-deleted", transformed({ metricValue: "0" }), [values]),
  filterFault("a filter that counts what it does not match", "-table-scanned", transformed({ defaultValue: 1 }), [
    values,
  ]),
  filterFault(
    "a filter of another service",
    "-backup-listed",
    ({ filterPattern }) => ({ filterPattern: filterPattern.replaceAll("amazonaws.com", "example.com") }),
    [events],
  ),
  filterFault(
    "a filter that counts what was refused",
    "-deletion-protection-disabled",
    ({ filterPattern }) => ({ filterPattern: filterPattern.replace(/ && \$\.errorCode NOT EXISTS/, "") }),
    [events],
  ),
  filterFault(
    "a filter that counts every call",
    "-table-item-deleted",
    () => ({ filterPattern: '{ $.eventSource = "dynamodb.amazonaws.com" }' }),
    [events],
  ),
  filterFault(
    "a filter that counts what the detector does itself",
    "-table-item-updated",
    ({ filterPattern }) => ({
      filterPattern: filterPattern.replace(/ && \(\$\.resources\[0\]\.ARN NOT EXISTS[^)]*\)/, ""),
    }),
    ["filters that count what is done to items of the functions' own table in no detection but its own"],
  ),
  ruleFault("a rule that hears what complies", "-noncompliant", (text) => text.replace("NON_COMPLIANT", "COMPLIANT")),
  ruleFault("a rule that hears of keys of everybody", "-noncompliant-keys", (text) => {
    const pattern = JSON.parse(text) as { detail: { resourceId?: string[] } };
    pattern.detail.resourceId = pattern.detail.resourceId!.slice(1);
    return JSON.stringify(pattern);
  }),
  {
    what: "an e-mail that does not say what it is about",
    async make(account, { account: { eventRules } }) {
      const [Rule, { Targets }] = Object.entries(eventRules).find(([name]) => name.endsWith("-noncompliant"))!;
      const [target] = Targets as unknown as [Target];
      const put = (changed: Partial<Target>) =>
        account.client(EventBridgeClient).send(new PutTargetsCommand({ Rule, Targets: [{ ...target, ...changed }] }));
      await put({ InputTransformer: { ...target.InputTransformer, InputTemplate: '"Something does not comply."' } });
      return () => put({});
    },
    noticedBy: ["a text that says what does not comply, with each of its values"],
  },
];
