import { InputError } from "../inputError";
import { type GroupedQuery, readGroupedQuery } from "./query";
import type { Statistic } from "./series";
import type { EvaluationRule, MissingData } from "./state";

export const comparisons = {
  GreaterThanThreshold: (value: number, threshold: number): boolean => value > threshold,
  GreaterThanOrEqualToThreshold: (value: number, threshold: number): boolean => value >= threshold,
  LessThanThreshold: (value: number, threshold: number): boolean => value < threshold,
  LessThanOrEqualToThreshold: (value: number, threshold: number): boolean => value <= threshold,
};
export type Comparison = keyof typeof comparisons;

/** A metric alarm, as far as its evaluation needs it. */
export interface AlarmSettings extends EvaluationRule {
  /** Physical name. */
  name: string;
  namespace: string;
  metricName: string;
  /** Exact dimensions of the one series that is measured; for a grouped alarm absent. */
  dimensions?: Readonly<Record<string, string>>;
  /** Set where each combination of these dimensions is evaluated on its own. */
  groupedBy?: readonly string[];
  statistic: Statistic;
  periodSeconds: number;
  comparison: Comparison;
  threshold: number;
}

/** An alarm of a kind that the simulation does not know. */
export interface NotSimulated {
  notSimulated: string;
}

const statistics: readonly string[] = ["Sum", "SampleCount", "Average", "Minimum", "Maximum"];
const missingData: readonly string[] = ["missing", "ignore", "breaching", "notBreaching"];

/** Reads `aws:cloudwatch/metricAlarm:MetricAlarm` inputs. Throws an InputError for what AWS would refuse. */
export function readAlarm(
  resource: string,
  name: string,
  inputs: Record<string, unknown>,
): AlarmSettings | NotSimulated {
  const refuse = (input: string, problem: string): never => {
    throw new InputError(resource, input, problem);
  };
  const comparison = String(inputs["comparisonOperator"]);
  if (!Object.hasOwn(comparisons, comparison)) {
    return { notSimulated: `comparisonOperator ${comparison} (anomaly detection)` };
  }
  const n = Number(inputs["evaluationPeriods"]);
  if (!Number.isInteger(n) || n < 1) refuse("evaluationPeriods", "is not a whole number of at least 1");
  const m = Number(inputs["datapointsToAlarm"] ?? n);
  if (!(m >= 1 && m <= n)) refuse("datapointsToAlarm", `${m} is not between 1 and evaluationPeriods (${n})`);
  const treatMissingData = String(inputs["treatMissingData"] ?? "missing");
  if (!missingData.includes(treatMissingData)) {
    refuse("treatMissingData", `${treatMissingData} is none of ${missingData.join(", ")}`);
  }
  if (inputs["threshold"] === undefined || !Number.isFinite(Number(inputs["threshold"]))) {
    return { notSimulated: "an alarm without a fixed threshold" };
  }
  const common = {
    name,
    evaluationPeriods: n,
    datapointsToAlarm: m,
    treatMissingData: treatMissingData as MissingData,
    comparison: comparison as Comparison,
    threshold: Number(inputs["threshold"]),
  };

  const queries = inputs["metricQueries"];
  if (Array.isArray(queries) && queries.length > 0) return queried(common, queries);
  const statistic = String(inputs["statistic"] ?? `extendedStatistic ${inputs["extendedStatistic"]}`);
  if (!statistics.includes(statistic)) return { notSimulated: `statistic ${statistic}` };
  const periodSeconds = Number(inputs["period"]);
  if (!(periodSeconds >= 60 && periodSeconds % 60 === 0)) {
    return { notSimulated: `a period of ${inputs["period"]} s (high resolution)` };
  }
  return {
    ...common,
    namespace: String(inputs["namespace"]),
    metricName: String(inputs["metricName"]),
    dimensions: (inputs["dimensions"] ?? {}) as Record<string, string>,
    statistic: statistic as Statistic,
    periodSeconds,
  };
}

type Common = Pick<
  AlarmSettings,
  "name" | "evaluationPeriods" | "datapointsToAlarm" | "treatMissingData" | "comparison" | "threshold"
>;

function queried(common: Common, queries: readonly unknown[]): AlarmSettings | NotSimulated {
  const [query, ...others] = queries as { expression?: string; period?: number }[];
  const grouped: GroupedQuery | undefined = others.length === 0 ? readGroupedQuery(query?.expression ?? "") : undefined;
  if (!grouped) {
    const text = query?.expression ?? "a metric";
    return { notSimulated: `metric queries other than one grouped SUM (${text}${others.length > 0 ? ", …" : ""})` };
  }
  const { namespace, metricName, dimensions } = grouped;
  return {
    ...common,
    namespace,
    metricName,
    ...(dimensions.length === 0 ? { dimensions: {} } : { groupedBy: dimensions }),
    statistic: "Sum",
    periodSeconds: Number(query?.period ?? 60),
  };
}
