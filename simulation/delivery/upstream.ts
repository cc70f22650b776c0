import type { CloudTrailRecord } from "../../detections/event/record";
import { isTooLargeForLogs, type Trail } from "../cloudtrail/trail";
import type { EventRule } from "../eventBridge/rule";
import { assumed, breakOf, broken, type Hop, ok } from "./hop";
import type { Stack } from "./stack";
import { logGroupHops, type TrailDelivery } from "./trailHops";

/** One trail's way to its log group. */
export interface TrailWay extends TrailDelivery {
  trail: Trail;
}

/** The hops that an event takes, with the one that breaks its way, if any. Without an event: one that is selected. */
export type Upstream = (record?: CloudTrailRecord) => readonly Hop[];

/** The way of events into a log group and to what reads it there. */
export function toLogGroup(
  stack: Stack,
  trails: readonly TrailWay[],
  logGroupName: string,
  last: readonly Hop[],
): Upstream {
  if (trails.length === 0) {
    const path = [...outsideTrail(stack, logGroupName), ...last];
    return () => path;
  }
  return throughTrails(trails, (way) => {
    const elsewhere = breakOf(way.after) === undefined && way.logGroupName !== logGroupName;
    return [...(elsewhere ? [...way.after.slice(0, 1), missed(logGroupName, way)] : way.after), ...last];
  });
}

/**
 * The way of events to a rule on the default event bus: a trail must log them, whatever it delivers to (EventBridge User
 * Guide, "AWS service events delivered via AWS CloudTrail").
 */
export function toEventBridge(trails: readonly TrailWay[], rule: EventRule): Upstream {
  const last = rule.disabled ? broken("event rule", rule.resource, rule.disabled) : ok("event rule", rule.resource);
  const outside = assumed("trail", rule.resource, "no trail is among the resources; one is taken to log every event");
  const upstream: Upstream = trails.length === 0 ? () => [outside, last] : throughTrails(trails, () => [last]);
  return (record) => {
    const path = upstream(record);
    const missed = record && breakOf(path) === undefined ? rule.misses(record) : undefined;
    return missed === undefined ? path : [...path.slice(0, -1), broken("event rule", rule.resource, missed)];
  };
}

function throughTrails(trails: readonly TrailWay[], afterOf: (way: TrailWay) => readonly Hop[]): Upstream {
  const ways = trails.map((way) => {
    const { trail, before } = way;
    const after = afterOf(way);
    const whole = [...before, ok("event selector", trail.name), ...after];
    return { trail, before, after, whole, isWhole: breakOf(whole) === undefined };
  });
  return (record) => {
    let stopped: readonly Hop[] | undefined;
    for (const { trail, before, after, whole, isWhole } of ways) {
      const refused = record && trail.refuses(record);
      const path = refused === undefined ? whole : [...before, broken("event selector", trail.name, refused), ...after];
      if (refused !== undefined || !isWhole) stopped = better(stopped, path);
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
  broken("log delivery", at, "the event is larger than 256 KB, which CloudTrail sends to buckets only");

const missed = (logGroupName: string, { trail, logGroupName: actual }: TrailWay): Hop =>
  broken("log group", logGroupName, `the filter reads ${logGroupName}, but ${trail.name} delivers to ${actual}`);

/** No trail is registered: the filter reads the log group of one that exists already. */
function outsideTrail(stack: Stack, logGroupName: string): Hop[] {
  const logGroup = stack.find("logGroup", logGroupName, "name", "id");
  return [
    assumed("trail", logGroupName, "no trail is among the resources; one is taken to deliver every event"),
    ...(logGroup
      ? logGroupHops(stack, logGroup).hops
      : [assumed("log group", logGroupName, "the log group is not among the resources")]),
  ];
}
