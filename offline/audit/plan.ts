import type { ExportedState } from "./registrations";

/** A step of a plan: what Pulumi would do to one resource. */
export interface PlanStep {
  op: string;
  urn: string;
  oldState?: ExportedState;
  newState?: ExportedState;
  /** Properties because of which it is replaced. */
  replaceReasons: readonly string[];
}

/** A text that is no plan, with what to write instead. */
export class PlanError extends Error {}

/** After these a resource is no longer in the stack, or is a new one in the place of the old one. */
const removing: ReadonlySet<string> = new Set([
  "delete",
  "replace",
  "delete-replaced",
  "create-replacement",
  "import-replacement",
]);

/** Reads the output of `pulumi preview --json` (pulumi, `pkg/display/json.go`). */
export function readPlan(json: string): PlanStep[] {
  let plan: unknown;
  try {
    plan = JSON.parse(json);
  } catch (error) {
    throw new PlanError(`not JSON (${(error as Error).message}). Write it with: pulumi preview --json > FILE`);
  }
  const steps = object(plan)["steps"];
  // Pulumi leaves the list out where nothing would change.
  if (steps === undefined && "changeSummary" in object(plan)) return [];
  if (!Array.isArray(steps)) {
    throw new PlanError('no "steps": not the output of pulumi preview --json. For a stack export leave --plan out.');
  }
  return steps.map(object).map(({ op, urn, oldState, newState, replaceReasons }) => ({
    op: String(op),
    urn: String(urn),
    ...(isObject(oldState) && { oldState }),
    ...(isObject(newState) && { newState }),
    replaceReasons: Array.isArray(replaceReasons) ? replaceReasons.map(String) : [],
  }));
}

/** The resources that there would be, each once: of several steps the last with a new state says how. */
export function plannedStates(steps: readonly PlanStep[]): ExportedState[] {
  const byUrn = new Map<string, ExportedState>();
  for (const { op, urn, newState } of steps) {
    if (newState && !["delete", "delete-replaced", "discard", "discard-replaced"].includes(op))
      byUrn.set(urn, newState);
  }
  return [...byUrn.values()];
}

/** What would be deleted or replaced, each once; what `retainOnDelete` keeps is not. */
export function removedStates(
  steps: readonly PlanStep[],
): { state: ExportedState; step: PlanStep; replaced: boolean }[] {
  const byUrn = new Map<string, { state: ExportedState; step: PlanStep; replaced: boolean }>();
  for (const step of steps) {
    const { op, urn, oldState } = step;
    if (!removing.has(op) || !oldState || oldState["retainOnDelete"] === true) continue;
    const earlier = byUrn.get(urn);
    const reasons = step.replaceReasons.length > 0 ? step : (earlier?.step ?? step);
    byUrn.set(urn, { state: oldState, step: reasons, replaced: op !== "delete" || (earlier?.replaced ?? false) });
  }
  return [...byUrn.values()];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const object = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});
