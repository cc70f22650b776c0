import type { DeployedDetection } from "../../detections";
import type { AttackMapping } from "../../detections/detection";
import { runbookOf } from "./alarmText";
import type { DetectionPlan } from "./plan";

/** The planned detections as functions read them from `detections.json` beside their bundle. */
export function deployedDetections(plans: readonly DetectionPlan[], runbookUrl?: string): DeployedDetection[] {
  return plans.map(({ detection, severity, patterns, stateful, alarm }) => ({
    id: detection.id,
    title: detection.title,
    severity,
    patterns,
    rule: alarm.rule,
    threshold: alarm.threshold,
    periodSeconds: alarm.periodSeconds,
    ...(stateful && { stateful }),
    singleEvent: patterns.length > 0 && stateful === undefined && alarm.threshold === 0 && alarm.query === undefined,
    impact: detection.impact,
    response: [...detection.response],
    attack: attackText(detection.attack),
    runbook: runbookOf(detection.id, runbookUrl),
  }));
}

/** "ATT&CK 18.1: TA0040, T1490", once per version. */
export function attackText(mappings: readonly AttackMapping[]): string {
  const versions = [...new Set(mappings.map(({ version }) => version))];
  return versions
    .map((version) => {
      const ids = mappings
        .filter((mapping) => mapping.version === version)
        .flatMap(({ tactic, technique }) => (technique ? [tactic, technique] : [tactic]));
      return `ATT&CK ${version}: ${[...new Set(ids)].join(", ")}`;
    })
    .join("; ");
}
