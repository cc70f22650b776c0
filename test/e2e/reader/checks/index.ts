import type { Check, Deployed } from "./check";
import { detectorChecks } from "./detector";
import { notifierChecks } from "./notifier";
import { policyChecks } from "./policies";
import { wiringChecks } from "./wiring";

export type { Check, Deployed } from "./check";

export const checks: Check[] = [...wiringChecks, ...detectorChecks, ...notifierChecks, ...policyChecks];

/** What does not hold. */
export function failing(deployed: Deployed): string[] {
  return checks
    .filter(({ holds }) => {
      try {
        holds(deployed);
        return false;
      } catch {
        return true;
      }
    })
    .map(({ what }) => what);
}
