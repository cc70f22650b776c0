import type { Assessment } from "../../coverage";
import type { Preview } from "../../offline/preview";

/** The object that `preview --json` prints. */
export function jsonReport(preview: Preview, assessment: Assessment, exitCode: number): Record<string, unknown> {
  const { violations, undecided, log, ...rest } = preview;
  return {
    ...rest,
    policies: violations,
    undecided,
    ...assessment,
    log,
    summary: {
      exitCode,
      resources: preview.resources.length,
      mandatory: violations.filter(({ enforcementLevel }) => enforcementLevel === "mandatory").length,
      advisory: violations.filter(({ enforcementLevel }) => enforcementLevel !== "mandatory").length,
      undecided: undecided.length,
      notInspected: preview.notInspected.length,
      lookups: preview.lookups.length,
    },
  };
}
