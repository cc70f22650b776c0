import { catalog, filterControls } from "../detections";
import type { RegisteredResource } from "../stack/registered";
import { alertCoverage, notifies } from "./alerts";
import { Stack } from "./assessment";
import { type InForce, postureRules } from "./frameworks";
import { practiceCoverage, practiceTitles } from "./practices";

/** What of the lists the registered resources put in force. */
export function inForce(resources: readonly RegisteredResource[]): InForce {
  const stack = new Stack(resources);
  const covered = alertCoverage(stack).filter((row) => row.covered);
  return {
    detections: new Set(covered.map(({ id }) => id)),
    literalFilters: new Set(filterControls.filter(({ pattern }) => isAlarmed(stack, pattern)).map(({ id }) => id)),
    configRules: new Set(
      stack
        .ofType("aws:cfg/rule:Rule")
        .map(({ inputs }) => String((inputs["source"] as { sourceIdentifier?: string } | undefined)?.sourceIdentifier)),
    ),
    practices: practiceCoverage(stack),
  };
}

/** Everything that this project can put in force, with its literal filters. */
export const wholeCatalog = (): InForce => ({
  detections: new Set(catalog.map(({ id }) => id)),
  literalFilters: new Set(filterControls.map(({ id }) => id)),
  configRules: new Set(postureRules),
  practices: practiceTitles.map(({ id, title }) => ({ id, title, covered: true })),
});

/** A filter of exactly this pattern, and an alarm on its metric that notifies. */
const isAlarmed = (stack: Stack, pattern: string): boolean =>
  stack
    .ofType("aws:cloudwatch/logMetricFilter:LogMetricFilter")
    .filter(({ inputs }) => inputs["pattern"] === pattern)
    .some((filter) => notifies(stack, filter));
