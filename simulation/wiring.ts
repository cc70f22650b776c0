import { isTooLargeForLogs, readTrail, type Trail } from "./cloudtrail/trail";
import { type AlarmSettings, readAlarm } from "./cloudwatch/alarmInputs";
import { alarmHops } from "./delivery/alarmHops";
import { assumed, breakOf, broken, type Hop, ok } from "./delivery/hop";
import type { Stack } from "./delivery/stack";
import { textOf } from "./delivery/stack";
import { logGroupHops, type TrailDelivery, trailDelivery } from "./delivery/trailHops";
import type { CloudTrailRecord } from "./events/record";
import { type MetricFilter, readMetricFilter } from "./logs/metricFilter";
import { requiredValues } from "./logs/required";

/** One trail's way to its log group. */
interface TrailWay extends TrailDelivery {
  trail: Trail;
}

/** A metric filter with the way to it. */
export interface FilterWay {
  filter: MetricFilter;
  /** Indices into `Wiring.alarms` of the alarms on its metric. */
  alarms: readonly number[];
  /** The hops that an event takes to the filter, with the one that breaks its way, if any. Without one: an event that is selected. */
  upstream(record?: CloudTrailRecord): readonly Hop[];
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
  alarms: readonly AlarmWay[];
  /** Alarms that are not simulated, with the reason. */
  notSimulated: readonly { resource: string; reason: string }[];
}

export function readWiring(stack: Stack): Wiring {
  const trails = stack.all("trail").map((resource): TrailWay => {
    const trail = readTrail(resource.name, textOf(resource, "arn"), resource.inputs);
    return { trail, ...trailDelivery(stack, resource, trail.silent) };
  });
  const filters = stack.all("metricFilter").map((resource) => readMetricFilter(resource.name, resource.inputs));
  const { alarms, notSimulated } = readAlarms(stack, filters);
  const ways = filters.map((filter) => ({
    filter,
    alarms: alarms.flatMap(({ settings }, i) => (measures(settings, filter) ? [i] : [])),
    upstream: upstreamOf(stack, trails, filter),
  }));
  return { filters: ways, filtersFor: filtersFor(ways), alarms, notSimulated };
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

function readAlarms(stack: Stack, filters: readonly MetricFilter[]) {
  const alarms: AlarmWay[] = [];
  const notSimulated: { resource: string; reason: string }[] = [];
  for (const resource of stack.all("alarm")) {
    const settings = readAlarm(resource.name, textOf(resource, "name") || resource.name, resource.inputs);
    if ("notSimulated" in settings) {
      notSimulated.push({ resource: resource.name, reason: settings.notSimulated });
    } else if (!filters.some((filter) => measures(settings, filter))) {
      const { namespace, metricName } = settings;
      notSimulated.push({ resource: resource.name, reason: `no metric filter writes ${namespace} ${metricName}` });
    } else alarms.push({ settings, downstream: alarmHops(stack, resource) });
  }
  return { alarms, notSimulated };
}

/** The alarm reads a series that the filter can write. */
function measures(alarm: AlarmSettings, filter: MetricFilter): boolean {
  if (alarm.namespace !== filter.namespace || alarm.metricName !== filter.metricName) return false;
  const names = [...(alarm.groupedBy ?? Object.keys(alarm.dimensions ?? {}))].sort();
  return names.join("\n") === filter.dimensionNames.join("\n");
}

function upstreamOf(
  stack: Stack,
  trails: readonly TrailWay[],
  filter: MetricFilter,
): (record?: CloudTrailRecord) => readonly Hop[] {
  const last = ok("metric filter", filter.name);
  if (trails.length === 0) return always([...outsideTrail(stack, filter), last]);

  const ways = trails.map((way) => {
    const elsewhere = breakOf(way.after) === undefined && way.logGroupName !== filter.logGroupName;
    const after = elsewhere ? [...way.after.slice(0, 1), missed(filter, way)] : way.after;
    const { trail, before } = way;
    return { trail, before, after, whole: [...before, ok("event selector", trail.name), ...after, last] };
  });
  return (record) => {
    let stopped: readonly Hop[] | undefined;
    for (const { trail, before, after, whole } of ways) {
      const refused = record && trail.refuses(record);
      const path =
        refused === undefined ? whole : [...before, broken("event selector", trail.name, refused), ...after, last];
      if (breakOf(path)) stopped = better(stopped, path);
      else if (record && isTooLargeForLogs(record)) stopped = [...before, tooLarge(trail.name)];
      else return path;
    }
    return stopped!;
  };
}

/** Of several trails that do not deliver, the one that comes closest explains best. */
function better(one: readonly Hop[] | undefined, other: readonly Hop[]): readonly Hop[] {
  const reach = (path: readonly Hop[]): number => path.findIndex(({ status }) => status === "broken");
  return one === undefined || reach(other) > reach(one) ? other : one;
}

const tooLarge = (at: string): Hop =>
  broken("log delivery", at, "the event is larger than 256 KB, which CloudTrail does not send to log groups");

const missed = (filter: MetricFilter, { trail, logGroupName }: TrailWay): Hop =>
  broken(
    "log group",
    filter.logGroupName,
    `the filter reads ${filter.logGroupName}, but ${trail.name} delivers to ${logGroupName}`,
  );

/** No trail is registered: the filter reads the log group of one that exists already. */
function outsideTrail(stack: Stack, filter: MetricFilter): Hop[] {
  const logGroup = stack.find("logGroup", filter.logGroupName, "name", "id");
  return [
    assumed("trail", filter.logGroupName, "no trail is among the resources; one is taken to deliver every event"),
    ...(logGroup
      ? logGroupHops(stack, logGroup).hops
      : [assumed("log group", filter.logGroupName, "the log group is not among the resources")]),
  ];
}

const always = (path: readonly Hop[]) => () => path;
