import { metricFiltersPerLogGroup, regexFiltersPerLogGroup } from "../detections";
import { type RegisteredResource, unknownText } from "../stack/registered";
import type { QuotaRow, Stack } from "./assessment";
import { selectorValues } from "./selectors";

/** AWS allows two subscription filters in one log group (CloudWatch Logs user guide, "CloudWatch Logs quotas"). */
const subscriptionFiltersPerLogGroup = 2;
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
    ...perLogGroup("Metric filters", metricFilters, metricFiltersPerLogGroup),
    ...perLogGroup(
      "Filters with a regular expression",
      [...metricFilters, ...subscriptionFilters].filter(({ inputs }) =>
        /%.*%/.test(String(inputs["pattern"] ?? inputs["filterPattern"])),
      ),
      regexFiltersPerLogGroup,
    ),
    ...perLogGroup("Subscription filters", subscriptionFilters, subscriptionFiltersPerLogGroup),
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

function perLogGroup(name: string, filters: readonly RegisteredResource[], limit: number): QuotaRow[] {
  const groups = new Map<string, number>();
  for (const { inputs } of filters) {
    const written = inputs["logGroupName"] ?? inputs["logGroup"];
    // A log group of the same program has no name yet at preview; the program's components share one.
    const group = typeof written === "string" && written !== unknownText ? written : "log group of the trail";
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  return [...groups].map(([resource, used]) => ({ name, used, limit, resource }));
}

const isMetricsInsights = ({ inputs }: RegisteredResource): boolean =>
  Array.isArray(inputs["metricQueries"]) &&
  (inputs["metricQueries"] as { expression?: string }[]).some(({ expression }) => expression?.startsWith("SELECT "));
