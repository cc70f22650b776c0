import type { Preview } from "../../offline/preview";

/**
 * 1 for a violation of a mandatory policy; with `strict`, also for what could not be decided or seen, and for a program
 * that registers nothing beside its stack: nothing was inspected.
 */
export function exitCode(
  result: Pick<Preview, "violations" | "undecided" | "notInspected" | "resources">,
  strict: boolean,
): 0 | 1 {
  if (result.violations.some(({ enforcementLevel }) => enforcementLevel === "mandatory")) return 1;
  const nothing = result.resources.every(({ parent }) => parent === undefined);
  return strict && (result.undecided.length > 0 || result.notInspected.length > 0 || nothing) ? 1 : 0;
}
