import type { EachRule } from "../../../detections/statefulRule";
import { type Advance, type Observation, rememberedFindings, type SeenEvent } from "./rule";

export interface EachState {
  found: SeenEvent[];
}

/** Every event is found, unless its group found one within the window before or after it. */
export function advanceEach(
  rule: Pick<EachRule, "withinSeconds">,
  before: EachState = { found: [] },
  { id, time, name }: Observation,
): Advance<EachState> {
  const event = { id, time, name };
  if (before.found.some((found) => found.id === id)) return { state: before, found: [{ events: [event] }] };
  const quiet = before.found.some((found) => Math.abs(time - found.time) < rule.withinSeconds * 1000);
  if (quiet) return { state: before, found: [] };
  return { state: { found: [...before.found, event].slice(-rememberedFindings) }, found: [{ events: [event] }] };
}
