import { createHash } from "node:crypto";
import type { DeployedDetection, DeployedRule } from "../../detections/deployedDetection";
import type { GroupKey } from "../../detections/detection";
import { type CloudTrailRecord, timeOf } from "../../detections/event/record";
import { actorOf } from "../../detections/event/summary";
import { type TableIdentity, tableIdentitiesOf, tableKey } from "../../detections/event/tables";
import { compilePredicate, type Predicate, parseFilterPattern } from "../../detections/filterPattern";
import type { Observed } from "../../detections/statefulRule";
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

/** One event as it concerns one group of one detection. */
export interface Sighting {
  watched: Watched;
  /** What the group is, in the order of the rule's `per`. */
  group: string[];
  observation: Observation;
  record: CloudTrailRecord;
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
  const tables = once(() => tableIdentitiesOf(record));
  const country = once(() => {
    const address = publicAddressOf(record);
    return address === undefined ? undefined : countryOf(address);
  });
  const name = typeof eventName === "string" ? eventName.slice(0, 128) : "";

  return watched
    .filter(({ matches }) => matches(record))
    .flatMap((each): Sighting[] => {
      const { rule, steps } = each;
      const stepsOfEvent = steps.flatMap((is, i) => (is(record) ? [i] : []));
      const values = "value" in rule ? valuesOf(rule.value, record, tables, country) : [undefined];
      return groupsOf(rule.per, record, tables).flatMap((group) =>
        values.map((value) => ({
          watched: each,
          group,
          observation: {
            id,
            time,
            name,
            ...(value !== undefined && { value: short(value) }),
            ...(rule.kind === "sequence" && { steps: stepsOfEvent }),
            ...(rule.kind === "sequence" && rule.linked && { tables: tables().map(tableKey).map(short) }),
          },
          record,
          ...(rule.kind === "first-seen" && rule.value === "country" && { country: value! }),
        })),
      );
    });
}

/** An event on several tables belongs to several groups. */
function groupsOf(per: readonly GroupKey[], record: CloudTrailRecord, tables: () => TableIdentity[]): string[][] {
  return per.reduce<string[][]>(
    (groups, key) => {
      const parts = key === "principal" ? [actorOf(record)] : tables().map(tableKey);
      return groups.flatMap((group) => parts.map((part) => [...group, part]));
    },
    [[]],
  );
}

function valuesOf(
  value: Observed,
  record: CloudTrailRecord,
  tables: () => TableIdentity[],
  country: () => string | undefined,
): string[] {
  const one = (text: unknown): string[] => (typeof text === "string" && text !== "" ? [text] : []);
  switch (value) {
    case "country":
      return one(country());
    case "principal":
      return one(actorOf(record));
    case "table":
      return tables().map(tableKey);
    case "region":
      return one(record.awsRegion);
    case "eventName":
      return one(record.eventName);
  }
}

/** A state holds many values, and an ARN may have hundreds of characters. */
const short = (value: string): string =>
  value.length <= 24 ? value : createHash("sha256").update(value).digest("base64url").slice(0, 22);

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
