import { catalog, type Detection, DetectionProfile, isInProfile, isStateful } from "../detections";
import type { RegisteredResource } from "../stack/registered";
import { type CoverageRow, type Stack, urnsOf } from "./assessment";

const metricFilterType = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const metricAlarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const functionType = "aws:lambda/function:Function";
const subscriptionFilterType = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";
const eventTargetType = "aws:cloudwatch/eventTarget:EventTarget";

interface Transformation {
  name?: string;
  namespace?: string;
}

/** One row per detection of the catalog: its filters, its alarm, and whether the alarm notifies anybody. */
export function alertCoverage(stack: Stack): CoverageRow[] {
  const detectors = detectorsOf(stack);
  const profile = profileOf(stack);
  return catalog.map((detection) => {
    const filters = isStateful(detection) ? detectors.ways : filtersOf(stack, detection.id);
    const metrics = isStateful(detection)
      ? detectors.namespaces.map((namespace) => ({ name: detection.id, namespace }))
      : filters.map(transformationOf);
    const alarms = alarmsOn(stack, metrics);
    const missing = whatIsMissing(detection, filters, alarms, profile);
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

/** The profile of the deployed detections; of a program of an older version nothing is known here. */
export function profileOf(stack: Stack): DetectionProfile | undefined {
  const [profile] = stack.ofType("dynamodb-detective:index:DetectionAlarms").map(({ inputs }) => inputs["profile"]);
  return Object.values(DetectionProfile).find((known) => known === profile);
}

/** Metric filters of one detection: the metric is named after it. */
export const filtersOf = (stack: Stack, detectionId: string): RegisteredResource[] =>
  stack.ofType(metricFilterType).filter((filter) => transformationOf(filter).name === detectionId);

/**
 * Detector functions, known by the name of their service, that get events: each with the subscription filter or rule
 * beside it, under the same parent, since at preview no ARN is known.
 */
function detectorsOf(stack: Stack): { ways: RegisteredResource[]; namespaces: string[] } {
  const senders = [...stack.ofType(subscriptionFilterType), ...stack.ofType(eventTargetType)];
  const detectors = stack
    .ofType(functionType)
    .map((lambda) => ({ lambda, variables: variablesOf(lambda) }))
    .filter(({ variables }) => variables["POWERTOOLS_SERVICE_NAME"] === "detector")
    .map(({ lambda, variables }) => ({
      lambda,
      namespace: variables["POWERTOOLS_METRICS_NAMESPACE"],
      sender: senders.find(({ parent }) => parent === lambda.parent),
    }))
    .filter(({ sender }) => sender !== undefined);
  return {
    ways: detectors.flatMap(({ lambda, sender }) => [sender!, lambda]),
    namespaces: detectors.map(({ namespace }) => String(namespace)),
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
  profile: DetectionProfile | undefined,
): string | undefined {
  if (alarms.length === 0 && detection.requires) return `Nothing to look for: set ${detection.requires}.`;
  if (alarms.length === 0 && profile !== undefined && !isInProfile(detection, profile)) {
    return `Not in the profile ${profile}: set detections.${detection.id}.enabled to true, or choose a wider profile.`;
  }
  if (filters.length === 0) {
    return isStateful(detection)
      ? "Needs the detector function, which remembers: set statefulDetector to true."
      : `Switched off, or no metric filter writes the metric ${detection.id}.`;
  }
  if (alarms.length === 0) return `No alarm watches the metric ${detection.id}.`;
  return alarms.some(hasAction) ? undefined : "The alarm notifies nobody: give it an alarm action.";
}

const hasAction = ({ inputs }: RegisteredResource): boolean =>
  Array.isArray(inputs["alarmActions"]) && inputs["alarmActions"].length > 0;

/** Whether an alarm on the metric of this filter notifies anybody. */
export const notifies = (stack: Stack, filter: RegisteredResource): boolean =>
  alarmsOn(stack, [transformationOf(filter)]).some(hasAction);

const transformationOf = (filter: RegisteredResource): Transformation =>
  (filter.inputs["metricTransformation"] as Transformation | undefined) ?? {};

const expressionsOf = (inputs: RegisteredResource["inputs"]): string[] =>
  ((inputs["metricQueries"] as { expression?: string }[] | undefined) ?? []).flatMap(
    ({ expression }) => expression ?? [],
  );
