import type { RegisteredResource } from "../stack/registered";
import { adviceFor } from "./advice";
import { alertCoverage } from "./alerts";
import { type Assessment, Stack } from "./assessment";
import { practiceCoverage } from "./practices";
import { quotaUse } from "./quotas";

export type { Assessment, CoverageRow, QuotaRow } from "./assessment";
export { type FrameworkCoverage, type FrameworkRow, frameworkCoverage, type InForce, type Status } from "./frameworks";
export { inForce, wholeCatalog } from "./inForce";

/** What the registered resources cover, use up, and leave to be desired. Empty for a stack without detective controls. */
export function assess(resources: readonly RegisteredResource[]): Assessment {
  const stack = new Stack(resources);
  if (!stack.isDetective) return { coverage: [], quotas: [], advice: [] };
  return {
    coverage: [...practiceCoverage(stack), ...alertCoverage(stack)],
    quotas: quotaUse(stack),
    advice: adviceFor(stack),
  };
}
