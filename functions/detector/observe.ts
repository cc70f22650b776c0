import { hash } from "node:crypto";
import type { DeployedDetection, DeployedRule } from "../../detections/deployedDetection";
import type { GroupKey } from "../../detections/detection";
import { type CloudTrailRecord, timeOf } from "../../detections/event/record";
import { actorOf } from "../../detections/event/summary";
import { tableIdentitiesOf, tableKey } from "../../detections/event/tables";
import { compilePredicate, type Predicate, parseFilterPattern } from "../../detections/filterPattern";
import type { Observed } from "../../detections/statefulRule";
import { remembering } from "./remembering";
import type { Observation } from "./rules";
import { publicAddressOf } from "./sourceAddress";

/** The country of a public address; undefined where it is not known. */
export type CountryOf = (address: string) => string | undefined;

/** A stateful detection, ready to be asked about events. */
export interface Watched {
  detection: DeployedDetection;
  rule: DeployedRule;
  matches: Predicate;
  /** For a sequence: whether an event is each of its steps. */
  steps: Predicate[];
}

/** One event as it concerns one group of one detection. Does not hold the event: many may wait for their turn. */
export interface Sighting {
  watched: Watched;
  /** What the group is, in the order of the rule's `per`. */
  group: string[];
  observation: Observation;
  /** Country of the source address, where one was looked up. */
  country?: string;
}

/** The stateful ones among the deployed detections. Throws FilterPatternError for a pattern that is none. */
export function watchedOf(detections: readonly DeployedDetection[]): Watched[] {
  return detections.flatMap((detection): Watched[] => {
    const rule = detection.stateful;
    if (!rule) return [];
    const steps = rule.kind === "sequence" ? rule.steps.map(({ patterns }) => anyOf(patterns)) : [];
    return [{ detection, rule, matches: anyOf(detection.patterns), steps }];
  });
}

function anyOf(patterns: readonly string[]): Predicate {
  const predicates = patterns.map((pattern) => compilePredicate(parseFilterPattern(pattern)));
  return (record) => predicates.some((matches) => matches(record));
}

/** What the detections see in one event. Nothing where it has no id or no time, or lacks what a rule groups by. */
export function sightingsOf(watched: readonly Watched[], record: CloudTrailRecord, countryOf: CountryOf): Sighting[] {
  const { eventID: id, eventName } = record;
  const time = timeOf(record);
  if (typeof id !== "string" || id === "" || Number.isNaN(time)) return [];
  const seen: Seen = {
    record,
    actor: once(() => actorOf(record)),
    tables: once(() => tableIdentitiesOf(record).map(tableKey)),
    country: once(() => {
      const address = publicAddressOf(record);
      return address === undefined ? undefined : countryOf(address);
    }),
  };
  const name = typeof eventName === "string" ? eventName.slice(0, 128) : "";

  const sightings: Sighting[] = [];
  for (const each of watched) {
    if (!each.matches(record)) continue;
    const { rule } = each;
    const groups = groupsOf(rule.per, seen);
    if ("value" in rule) {
      for (const value of valuesOf(rule.value, seen)) {
        const observation = { id, time, name, value: short(value) };
        const country = rule.kind === "first-seen" && rule.value === "country" ? { country: value } : {};
        for (const group of groups) sightings.push({ watched: each, group, observation, ...country });
      }
    } else {
      const steps = rule.kind === "sequence" ? { steps: stepsOf(each, record) } : {};
      for (const group of groups) sightings.push({ watched: each, group, observation: { id, time, name, ...steps } });
    }
  }
  return sightings;
}

/** What the rules of several detections may ask about one event. */
interface Seen {
  record: CloudTrailRecord;
  actor: () => string;
  tables: () => string[];
  country: () => string | undefined;
}

const stepsOf = ({ steps }: Watched, record: CloudTrailRecord): number[] =>
  steps.flatMap((is, i) => (is(record) ? [i] : []));

/** An event on several tables belongs to several groups. */
function groupsOf(per: readonly GroupKey[], { actor, tables }: Seen): string[][] {
  const partsOf = (key: GroupKey): string[] => (key === "principal" ? [actor()] : tables());
  if (per.length === 1) return partsOf(per[0]!).map((part) => [part]);
  return per.reduce<string[][]>(
    (groups, key) => groups.flatMap((group) => partsOf(key).map((part) => [...group, part])),
    [[]],
  );
}

function valuesOf(value: Observed, { record, actor, tables, country }: Seen): string[] {
  const one = (text: unknown): string[] => (typeof text === "string" && text !== "" ? [text] : []);
  switch (value) {
    case "country":
      return one(country());
    case "principal":
      return one(actor());
    case "table":
      return tables();
    case "region":
      return one(record.awsRegion);
    case "eventName":
      return one(record.eventName);
  }
}

/** A state holds many values, and an ARN may have hundreds of characters. */
const short = (value: string): string => (value.length <= 24 ? value : digestOf(value));
const digestOf = remembering((value) => hash("sha256", value, "base64url").slice(0, 22));

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
