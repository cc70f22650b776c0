import { createHash } from "node:crypto";
import type { Finding } from "../finding";
import type { Sighting, Watched } from "./observe";
import { advance, expiryOf, type Observation, type RuleState } from "./rules";
import { toFinding } from "./toFinding";

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
  const name = Buffer.byteLength(written) <= longestKey ? written : createHash("sha256").update(written).digest("hex");
  return `detector#${detection.id}#${name}`;
}

/** What is seen of one group in one batch, in order of time. */
export interface GroupSightings {
  key: string;
  watched: Watched;
  sightings: Sighting[];
}

/** Sightings by document: each is read and written at most once, however many events concern it. */
export function grouped(sightings: readonly Sighting[]): GroupSightings[] {
  const groups = new Map<string, GroupSightings>();
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

function prepared({ rule }: Watched, sightings: readonly Sighting[]): Sighting[] {
  const inOrder = [...sightings].sort((a, b) => a.observation.time - b.observation.time);
  return rule.kind === "rate" ? countedTogether(inOrder, rule.windowSeconds * 1000) : inOrder;
}

/** Of a rate, the events of one window are one: the digest of their ids tells a batch that is delivered again. */
function countedTogether(sightings: readonly Sighting[], windowMs: number): Sighting[] {
  const windows = new Map<number, Map<string, Sighting>>();
  for (const sighting of sightings) {
    const window = Math.floor(sighting.observation.time / windowMs);
    const ofWindow = windows.get(window) ?? new Map<string, Sighting>();
    windows.set(window, ofWindow.set(sighting.observation.id, sighting));
  }
  return [...windows.values()].map((byId) => {
    const last = [...byId.values()].at(-1)!;
    const digest = createHash("sha256")
      .update([...byId.keys()].sort().join("\n"))
      .digest("base64url")
      .slice(0, 22);
    return { ...last, observation: { ...last.observation, count: byId.size, digest } };
  });
}

export interface Advanced {
  /** The same document where nothing has to be written. */
  document: StateDocument;
  findings: Finding[];
}

/**
 * What the sightings of a batch make of a document. Pure.
 *
 * @param now Milliseconds; a document that has expired by then is no memory.
 * @param learnsUntil Milliseconds; values of earlier events are only learnt.
 */
export function advanceDocument(
  document: StateDocument,
  { watched, sightings }: GroupSightings,
  now: number,
  learnsUntil: number,
): Advanced {
  const { rule } = watched;
  const live = document.expiresAt > now ? document.state : undefined;
  let state = live;
  const findings = new Map<string, Finding>();
  for (const sighting of sightings) {
    const { time } = sighting.observation;
    const observation: Observation =
      time < learnsUntil ? { ...sighting.observation, learning: true } : sighting.observation;
    const step = advance(rule, state, observation);
    state = step.state;
    for (const found of step.found) {
      const finding = toFinding(sighting, found);
      findings.set(finding.id, finding);
    }
  }
  if (state === live) return { document, findings: [...findings.values()] };
  const newest = Math.max(now, ...sightings.map(({ observation }) => observation.time));
  return {
    document: { ...document, state: state!, expiresAt: expiryOf(rule, newest) },
    findings: [...findings.values()],
  };
}
