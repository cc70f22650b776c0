import { expect } from "vitest";
import { alertChecks } from "./alerts";
import type { Check, Deployed, HeldKind } from "./check";
import { detectionChecks } from "./detections";
import { detectorChecks } from "./detector";
import { notifierChecks } from "./notifier";
import { ruleChecks } from "./rules";
import { streamChecks } from "./streams";
import { trailChecks } from "./trail";
import { wiringChecks } from "./wiring";

export type { Check, Deployed } from "./check";

/** Each part of the deployment says in a file of its own what is intended. */
const parts: Check[] = [
  ...wiringChecks,
  ...trailChecks,
  ...detectionChecks,
  ...alertChecks,
  ...ruleChecks,
  ...detectorChecks,
  ...notifierChecks,
  ...streamChecks,
];

const kinds: HeldKind[] = ["topics", "queues", "buckets", "keys", "roles", "functions", "alarms"];

/** A part without a check of its policies would go unseen otherwise. */
const nothingElse: Check = {
  what: "no topic, queue, bucket, key, role, function and alarm but those that are held against what is intended",
  holds(deployed) {
    for (const kind of kinds) {
      const held = parts.flatMap(({ holdsAll }) => (holdsAll?.kind === kind ? holdsAll.names(deployed) : []));
      expect([kind, Object.keys(deployed.account[kind]).sort()]).toEqual([kind, held.sort()]);
    }
  },
};

export const checks: Check[] = [...parts, nothingElse];

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
