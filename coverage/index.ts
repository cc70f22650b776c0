import type { RegisteredResource } from "../stack/registered";
import { adviceFor } from "./advice";
import { alertCoverage } from "./alerts";
import { type Assessment, Stack } from "./assessment";
import { practiceCoverage } from "./practices";
import { profileRows } from "./profiles";
import { quotaUse } from "./quotas";

export type { Assessment, CoverageRow, ProfileRow, QuotaRow } from "./assessment";
export { type FrameworkCoverage, type FrameworkRow, frameworkCoverage, type InForce, type Status } from "./frameworks";
export { inForce, wholeCatalog } from "./inForce";

/** What the registered resources cover, use up, and leave to be desired. Empty for a stack without detective controls. */
export function assess(resources: readonly RegisteredResource[]): Assessment {
  const stack = new Stack(resources);
  if (!stack.isDetective) return { profiles: [], coverage: [], quotas: [], advice: [] };
  return {
    profiles: profileRows(stack),
    coverage: [...practiceCoverage(stack), ...alertCoverage(stack)],
    quotas: quotaUse(stack),
    advice: adviceFor(stack),
  };
}
