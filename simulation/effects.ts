import type { CloudTrailRecord } from "../detections/event/record";
import { type EventSummary, summaryOf } from "../detections/event/summary";
import { type CountryOf, type Sighting, sightingsOf } from "../functions/detector/observe";
import { breakOf, type Hop } from "./delivery/hop";
import type { MetricValue } from "./logs/metricFilter";
import type { DetectorWay, FilterWay, RuleWay, SubscriptionWay, Wiring } from "./wiring";

/** What an event does, whenever it counts. Much smaller than the event, so that many can wait for their turn. */
export interface Effects {
  /** Some filter or rule matches the event. */
  isRelevant: boolean;
  event: EventSummary;
  counted: readonly { way: FilterWay; path: readonly Hop[]; value: MetricValue | undefined }[];
  followed: readonly { way: RuleWay; path: readonly Hop[] }[];
  subscribed: readonly { way: SubscriptionWay; path: readonly Hop[] }[];
  /** What detectors note of the event; nothing, where it does not concern their rules. */
  detected: readonly { way: DetectorWay; path: readonly Hop[]; sightings: readonly Sighting[] }[];
  /** Filters with a default value, which reach their log group: it counts for the minute if no event matches in it. */
  defaults: readonly { way: FilterWay; path: readonly Hop[] }[];
}

/** `undefined` where the event does nothing, as most do. */
export function effectsOf(wiring: Wiring, record: CloudTrailRecord, countryOf: CountryOf): Effects | undefined {
  const filters = wiring.filtersFor(record).filter(({ filter }) => filter.matches(record));
  const rules = wiring.rules.filter(({ rule }) => canMatch(rule, record) && rule.matches(record));
  const subscriptions = wiring.subscriptions.filter(({ filter }) => filter.matches(record));
  const detectors = wiring.detectors.filter((way) => way.matches(record));
  const isRelevant = filters.length + rules.length + subscriptions.length + detectors.length > 0;
  if (!isRelevant && wiring.withDefault.length === 0) return undefined;
  return {
    isRelevant,
    event: summaryOf(record),
    counted: filters.map((way) => ({ way, path: way.upstream(record), value: way.filter.valueOf(record) })),
    followed: rules.map((way) => ({ way, path: [...way.upstream(record), ...way.downstream] })),
    subscribed: subscriptions.map((way) => ({ way, path: way.path(record) })),
    detected: detectors.map((way) => ({
      way,
      path: way.path(record),
      sightings: sightingsOf(way.detector.watched, record, countryOf),
    })),
    defaults: wiring.withDefault
      .map((way) => ({ way, path: way.upstream(record) }))
      .filter(({ path }) => breakOf(path) === undefined),
  };
}

const canMatch = ({ sources }: RuleWay["rule"], { eventSource }: CloudTrailRecord): boolean =>
  sources === undefined || sources.has(eventSource as string);
