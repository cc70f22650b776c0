import type { Preview } from "../../offline/preview";

/**
 * 1 for a violation of a mandatory policy; with `strict`, also for what could not be decided or seen, for a look-up
 * without an answer (what the program makes of the answer is missing, and may be a table), and for a program that
 * registers nothing beside its stack: nothing was inspected.
 */
export function exitCode(
  result: Pick<Preview, "violations" | "undecided" | "notInspected" | "lookups" | "resources">,
  strict: boolean,
): 0 | 1 {
  if (result.violations.some(({ enforcementLevel }) => enforcementLevel === "mandatory")) return 1;
  const nothing = result.resources.every(({ parent }) => parent === undefined);
  const open = [result.undecided, result.notInspected, result.lookups].some(({ length }) => length > 0);
  return strict && (open || nothing) ? 1 : 0;
}
