import type { DeployedDetection } from "../../detections";
import { runbookOf } from "../detectionAlarms/alarmText";
import { attackText } from "../detectionAlarms/deployed";
import type { StreamMonitorArgs } from "./args";
import { planMonitor } from "./plan";

/**
 * The detections of item changes as the notifier reads them, each once: a table of its own threshold has it in its alarm. Their
 * events are not in the trail's log group, so they have no patterns. None of a function that is the caller's own.
 */
export function deployedItemDetections(args: StreamMonitorArgs): DeployedDetection[] {
  if (args.functionArn !== undefined) return [];
  const plans = planMonitor(args).tables.flatMap((table) => table.plans);
  const once = new Map(plans.map((plan) => [plan.detection.id, plan]));
  return [...once.values()].map(({ detection, watched, alarm }) => ({
    id: detection.id,
    title: detection.title,
    severity: watched.severity,
    patterns: [],
    rule: alarm.rule,
    threshold: watched.threshold,
    periodSeconds: watched.periodSeconds,
    singleEvent: false,
    impact: detection.impact,
    response: [...detection.response],
    attack: attackText(detection.attack),
    runbook: runbookOf(detection.id, args.runbookUrl),
  }));
}
