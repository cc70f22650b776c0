import { catalog, type Detection, isStateful } from "../detections";
import type { RegisteredResource } from "../stack/registered";
import { type CoverageRow, type Stack, urnsOf } from "./assessment";

const metricFilterType = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const metricAlarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";

interface Transformation {
  name?: string;
  namespace?: string;
}

/** One row per detection of the catalog: its filters, its alarm, and whether the alarm notifies anybody. */
export function alertCoverage(stack: Stack): CoverageRow[] {
  return catalog.map((detection) => {
    const filters = filtersOf(stack, detection.id);
    const alarms = alarmsOn(stack, filters);
    const missing = whatIsMissing(detection, filters, alarms);
    return {
      kind: "alert",
      id: detection.id,
      title: detection.title,
      covered: missing === undefined,
      by: missing === undefined ? urnsOf([...filters, ...alarms]) : [],
      ...(missing === undefined ? {} : { note: missing }),
    };
  });
}

/** Metric filters of one detection: the metric is named after it. */
export const filtersOf = (stack: Stack, detectionId: string): RegisteredResource[] =>
  stack.ofType(metricFilterType).filter((filter) => transformationOf(filter).name === detectionId);

/** Alarms on the metrics that these filters write. */
function alarmsOn(stack: Stack, filters: readonly RegisteredResource[]): RegisteredResource[] {
  const metrics = filters.map(transformationOf);
  return stack
    .ofType(metricAlarmType)
    .filter(({ inputs }) =>
      metrics.some(
        ({ name, namespace }) =>
          (inputs["metricName"] === name && inputs["namespace"] === namespace) ||
          expressionsOf(inputs).some((text) => text.includes(`"${name}"`) && text.includes(`"${namespace}"`)),
      ),
    );
}

function whatIsMissing(
  detection: Detection,
  filters: readonly RegisteredResource[],
  alarms: readonly RegisteredResource[],
): string | undefined {
  if (isStateful(detection)) return "needs the detector function, which remembers.";
  if (filters.length === 0) return `Switched off, or no metric filter writes the metric ${detection.id}.`;
  if (alarms.length === 0) return `No alarm watches the metric ${detection.id}.`;
  const notifies = alarms.some(
    ({ inputs }) => Array.isArray(inputs["alarmActions"]) && inputs["alarmActions"].length > 0,
  );
  return notifies ? undefined : "The alarm notifies nobody: give it an alarm action.";
}

const transformationOf = (filter: RegisteredResource): Transformation =>
  (filter.inputs["metricTransformation"] as Transformation | undefined) ?? {};

const expressionsOf = (inputs: RegisteredResource["inputs"]): string[] =>
  ((inputs["metricQueries"] as { expression?: string }[] | undefined) ?? []).flatMap(
    ({ expression }) => expression ?? [],
  );
