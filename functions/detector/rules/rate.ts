import type { RateRule } from "../../../detections/statefulRule";
import { type Advance, type Observation, rememberedFindings, type SeenEvent } from "./rule";

export interface RateState {
  /** Events by the number of the window since 1970. Windows without events are not there. */
  counts: Record<string, number>;
  /** What was counted lately, so that a batch that is delivered again does not count twice. */
  counted: string[];
  found: (SeenEvent & { window: number; count: number; usual?: number })[];
}

const rememberedBatches = 64;
/** Windows that are still open to late events, besides those of the baseline. */
const openWindows = 8;

/** More events in a window than `atLeast` and than `factor` times the mean of the group's earlier windows with events. */
export function advanceRate(
  rule: Pick<RateRule, "windowSeconds" | "baselineWindows" | "factor" | "atLeast">,
  before: RateState = { counts: {}, counted: [], found: [] },
  { id, time, name, count = 1, digest = id }: Observation,
): Advance<RateState> {
  if (before.counted.includes(digest)) {
    const again = before.found.filter((event) => event.id === id);
    return { state: before, found: again.map(toFound) };
  }
  const window = Math.floor(time / (rule.windowSeconds * 1000));
  const added: RateState["counts"] = { ...before.counts, [window]: (before.counts[window] ?? 0) + count };
  const counts = window in before.counts ? added : newest(added, rule.baselineWindows + openWindows);
  const counted = [...before.counted, digest].slice(-rememberedBatches);
  const total = counts[window] ?? 0;
  const isCandidate = total >= rule.atLeast && before.found.every((event) => event.window !== window);
  const usual = isCandidate ? usualOf(rule, counts, window, before.found) : undefined;
  const isFound = isCandidate && (usual === undefined || total > rule.factor * usual);
  if (!isFound) return { state: { counts, counted, found: before.found }, found: [] };
  const finding = { id, time, name, window, count: total, ...(usual !== undefined && { usual }) };
  return {
    state: { counts, counted, found: [...before.found, finding].slice(-rememberedFindings) },
    found: [toFound(finding)],
  };
}

/** Mean of the windows before this one; those that were found are not usual. Undefined until there are enough. */
function usualOf(
  { baselineWindows }: Pick<RateRule, "baselineWindows">,
  counts: RateState["counts"],
  window: number,
  found: RateState["found"],
): number | undefined {
  const earlier = Object.entries(counts)
    .map(([at, count]) => ({ at: Number(at), count }))
    .filter(({ at }) => at < window && found.every((event) => event.window !== at))
    .sort((a, b) => b.at - a.at)
    .slice(0, baselineWindows);
  if (earlier.length < baselineWindows) return undefined;
  return earlier.reduce((sum, { count }) => sum + count, 0) / earlier.length;
}

function newest(counts: RateState["counts"], windows: number): RateState["counts"] {
  const entries = Object.entries(counts);
  if (entries.length <= windows) return counts;
  return Object.fromEntries(entries.sort(([a], [b]) => Number(b) - Number(a)).slice(0, windows));
}

const toFound = ({ id, time, name, count, usual }: RateState["found"][number]) => ({
  events: [{ id, time, name }],
  count,
  ...(usual !== undefined && { usual }),
});
