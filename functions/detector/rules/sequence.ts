import type { SequenceRule } from "../../../detections/statefulRule";
import { type Advance, latenessMs, type Observation, rememberedFindings, type SeenEvent } from "./rule";

export interface SequenceState {
  /** Events that are a step, in order of time. */
  events: (SeenEvent & { step: number; tables?: readonly string[] })[];
  /** Last steps that were found, and the event whose arrival completed each. */
  found: { id: string; by: string }[];
}

/** Of more events of one step, the oldest are forgotten. */
const maxEventsPerStep = 32;

/**
 * Events that are the steps in this order of time, all within the window. The order of arrival means nothing: a step that
 * arrives late completes the sequence. One finding for each last step.
 */
export function advanceSequence(
  rule: Pick<SequenceRule, "withinSeconds" | "linked"> & { steps: readonly unknown[] },
  before: SequenceState = { events: [], found: [] },
  { id, time, name, steps = [], tables }: Observation,
): Advance<SequenceState> {
  const withinMs = rule.withinSeconds * 1000;
  const fresh = steps.filter((step) => !before.events.some((event) => event.id === id && event.step === step));
  const events =
    fresh.length === 0
      ? before.events
      : forget(
          [...before.events, ...fresh.map((step) => ({ step, id, time, name, ...(tables && { tables }) }))],
          rule.steps.length,
          withinMs,
        );

  const chains = events
    .filter(({ step }) => step === rule.steps.length - 1)
    .map((last) => chainTo([last], events, withinMs, rule.linked ?? false))
    .filter((chain) => chain !== undefined)
    .filter((chain) => {
      const known = before.found.find((found) => found.id === chain[chain.length - 1]!.id);
      // Delivered again: found again, since what followed the first time may have failed.
      return known ? known.by === id : true;
    });
  const added = chains
    .map((chain) => ({ id: chain[chain.length - 1]!.id, by: id }))
    .filter(({ id: last }) => before.found.every((found) => found.id !== last));
  const unchanged = fresh.length === 0 && added.length === 0;
  return {
    state: unchanged ? before : { events, found: [...before.found, ...added].slice(-2 * rememberedFindings) },
    found: chains.map((chain) => ({ events: chain.map(({ id, time, name }) => ({ id, time, name })) })),
  };
}

type Step = SequenceState["events"][number];

/**
 * The chain that ends with these events and begins as late as possible; undefined where there is none within the window.
 * Where steps are linked, the latest event of a step may lead nowhere and an earlier one to the beginning.
 */
function chainTo(
  chain: readonly [Step, ...Step[]],
  events: readonly Step[],
  withinMs: number,
  linked: boolean,
): Step[] | undefined {
  const [next] = chain;
  if (next.step === 0) return [...chain];
  const last = chain[chain.length - 1]!;
  const before = events.filter(
    ({ id, step, time, tables = [] }) =>
      step === next.step - 1 &&
      time <= next.time &&
      last.time - time <= withinMs &&
      chain.every((known) => known.id !== id) &&
      (!linked || tables.some((table) => next.tables?.includes(table))),
  );
  for (const previous of before.reverse()) {
    const found = chainTo([previous, ...chain], events, withinMs, linked);
    if (found || !linked) return found;
  }
  return undefined;
}

function forget(events: Step[], steps: number, withinMs: number): Step[] {
  // Ids break ties, so that the same events give the same state in any order of arrival.
  const inOrder = events.sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
  const newest = inOrder[inOrder.length - 1]!.time;
  const recent = inOrder.filter(({ time }) => time >= newest - withinMs - latenessMs);
  return Array.from({ length: steps }, (_, step) =>
    recent.filter((event) => event.step === step).slice(-maxEventsPerStep),
  )
    .flat()
    .sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
}
