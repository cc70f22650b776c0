import type { FirstSeenRule } from "../../../detections/statefulRule";
import { type Advance, minuteMs, type Observation, rememberedFindings, type SeenEvent } from "./rule";

export interface FirstSeenState {
  /** When each value was seen last, in milliseconds. The newest stays for good, so that the group is known. */
  seen: Record<string, number>;
  /** Events that were found. */
  found: SeenEvent[];
}

/** A state stays small: of more values, the one seen longest ago is forgotten. */
const maxValues = 100;

/** The last sight of a value is kept to the minute, so that a value seen all day is not written all day. */
const refreshMs = minuteMs;

/**
 * A value that the group did not show within the memory is found; the group's first value ever, and all values while
 * learning, are only learnt. Late events count at their own time: a value that was seen since is not new.
 */
export function advanceFirstSeen(
  rule: Pick<FirstSeenRule, "rememberSeconds">,
  before: FirstSeenState | undefined,
  { id, time, name, value = "", learning = false }: Observation,
): Advance<FirstSeenState> {
  const again = before?.found.find((event) => event.id === id);
  if (before && again) return { state: before, found: [{ events: [again] }] };

  const last = lastSeen(before, value);
  const remembered = last !== undefined && time - last <= rule.rememberSeconds * 1000;
  if (before && remembered && time - last < refreshMs) return { state: before, found: [] };

  const isFound = before !== undefined && !remembered && !learning;
  const event = { id, time, name };
  const seen = { ...before?.seen, [value]: Math.max(time, last ?? time) };
  const state = {
    seen: forget(seen, rule.rememberSeconds * 1000),
    found: isFound ? [...before.found, event].slice(-rememberedFindings) : (before?.found ?? []),
  };
  return { state, found: isFound ? [{ events: [event] }] : [] };
}

/** Values come from outside: `constructor` is one like any other. */
const lastSeen = (state: FirstSeenState | undefined, value: string): number | undefined =>
  state && Object.hasOwn(state.seen, value) ? state.seen[value] : undefined;

function forget(seen: Record<string, number>, rememberMs: number): Record<string, number> {
  const times = Object.values(seen);
  const newest = Math.max(...times);
  // Mostly there is nothing to forget.
  if (times.length <= maxValues && times.every((time) => time >= newest - rememberMs)) return seen;
  const newestFirst = Object.entries(seen).sort(([, a], [, b]) => b - a);
  return Object.fromEntries(newestFirst.filter(([, time]) => time >= newest - rememberMs).slice(0, maxValues));
}
