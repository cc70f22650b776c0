import type { DeployedRule } from "../../../detections/deployedDetection";
import { advanceDistinct, type DistinctState } from "./distinct";
import { advanceEach, type EachState } from "./each";
import { advanceFirstSeen, type FirstSeenState } from "./firstSeen";
import { advanceRate, type RateState } from "./rate";
import { type Advance, latenessMs, type Observation } from "./rule";
import { advanceSequence, type SequenceState } from "./sequence";

export type { Advance, Found, Observation, SeenEvent } from "./rule";

/** What a rule remembers of one group: a small JSON document. */
export type RuleState = EachState | FirstSeenState | DistinctState | RateState | SequenceState;

/** One event more. Pure: neither argument is changed, and the state is the same object where nothing has to be written. */
export function advance(
  rule: DeployedRule,
  state: RuleState | undefined,
  observation: Observation,
): Advance<RuleState> {
  switch (rule.kind) {
    case "each":
      return advanceEach(rule, state as EachState | undefined, observation);
    case "first-seen":
      return advanceFirstSeen(rule, state as FirstSeenState | undefined, observation);
    case "distinct":
      return advanceDistinct(rule, state as DistinctState | undefined, observation);
    case "rate":
      return advanceRate(rule, state as RateState | undefined, observation);
    case "sequence":
      return advanceSequence(rule, state as SequenceState | undefined, observation);
  }
}

/** Milliseconds for which a group is known after its last event: a principal is no stranger after each long weekend. */
const knownMs = 30 * 86_400_000;

/** When a state has nothing to say any more, in milliseconds: so long after the newest event. */
export function expiryOf(rule: DeployedRule, newest: number): number {
  switch (rule.kind) {
    case "first-seen":
      return newest + rule.rememberSeconds * 1000 + knownMs;
    case "each":
    case "distinct":
    case "sequence":
      return newest + rule.withinSeconds * 1000 + latenessMs;
    case "rate":
      // Nights and weekends are no end of a baseline.
      return newest + rule.windowSeconds * 1000 * (rule.baselineWindows + 1) + knownMs;
  }
}
