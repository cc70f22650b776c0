import { hash } from "node:crypto";
import type { Sighting, Watched } from "./observe";
import { advance, expiryOf, type Found, type RuleState } from "./rules";

/** What is kept of one group of one detection. */
export interface StateDocument {
  key: string;
  /** Counts the writes: a write is refused where somebody else wrote in between. 0: not there yet. */
  version: number;
  /** Milliseconds; from then on it says nothing, even where DynamoDB has not deleted it yet. */
  expiresAt: number;
  state?: RuleState;
}

export const noDocument = (key: string): StateDocument => ({ key, version: 0, expiresAt: 0 });

/** Longest key that is written out; DynamoDB takes 2,048 bytes. */
const longestKey = 1000;

/** One key for one group of one detection. JSON keeps apart what a separator in a name would not. */
export function documentKey({ detection }: Watched, group: readonly string[]): string {
  const written = JSON.stringify(group);
  const name = Buffer.byteLength(written) <= longestKey ? written : hash("sha256", written);
  return `detector#${detection.id}#${name}`;
}

/** What is seen of one group in one batch, in order of time. */
export interface GroupSightings<Seen extends Sighting> {
  key: string;
  watched: Watched;
  sightings: Seen[];
}

/** Sightings by document: each is read and written at most once, however many events concern it. */
export function grouped<Seen extends Sighting>(sightings: readonly Seen[]): GroupSightings<Seen>[] {
  const groups = new Map<string, GroupSightings<Seen>>();
  for (const sighting of sightings) {
    const { watched, group } = sighting;
    const key = documentKey(watched, group);
    const known = groups.get(key);
    if (known) known.sightings.push(sighting);
    else groups.set(key, { key, watched, sightings: [sighting] });
  }
  for (const each of groups.values()) each.sightings = prepared(each.watched, each.sightings);
  return [...groups.values()];
}

function prepared<Seen extends Sighting>({ rule }: Watched, sightings: Seen[]): Seen[] {
  if (sightings.length === 1) return sightings;
  const inOrder = [...sightings].sort((a, b) => a.observation.time - b.observation.time);
  return rule.kind === "rate" ? countedTogether(inOrder, rule.windowSeconds * 1000) : inOrder;
}

/** Of a rate, the events of one window are one: the digest of their ids tells a batch that is delivered again. */
function countedTogether<Seen extends Sighting>(sightings: readonly Seen[], windowMs: number): Seen[] {
  const windows = new Map<number, Map<string, Seen>>();
  for (const sighting of sightings) {
    const window = Math.floor(sighting.observation.time / windowMs);
    const ofWindow = windows.get(window) ?? new Map<string, Seen>();
    windows.set(window, ofWindow.set(sighting.observation.id, sighting));
  }
  return [...windows.values()].map((byId) => {
    const last = [...byId.values()].at(-1)!;
    if (byId.size === 1) return last;
    const digest = hash("sha256", [...byId.keys()].sort().join("\n"), "base64url").slice(0, 22);
    return { ...last, observation: { ...last.observation, count: byId.size, digest } };
  });
}

export interface Advanced<Seen extends Sighting> {
  /** The same document where nothing has to be written. */
  document: StateDocument;
  /** What was found, each with the sighting that set it off. */
  found: { sighting: Seen; found: Found }[];
}

/**
 * What the sightings of a batch make of a document. Pure.
 *
 * @param now Milliseconds; a document that has expired by then is no memory.
 * @param learnsUntil Milliseconds; values of earlier events are only learnt.
 */
export function advanceDocument<Seen extends Sighting>(
  document: StateDocument,
  { watched, sightings }: GroupSightings<Seen>,
  now: number,
  learnsUntil: number,
): Advanced<Seen> {
  const { rule } = watched;
  const live = document.expiresAt > now ? document.state : undefined;
  let state = live;
  let newest = now;
  /** By the event that gives a finding its id. */
  const all = new Map<string, { sighting: Seen; found: Found }>();
  for (const sighting of sightings) {
    const { observation } = sighting;
    newest = Math.max(newest, observation.time);
    const step = advance(
      rule,
      state,
      observation.time < learnsUntil ? { ...observation, learning: true } : observation,
    );
    state = step.state;
    for (const found of step.found) all.set(found.events[found.events.length - 1]!.id, { sighting, found });
  }
  const found = [...all.values()];
  if (state === live) return { document, found };
  return { document: { ...document, state: state!, expiresAt: expiryOf(rule, newest) }, found };
}
