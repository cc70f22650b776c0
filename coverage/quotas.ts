import {
  countRegexes,
  metricFiltersPerLogGroup,
  regexesPerLogGroup,
  subscriptionFiltersPerLogGroup,
} from "../detections";
import { type RegisteredResource, unknownText } from "../stack/registered";
import { adoptedTrails, type FilterCount, logGroupOf } from "./adopted";
import type { QuotaRow, Stack } from "./assessment";
import { selectorValues } from "./selectors";

/** Values over all advanced event selectors of a trail (CloudTrail user guide, "Quotas in AWS CloudTrail"). */
const valuesPerTrail = 500;
/** CloudWatch user guide, "CloudWatch service quotas". */
const metricsInsightsAlarmsPerRegion = 200;
/** AWS Config developer guide, "Service limits for AWS Config". */
const configRulesPerRegion = 1000;

/** How much of the AWS quotas the stack uses. What other stacks use of a shared quota is not known here. */
export function quotaUse(stack: Stack): QuotaRow[] {
  const accountAndRegion = "account and Region";
  const metricFilters = stack.ofType("aws:cloudwatch/logMetricFilter:LogMetricFilter");
  const subscriptionFilters = stack.ofType("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter");
  return [
    ...perLogGroup(
      "Metric filters",
      one(metricFilters),
      metricFiltersPerLogGroup,
      others(stack, "metricFilterCount", "existingMetricFilterCount"),
    ),
    ...perLogGroup(
      "Regular expressions in filters",
      [...metricFilters, ...subscriptionFilters].map(({ inputs }) => [
        logGroupOf(inputs),
        countRegexes(String(inputs["pattern"] ?? inputs["filterPattern"])),
      ]),
      regexesPerLogGroup,
      others(stack, "regexCount", "existingRegexCount"),
    ),
    ...perLogGroup(
      "Subscription filters",
      one(subscriptionFilters),
      subscriptionFiltersPerLogGroup,
      adoptedTrails(stack).map(({ logGroupName, subscriptionFilterCount }) => [logGroupName, subscriptionFilterCount]),
    ),
    ...stack.ofType("aws:cloudtrail/trail:Trail").map((trail) => ({
      name: "Event selector values",
      used: selectorValues(trail),
      limit: valuesPerTrail,
      resource: trail.name,
    })),
    {
      name: "Metrics Insights alarms",
      used: stack.ofType("aws:cloudwatch/metricAlarm:MetricAlarm").filter(isMetricsInsights).length,
      limit: metricsInsightsAlarmsPerRegion,
      resource: accountAndRegion,
    },
    {
      name: "AWS Config rules",
      used: stack.ofType("aws:cfg/rule:Rule").length,
      limit: configRulesPerRegion,
      resource: accountAndRegion,
    },
  ];
}

/** How many in which log group. */
type Counts = readonly (readonly [logGroup: string, count: number])[];

const one = (filters: readonly RegisteredResource[]): Counts => filters.map(({ inputs }) => [logGroupOf(inputs), 1]);

/** What log groups of others have already: as known of an adopted trail, or as `DetectionAlarms` alone was told. */
function others(stack: Stack, ofTrail: FilterCount, ofAlarms: string): Counts {
  const told = [
    ...adoptedTrails(stack).map((adopted) => [adopted.logGroupName, adopted[ofTrail]] as const),
    ...stack
      .ofType("dynamodb-detective:index:DetectionAlarms")
      .map(({ inputs }) => [logGroupOf(inputs), Number(inputs[ofAlarms] ?? 0)] as const),
  ];
  // Both speak of the same filters.
  const most = new Map<string, number>();
  for (const [logGroup, count] of told) most.set(logGroup, Math.max(count, most.get(logGroup) ?? 0));
  return [...most];
}

/** One row for each log group in which something counts. */
function perLogGroup(name: string, own: Counts, limit: number, others: Counts): QuotaRow[] {
  const groups = new Map<string, number>();
  for (const [logGroup, count] of [...own, ...others]) {
    if (count > 0) groups.set(logGroup, (groups.get(logGroup) ?? 0) + count);
  }
  return [...groups].map(([logGroup, used]) => ({
    name,
    used,
    limit,
    // A log group of the same program has no name yet at preview; the program's components share one.
    resource: logGroup === unknownText ? "log group of the trail" : logGroup,
  }));
}

const isMetricsInsights = ({ inputs }: RegisteredResource): boolean =>
  Array.isArray(inputs["metricQueries"]) &&
  (inputs["metricQueries"] as { expression?: string }[]).some(({ expression }) => expression?.startsWith("SELECT "));
