import * as pulumi from "@pulumi/pulumi";
import { type AlertChannelArgs, validateAlertChannel } from "../alertChannel";
import { ArgumentError } from "../argumentError";
import { type AuditTrailArgs, allowsConfigDelivery, sourcesOf, validateAuditTrail } from "../auditTrail";
import { type ConfigRecorderArgs, validateConfigRecorder } from "../configRecorder";
import { type ConfigRulesArgs, validateConfigRules } from "../configRules";
import type { DetectionAlarmsArgs } from "../detectionAlarms";
import { planDetections } from "../detectionAlarms/plan";
import { Names } from "../naming";
import { type StreamMonitorArgs, validateStreamMonitor } from "../streamMonitor";
import type { DetectiveControlsArgs } from "./args";

/** What each part gets, before the parts are wired to each other. */
export interface ControlsPlan {
  channel: AlertChannelArgs;
  trail: AuditTrailArgs;
  detections: Omit<DetectionAlarmsArgs, "logGroupName" | "alarmTopicArn">;
  streams?: StreamMonitorArgs;
  config?: {
    recorder: ConfigRecorderArgs;
    /** AWS Config delivers to the trail's evidence bucket. */
    sharesBucket: boolean;
    rules: Omit<ConfigRulesArgs, "recorderName">;
  };
}

/**
 * Divides the arguments among the parts and checks all of them, so that a wrong one is reported before anything is
 * registered.
 */
export function planControls(name: string, args: DetectiveControlsArgs, region = homeRegion()): ControlsPlan {
  const names = new Names(name);
  const { tags } = args;

  const channel = { emails: args.emails, healthEmails: args.healthEmails, tags };
  validateAlertChannel(channel);

  const trail = trailArgs(args);
  validateAuditTrail(trail, region);

  const detections = {
    detections: args.detections,
    workloadPrincipals: args.workloadPrincipals,
    sources: sourcesOf(trail),
    writeOnly: args.writeOnly,
    existingMetricFilterCount: args.existingTrail?.metricFilterCount,
    runbookUrl: args.runbookUrl || undefined,
    tags,
  };
  planDetections(detections, new Names(names.child("detections")));

  const streams = args.streamMonitor && { ...args.streamMonitor, evidence: args.evidence, tags };
  if (streams) inside("streamMonitor", () => validateStreamMonitor(streams, region));

  return { channel, trail, detections, streams, config: configPlan(args, trail, names) };
}

function trailArgs(args: DetectiveControlsArgs): AuditTrailArgs {
  const { existingTrail, tags } = args;
  if (existingTrail) return { existing: existingTrail, tags };
  return {
    tableArns: args.tableArns,
    dataEvents: args.dataEvents,
    streamDataEvents: args.streamDataEvents,
    managementEvents: args.managementEvents,
    kmsEvents: args.kmsEvents,
    writeOnly: args.writeOnly,
    multiRegion: args.multiRegion,
    logRetentionDays: args.logRetentionDays,
    archiveAfterDays: args.archiveAfterDays,
    expireAfterDays: args.expireAfterDays,
    evidence: args.evidence,
    objectLock: args.objectLock,
    keyReaderArns: args.keyReaderArns,
    tags,
  };
}

function configPlan(args: DetectiveControlsArgs, trail: AuditTrailArgs, names: Names): ControlsPlan["config"] {
  if (args.config === false) return undefined;
  const { evidence, tags } = args;
  const existingRecorderName = args.existingConfigRecorder || undefined;
  const sharesBucket = existingRecorderName === undefined && allowsConfigDelivery(trail);
  const recorder = {
    existingRecorderName,
    ...(existingRecorderName === undefined ? { createServiceLinkedRole: args.createConfigServiceLinkedRole } : {}),
    ...(existingRecorderName === undefined && !sharesBucket ? { evidence } : {}),
    tags,
  };
  inside("existingConfigRecorder", () => validateConfigRecorder(recorder));

  const rules = {
    disabledRules: args.disabledConfigRules,
    requiredTags:
      args.requiredTags && Object.entries(args.requiredTags).map(([key, allowedValues]) => ({ key, allowedValues })),
    tags,
  };
  validateConfigRules(names.child("rules"), { ...rules, recorderName: "" });
  return { recorder, sharesBucket, rules };
}

/** Reports a part's wrong argument under the name that it has here. */
function inside(argument: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    throw new ArgumentError(`${argument}.${error.argument}`, error.problem);
  }
}

/** The Region that the stack's default provider is configured for, if it says so. */
const homeRegion = (): string | undefined => new pulumi.Config("aws").get("region");
