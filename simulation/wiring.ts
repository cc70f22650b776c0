import type { CloudTrailRecord } from "../detections/event/record";
import { requiredValues } from "../detections/filterPattern";
import { readTrail } from "./cloudtrail/trail";
import { type AlarmSettings, readAlarm } from "./cloudwatch/alarmInputs";
import { alarmHops } from "./delivery/alarmHops";
import { type Hop, ok } from "./delivery/hop";
import { isNotifier } from "./delivery/notifierHops";
import { type Stack, textOf } from "./delivery/stack";
import { subscriptionHops } from "./delivery/subscriptionHops";
import { trailDelivery } from "./delivery/trailHops";
import { type TrailWay, toEventBridge, toLogGroup, type Upstream } from "./delivery/upstream";
import { type Detector, readDetectors } from "./detector/detector";
import { type EventRule, readEventRule } from "./eventBridge/rule";
import { targetHop, targetHops, targetsOf } from "./eventBridge/targetHops";
import { type MetricFilter, readMetricFilter } from "./logs/metricFilter";
import type { Call, Needed } from "./logs/needed";
import { readSubscriptionFilter, type SubscriptionFilter } from "./logs/subscriptionFilter";

/** A metric filter with the way to it. */
export interface FilterWay {
  filter: MetricFilter;
  /** Indices into `Wiring.alarms` of the alarms on its metric. */
  alarms: readonly number[];
  upstream: Upstream;
}

/** A subscription filter with the way to it. */
export interface SubscriptionWay {
  filter: SubscriptionFilter;
  /** The hops that an event takes to the destination. */
  path: Upstream;
}

/** A rule of EventBridge with the way to it. */
export interface RuleWay {
  rule: EventRule;
  upstream: Upstream;
  /** From the rule to somebody who is told, by target. */
  downstream: readonly Hop[];
}

/** A detector function with the way of the events to it. */
export interface DetectorWay {
  detector: Detector;
  matches(record: CloudTrailRecord): boolean;
  /** What an event of a call must hold to be sent this way. */
  neededOf(call: Call): Needed;
  path: Upstream;
  /** Indices into `Wiring.alarms` of the alarms on its metrics, by detection. */
  alarms: ReadonlyMap<string, readonly number[]>;
}

export interface AlarmWay {
  settings: AlarmSettings;
  /** From the alarm to somebody who is told. */
  downstream: readonly Hop[];
}

/** What the registered resources connect. Read once; events only follow it. */
export interface Wiring {
  filters: readonly FilterWay[];
  /** The filters that can match an event of this source and name. */
  filtersFor(record: CloudTrailRecord): readonly FilterWay[];
  /** Those with a value for minutes without a match. */
  withDefault: readonly FilterWay[];
  alarms: readonly AlarmWay[];
  subscriptions: readonly SubscriptionWay[];
  detectors: readonly DetectorWay[];
  /** Rules that CloudTrail events can match. */
  rules: readonly RuleWay[];
  /** Rules that hand events to a notifier: seconds after the call, which is told again by the alarm and then left out. */
  fastRules: readonly RuleWay[];
  /** Alarms and rules that are not simulated, with the reason. */
  notSimulated: readonly { resource: string; reason: string }[];
}

export function readWiring(stack: Stack): Wiring {
  const trails = stack.all("trail").map((resource): TrailWay => {
    const trail = readTrail(resource.name, textOf(resource, "arn"), resource.inputs);
    return { trail, ...trailDelivery(stack, resource, trail.silent) };
  });
  const filters = stack.all("metricFilter").map((resource) => readMetricFilter(resource.name, resource.inputs));
  const detectors = readDetectors(stack);
  const { alarms, notSimulated } = readAlarms(stack, filters, detectors);
  const ways = filters.map((filter) => ({
    filter,
    alarms: alarms.flatMap(({ settings }, i) => (measures(settings, filter) ? [i] : [])),
    upstream: toLogGroup(stack, trails, filter.logGroupName, [ok("metric filter", filter.name)]),
  }));
  const subscriptions = stack.all("subscriptionFilter").map((resource): SubscriptionWay => {
    const filter = readSubscriptionFilter(resource.name, resource.inputs);
    const path = toLogGroup(stack, trails, filter.logGroupName, subscriptionHops(stack, filter));
    return { filter, path: askedTwice(path) };
  });
  const subscribed = subscriptions.map(({ filter, path }) => ({
    destinationArn: filter.destinationArn,
    matches: filter.matches,
    neededOf: filter.neededOf,
    path,
  }));
  const eventRules = stack.all("eventRule").flatMap((resource): EventRule[] => {
    const rule = readEventRule(resource.name, textOf(resource, "name"), textOf(resource, "arn"), resource.inputs);
    if (typeof rule === "string") notSimulated.push({ resource: resource.name, reason: rule });
    return typeof rule === "object" ? [rule] : [];
  });
  const ruled = eventRules.flatMap((rule) => {
    const upstream = toEventBridge(trails, rule);
    return targetsOf(stack, rule).map((destinationArn) => {
      const last = targetHop(stack, rule, destinationArn);
      const path: Upstream = (record) => [...upstream(record), ...last];
      const neededOf = ({ eventSource }: Call): Needed => rule.sources?.has(eventSource) ?? true;
      return { destinationArn, matches: rule.matches, neededOf, path };
    });
  });
  const rules: RuleWay[] = [];
  const fastRules: RuleWay[] = [];
  for (const rule of eventRules) {
    const way = (): RuleWay => ({ rule, upstream: toEventBridge(trails, rule), downstream: targetHops(stack, rule) });
    const targets = targetsOf(stack, rule);
    if (targets.some((arn) => notified(stack, arn))) fastRules.push(way());
    // A rule that feeds a detector tells nobody by itself.
    else if (!targets.some((arn) => detectors.some((detector) => detector.arn === arn))) rules.push(way());
  }
  return {
    filters: ways,
    filtersFor: filtersFor(ways),
    withDefault: ways.filter(({ filter }) => filter.defaultValue !== undefined),
    alarms,
    subscriptions,
    detectors: detectorWays(detectors, [...subscribed, ...ruled], alarms),
    rules,
    fastRules,
    notSimulated,
  };
}

