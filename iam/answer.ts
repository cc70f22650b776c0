/**
 * An answer of three values, with its reason. `unknown` is never treated as a yes or as a no: it travels up to the
 * decision, which is then `undecided`.
 */
export interface Answer {
  readonly truth: boolean | "unknown";
  /** One clause, without a full stop. */
  readonly why: string;
}

export const yes = (why: string): Answer => ({ truth: true, why });
export const no = (why: string): Answer => ({ truth: false, why });
export const unknown = (why: string): Answer => ({ truth: "unknown", why });
export const answer = (truth: boolean, why: string): Answer => ({ truth, why });

/** False if one is false, else unknown if one is unknown, else true. */
export function allOf(answers: readonly Answer[], otherwise: string): Answer {
  return first(answers, false) ?? joined(answers, "unknown") ?? yes(otherwise);
}

/** True if one is true, else unknown if one is unknown, else false. */
export function anyOf(answers: readonly Answer[], otherwise: string): Answer {
  return first(answers, true) ?? joined(answers, "unknown") ?? no(otherwise);
}

export function not(of: Answer): Answer {
  return of.truth === "unknown" ? of : answer(!of.truth, of.why);
}

function first(answers: readonly Answer[], truth: boolean): Answer | undefined {
  return answers.find((each) => each.truth === truth);
}

function joined(answers: readonly Answer[], truth: "unknown"): Answer | undefined {
  const reasons = new Set(answers.filter((each) => each.truth === truth).map((each) => each.why));
  return reasons.size > 0 ? { truth, why: [...reasons].join("; ") } : undefined;
}
