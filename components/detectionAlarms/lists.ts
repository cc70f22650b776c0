import { bindLists, CompileError, type Detection, type Lists, listsIn } from "../../detections";
import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import { arns, readArn } from "../arns";

/** Checks the lists that detections read. Throws an ArgumentError that names the list and the value. */
export function checkLists({ tableKeyArns = [], decoyTableArns = [], trustedAccounts = [] }: Lists): void {
  for (const [i, arn] of tableKeyArns.entries()) readArn(`tableKeyArns[${i}]`, arns.key, arn);
  for (const [i, arn] of decoyTableArns.entries()) readArn(`decoyTableArns[${i}]`, arns.table, arn);
  for (const [i, account] of trustedAccounts.entries()) {
    if (/^\d{12}$/.test(account)) continue;
    throw new ArgumentError(`trustedAccounts[${i}]`, `${shown(account)} is not the id of an account: 12 digits.`);
  }
}

/**
 * Compiles a detection with a deployment's lists. A list that is too long for one pattern is divided among several, each with
 * the same condition; an event may then match more than one of them.
 */
export function withLists<T>(detection: Detection, lists: Lists, compile: (bound: Detection) => T): T[] {
  const [list] = listsIn(detection.when);
  const values = (list && lists[list]) ?? [];
  for (let parts = 1; ; parts++) {
    try {
      return divided(values, parts).map((some) => compile(bound(detection, list ? { ...lists, [list]: some } : lists)));
    } catch (error) {
      if (!(error instanceof CompileError) || parts >= values.length) throw error;
    }
  }
}

function divided<T>(values: readonly T[], parts: number): T[][] {
  const size = Math.max(1, Math.ceil(values.length / parts));
  const starts = Array.from({ length: Math.max(1, Math.ceil(values.length / size)) }, (_, i) => i * size);
  return starts.map((start) => values.slice(start, start + size));
}

function bound(detection: Detection, lists: Lists): Detection {
  const { stateful } = detection;
  const bind = <Step extends Pick<Detection, "when">>(each: Step): Step => ({
    ...each,
    when: bindLists(each.when, lists),
  });
  return {
    ...bind(detection),
    ...(stateful?.kind === "sequence" && { stateful: { ...stateful, steps: stateful.steps.map(bind) } }),
  };
}
