import type { DistinctRule } from "../../../detections/statefulRule";
import { type Advance, latenessMs, minuteMs, type Observation, rememberedFindings, type SeenEvent } from "./rule";

export interface DistinctState {
  /** Minutes since 1970 in which each value was seen, in order. */
  seen: Record<string, number[]>;
  found: (SeenEvent & { count: number })[];
}

const maxValues = 500;
const maxMinutes = 32;

/**
 * More than so many different values in some window that holds the event. Windows are kept to the minute, whatever the
 * order of arrival. After a finding the group is quiet for a window: one visit to many tables is one finding.
 */
export function advanceDistinct(
  rule: Pick<DistinctRule, "moreThan" | "withinSeconds">,
  before: DistinctState = { seen: {}, found: [] },
  { id, time, name, value = "" }: Observation,
): Advance<DistinctState> {
  const minute = Math.floor(time / minuteMs);
  const width = Math.ceil((rule.withinSeconds * 1000) / minuteMs);
  const minutes = Object.hasOwn(before.seen, value) ? before.seen[value]! : [];
  const known = minutes.includes(minute);
  const seen = known
    ? before.seen
    : forget({ ...before.seen, [value]: [...minutes, minute].sort((a, b) => a - b).slice(-maxMinutes) }, width);

  const again = before.found.find((event) => event.id === id);
  const quiet = before.found.some((event) => Math.abs(time - event.time) < rule.withinSeconds * 1000);
  // No window has more values than there are.
  const mayBeFound = !again && !quiet && Object.keys(seen).length > rule.moreThan;
  const count = mayBeFound ? mostValues(seen, minute, width) : 0;
  const isFound = count > rule.moreThan;
  const found = isFound ? [...before.found, { id, time, name, count }].slice(-rememberedFindings) : before.found;
  const finding = again ?? (isFound ? { id, time, name, count } : undefined);
  return {
    state: known && !isFound ? before : { seen, found },
    found: finding ? [{ events: [{ id, time, name }], count: finding.count }] : [],
  };
}

/** Most different values in a window of so many minutes that holds the minute. */
function mostValues(seen: Record<string, number[]>, minute: number, width: number): number {
  const lists = Object.values(seen);
  const ends = new Set(lists.flat().filter((end) => end >= minute && end <= minute + width));
  const valuesIn = (end: number): number =>
    lists.filter((minutes) => minutes.some((at) => at >= end - width && at <= end)).length;
  return Math.max(0, ...[...ends].map(valuesIn));
}

const newestOf = (minutes: number[]): number => minutes[minutes.length - 1]!;

function forget(seen: Record<string, number[]>, width: number): Record<string, number[]> {
  const lists = Object.values(seen);
  const newest = Math.max(...lists.map(newestOf));
  const oldest = newest - width - latenessMs / minuteMs;
  // Mostly there is nothing to forget.
  if (lists.length <= maxValues && lists.every(([first]) => first! >= oldest)) return seen;
  return Object.fromEntries(
    Object.entries(seen)
      .map(([value, minutes]) => [value, minutes.filter((at) => at >= oldest)] as const)
      .filter(([, minutes]) => minutes.length > 0)
      .sort(([, a], [, b]) => newestOf(b) - newestOf(a))
      .slice(0, maxValues),
  ) as Record<string, number[]>;
}
