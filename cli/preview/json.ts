import type { Assessment } from "../../coverage";
import type { Preview } from "../../offline/preview";

/** The object that `preview --json` prints. */
export function jsonReport(preview: Preview, assessment: Assessment, exitCode: number): Record<string, unknown> {
  const { violations, undecided, log, resources, unusedLookups, ...rest } = preview;
  return {
    ...rest,
    // The stack itself has none.
    resources: resources.map((resource) => ({ ...resource, parent: resource.parent ?? null })),
    policies: violations,
    undecided,
    ...assessment,
    advice: [...unusedLookups, ...assessment.advice],
    log,
    summary: {
      exitCode,
      resources: resources.length,
      mandatory: violations.filter(({ enforcementLevel }) => enforcementLevel === "mandatory").length,
      advisory: violations.filter(({ enforcementLevel }) => enforcementLevel !== "mandatory").length,
      undecided: undecided.length,
      notInspected: preview.notInspected.length,
      lookups: preview.lookups.length,
    },
  };
}
