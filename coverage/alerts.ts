import { type CatalogEntry, catalog, type Detection, isStateful, itemDetections } from "../detections";
import type { RegisteredResource } from "../stack/registered";
import { type CoverageRow, type Stack, urnsOf } from "./assessment";

const metricFilterType = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const metricAlarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const functionType = "aws:lambda/function:Function";
const subscriptionFilterType = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";
const mappingType = "aws:lambda/eventSourceMapping:EventSourceMapping";
const eventTargetType = "aws:cloudwatch/eventTarget:EventTarget";

interface Transformation {
  name?: string;
  namespace?: string;
}

/** One row per entry of the catalog: what writes its metric, its alarm, and whether the alarm notifies anybody. */
export const alertCoverage = (stack: Stack): CoverageRow[] => [...ofEvents(stack), ...ofItemChanges(stack)];

function ofEvents(stack: Stack): CoverageRow[] {
  const detectors = detectorsOf(stack);
  return catalog.map((detection) => {
    const filters = isStateful(detection) ? detectors.ways : filtersOf(stack, detection.id);
    const metrics = isStateful(detection)
      ? detectors.namespaces.map((namespace) => ({ name: detection.id, namespace }))
      : filters.map(transformationOf);
    const alarms = alarmsOn(stack, metrics);
    return row(detection, [...filters, ...alarms], whatIsMissing(detection, filters, alarms));
  });
}

/** Detections of item changes: the stream monitor, fed by its mappings, and an alarm for each table that is watched so. */
function ofItemChanges(stack: Stack): CoverageRow[] {
  const mappings = stack.ofType(mappingType);
  const monitors = functionsOf(stack, "stream-monitor", mappings);
  return itemDetections.map((detection) => {
    const alarms = alarmsOn(
      stack,
      monitors.namespaces.map((namespace) => ({ name: detection.id, namespace })),
    );
    const missing =
      monitors.ways.length === 0
        ? "Needs the stream monitor: name tables in streamMonitor.tables."
        : alarms.length === 0
          ? "Switched off, or no table is watched so: see the settings of streamMonitor.tables."
          : unheard(alarms);
    return row(detection, [...monitors.ways, ...alarms], missing);
  });
}

const row = (
  { id, title }: CatalogEntry,
  by: readonly RegisteredResource[],
  missing: string | undefined,
): CoverageRow => ({
  kind: "alert",
  id,
  title,
  covered: missing === undefined,
  by: missing === undefined ? urnsOf(by) : [],
  ...(missing === undefined ? {} : { note: missing }),
});

/** Metric filters of one detection: the metric is named after it. */
export const filtersOf = (stack: Stack, detectionId: string): RegisteredResource[] =>
  stack.ofType(metricFilterType).filter((filter) => transformationOf(filter).name === detectionId);

/**
 * Detector functions, known by the name of their service, that get events: each with the subscription filter or rule
 * beside it, under the same parent, since at preview no ARN is known.
 */
const detectorsOf = (stack: Stack) =>
  functionsOf(stack, "detector", [...stack.ofType(subscriptionFilterType), ...stack.ofType(eventTargetType)]);

function functionsOf(
  stack: Stack,
  service: string,
  senders: readonly RegisteredResource[],
): { ways: RegisteredResource[]; namespaces: string[] } {
  const found = stack
    .ofType(functionType)
    .map((lambda) => ({ lambda, variables: variablesOf(lambda) }))
    .filter(({ variables }) => variables["POWERTOOLS_SERVICE_NAME"] === service)
    .map(({ lambda, variables }) => ({
      lambda,
      namespace: variables["POWERTOOLS_METRICS_NAMESPACE"],
      by: senders.filter(({ parent }) => parent === lambda.parent),
    }))
    .filter(({ by }) => by.length > 0);
  return {
    ways: found.flatMap(({ lambda, by }) => [...by, lambda]),
    namespaces: found.map(({ namespace }) => String(namespace)),
  };
}

const variablesOf = ({ inputs }: RegisteredResource): Record<string, unknown> =>
  (inputs["environment"] as { variables?: Record<string, unknown> } | undefined)?.variables ?? {};

/** Alarms on these metrics. */
function alarmsOn(stack: Stack, metrics: readonly Transformation[]): RegisteredResource[] {
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
  if (filters.length === 0) {
    return isStateful(detection)
      ? "Needs the detector function, which remembers: set statefulDetector to true."
      : `Switched off, or no metric filter writes the metric ${detection.id}.`;
  }
  if (alarms.length === 0) return `No alarm watches the metric ${detection.id}.`;
  return unheard(alarms);
}

function unheard(alarms: readonly RegisteredResource[]): string | undefined {
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