function notified(stack: Stack, arn: string): boolean {
  const lambda = stack.find("function", arn, "arn");
  return lambda !== undefined && isNotifier(lambda);
}

/** The detector behind a subscription takes the same path: what was said of the last event is said again. */
function askedTwice(path: Upstream): Upstream {
  let last: { record: CloudTrailRecord | undefined; hops: readonly Hop[] } | undefined;
  return (record) => {
    if (!last || last.record !== record) last = { record, hops: path(record) };
    return last.hops;
  };
}

function detectorWays(
  detectors: readonly Detector[],
  senders: readonly (Pick<DetectorWay, "matches" | "neededOf" | "path"> & { destinationArn: string })[],
  alarms: readonly AlarmWay[],
): DetectorWay[] {
  return detectors.flatMap((detector) => {
    const onMetrics = new Map(
      detector.watched.map(({ detection: { id } }) => [
        id,
        alarms.flatMap(({ settings }, i) => (measuresMetric(settings, detector.namespace, id, []) ? [i] : [])),
      ]),
    );
    return senders
      .filter(({ destinationArn }) => destinationArn === detector.arn)
      .map(({ matches, neededOf, path }) => ({
        detector,
        matches,
        neededOf,
        path: (record) => [...path(record), ...detector.hops],
        alarms: onMetrics,
      }));
  });
}

/** Pairs of source and name that are remembered: AWS has some ten thousand, and files may hold others. */
const maxRemembered = 20_000;

/** Looks filters up by what their patterns require, so that most events are asked nothing. */
function filtersFor(ways: readonly FilterWay[]): (record: CloudTrailRecord) => readonly FilterWay[] {
  const required = ways.map((way) => ({
    way,
    sources: requiredValues(way.filter.pattern, "eventSource"),
    names: requiredValues(way.filter.pattern, "eventName"),
  }));
  const known = new Map<unknown, Map<unknown, readonly FilterWay[]>>();
  let remembered = 0;
  return ({ eventSource, eventName }) => {
    const found = known.get(eventSource)?.get(eventName);
    if (found) return found;
    const possible = required
      .filter(({ sources, names }) => allows(sources, eventSource) && allows(names, eventName))
      .map(({ way }) => way);
    if (remembered++ < maxRemembered) {
      if (!known.has(eventSource)) known.set(eventSource, new Map());
      known.get(eventSource)!.set(eventName, possible);
    }
    return possible;
  };
}

const allows = (values: ReadonlySet<string> | undefined, value: unknown): boolean =>
  values === undefined || values.has(value as string);

function readAlarms(stack: Stack, filters: readonly MetricFilter[], detectors: readonly Detector[]) {
  const isWritten = (settings: AlarmSettings): boolean =>
    filters.some((filter) => measures(settings, filter)) ||
    detectors.some(({ namespace, watched }) =>
      watched.some(({ detection }) => measuresMetric(settings, namespace, detection.id, [])),
    );
  const alarms: AlarmWay[] = [];
  const notSimulated: { resource: string; reason: string }[] = [];
  for (const resource of stack.all("alarm")) {
    const settings = readAlarm(resource.name, textOf(resource, "name") || resource.name, resource.inputs);
    if ("notSimulated" in settings) {
      notSimulated.push({ resource: resource.name, reason: settings.notSimulated });
    } else if (!isWritten(settings)) {
      const { namespace, metricName } = settings;
      notSimulated.push({ resource: resource.name, reason: `no metric filter writes ${namespace} ${metricName}` });
    } else alarms.push({ settings, downstream: alarmHops(stack, resource) });
  }
  return { alarms, notSimulated };
}

/** The alarm reads a series that the filter can write. */
const measures = (alarm: AlarmSettings, { namespace, metricName, dimensionNames }: MetricFilter): boolean =>
  measuresMetric(alarm, namespace, metricName, dimensionNames);

function measuresMetric(
  alarm: AlarmSettings,
  namespace: string,
  metricName: string,
  dimensionNames: readonly string[],
): boolean {
  if (alarm.namespace !== namespace || alarm.metricName !== metricName) return false;
  const names = [...(alarm.groupedBy ?? Object.keys(alarm.dimensions ?? {}))].sort();
  return names.join("\n") === dimensionNames.join("\n");
}
