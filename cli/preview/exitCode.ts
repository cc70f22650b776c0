import type { Preview } from "../../offline/preview";

/** 1 for a violation of a mandatory policy; with `strict`, also for what could not be decided or seen. */
export function exitCode(result: Pick<Preview, "violations" | "undecided" | "notInspected">, strict: boolean): 0 | 1 {
  if (result.violations.some(({ enforcementLevel }) => enforcementLevel === "mandatory")) return 1;
  return strict && (result.undecided.length > 0 || result.notInspected.length > 0) ? 1 : 0;
}
