import { type PlanStep, removedStates } from "../../offline/audit/plan";
import { registrationOf } from "../../offline/audit/registrations";
import type { Verdict } from "../../offline/policies/verdicts";
import { isObject, unwrapSecret, type Wire } from "../../offline/wire";
import { tablesOf } from "../../policypack/table";
import { isInScope, shownScope, type TagScope } from "../../policypack/table/scope";

/** Name under which what a plan takes away is reported. */
export const removalPolicy = "dynamodb-production-table-removal";
const description = "Checks whether the plan deletes or replaces no DynamoDB table that is in production.";

/** Tags of tables that are in production, unless `dynamodb-protect` is configured with `forTags`. */
export const productionTags: TagScope = { Environment: ["production", "prod"] };

export interface Removals {
  violations: Verdict[];
  undecided: Verdict[];
}

/** Tables in production that a plan deletes or replaces: a policy pack sees neither. */
export function removals(steps: readonly PlanStep[], production: TagScope = productionTags): Removals {
  const found: Removals = { violations: [], undecided: [] };
  for (const { state, step, replaced } of removedStates(steps)) {
    const registration = registrationOf({ ...state, delete: false });
    if (!registration) continue;
    const { type, name, urn, checked, options } = registration;
    const tables = tablesOf({ type, name, urn, props: plain(checked) as object, opts: options });
    const doing = replaced ? "replaces" : "deletes";
    const because = step.replaceReasons.length > 0 ? `, because of ${step.replaceReasons.join(", ")}` : "";
    const verdict = (what: string): Verdict => ({
      policy: removalPolicy,
      enforcementLevel: "mandatory",
      urn,
      message: `${what}: keep it as it is, or move the items first and set the resource option retainOnDelete.`,
      description,
    });
    for (const view of tables?.views ?? []) {
      const asked = isInScope(view, production);
      const what = `The plan ${doing} ${view.label.replace(/^./, (letter) => letter.toLowerCase())} with its items${because}`;
      if (asked === true) found.violations.push(verdict(what));
      if (asked === undefined) {
        found.undecided.push(verdict(`${what}; whether it has ${shownScope(production)} is not known`));
      }
    }
    for (const { title, why } of tables?.unreadable ?? []) {
      found.undecided.push(verdict(`The plan ${doing} ${title}, which may hold tables (${why})`));
    }
  }
  return found;
}

function plain(value: Wire): unknown {
  const inner = unwrapSecret(value)!;
  if (Array.isArray(inner)) return inner.map(plain);
  return isObject(inner) ? Object.fromEntries(Object.entries(inner).map(([key, each]) => [key, plain(each)])) : inner;
}
