import * as pulumi from "@pulumi/pulumi";
import { type AlertChannelArgs, validateAlertChannel } from "../alertChannel";
import { ArgumentError } from "../argumentError";
import { type AuditTrailArgs, allowsConfigDelivery, sourcesOf, validateAuditTrail } from "../auditTrail";
import { type ConfigRecorderArgs, validateConfigRecorder } from "../configRecorder";
import { type ConfigRulesArgs, validateConfigRules, type WatchedStackArgs } from "../configRules";
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
    rules: Omit<ConfigRulesArgs, "recorderName" | "watched">;
  };
}

/**
 * Divides the arguments among the parts and checks all of them, so that a wrong one is reported before anything is
 * registered.
 */
export function planControls(name: string, args: DetectiveControlsArgs, region = homeRegion()): ControlsPlan {
  const names = new Names(name);
  const { tags } = args;
  refuseIdle(args);

  const channel = { emails: args.emails, healthEmails: args.healthEmails, tags };
  validateAlertChannel(channel);

  const trail = trailArgs(args);
  renamed({ existing: "existingTrail" }, () => validateAuditTrail(trail, region));

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
  if (streams) renamed({ "": "streamMonitor." }, () => validateStreamMonitor(streams, region));

  return { channel, trail, detections, streams, config: configPlan(args, trail, names, region) };
}

function trailArgs(args: DetectiveControlsArgs): AuditTrailArgs {
  const { existingTrail, tags } = args;
  if (existingTrail) return { existing: existingTrail, tags };
  return {
    ...(args.configRecording?.ownBucket && { allowConfigDelivery: false }),
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

function configPlan(
  args: DetectiveControlsArgs,
  trail: AuditTrailArgs,
  names: Names,
  region: string | undefined,
): ControlsPlan["config"] {
  if (args.config === false) return undefined;
  const { evidence, tags } = args;
  const { ownBucket, ...recording } = args.configRecording ?? {};
  const existingRecorderName = args.existingConfigRecorder || undefined;
  const sharesBucket = existingRecorderName === undefined && allowsConfigDelivery(trail);
  const recorder = {
    existingRecorderName,
    ...(existingRecorderName === undefined
      ? { ...recording, createServiceLinkedRole: args.createConfigServiceLinkedRole }
      : {}),
    ...(existingRecorderName === undefined && !sharesBucket ? { evidence } : {}),
    tags,
  };
  renamed(
    {
      existingRecorderName: "existingConfigRecorder",
      createServiceLinkedRole: "createConfigServiceLinkedRole",
      ...Object.fromEntries(Object.keys(recording).map((name) => [name, `configRecording.${name}`])),
    },
    () => validateConfigRecorder(recorder),
  );

  const rules = {
    region,
    rules: args.configRules,
    disabledRules: args.disabledConfigRules,
    requiredTags:
      args.requiredTags && Object.entries(args.requiredTags).map(([key, allowedValues]) => ({ key, allowedValues })),
    remediation: args.remediation,
    tags,
  };
  const ownFunction = args.streamMonitor && args.streamMonitor.functionArn === undefined;
  const watched = watchedStack(trail, names, { ...notMadeYet, functionArns: ownFunction ? [""] : [] });
  renamed({ disabledRules: "disabledConfigRules", rules: "configRules" }, () =>
    validateConfigRules(names.child("rules"), { ...rules, recorderName: "", watched }),
  );
  return { recorder, sharesBucket, rules };
}

/** What the stack has made, and AWS Config rules watch. */
export interface MadeStack {
  trailArn: pulumi.Input<string>;
  bucketName: pulumi.Input<string>;
  logGroupName: pulumi.Input<string>;
  /** As CloudTrail has it. */
  logGroupArn: pulumi.Input<string>;
  trailKeyArn: pulumi.Input<string>;
  alertKeyArn: pulumi.Input<string>;
  topicArns: pulumi.Input<string>[];
  /** Functions of the stack's own. */
  functionArns: pulumi.Input<string>[];
}

/** Stands for the stack where only what there will be counts. */
const notMadeYet: MadeStack = {
  trailArn: "",
  bucketName: "",
  logGroupName: "",
  logGroupArn: "",
  trailKeyArn: "",
  alertKeyArn: "",
  topicArns: [""],
  functionArns: [],
};

/** What is watched of the stack. An adopted trail is watched where its ARN is known; its bucket and key are another's. */
export function watchedStack({ existing }: AuditTrailArgs, names: Names, made: MadeStack): WatchedStackArgs {
  const { logGroupName, logGroupArn, topicArns, functionArns } = made;
  const parts = ["alerts", "trail", "detections", "streams", "rules"];
  const alarmNamePrefixes = parts.map((part) => `${new Names(names.child(part)).physical("alarm")}-`);
  const common = { logGroupName, logGroupArn, topicArns, functionArns, alarmNamePrefixes };
  if (existing) return { ...common, trailArn: existing.trailArn, keyArns: [made.alertKeyArn] };
  const { trailArn, bucketName, alertKeyArn, trailKeyArn } = made;
  return { ...common, trailArn, trailBucketName: bucketName, keyArns: [alertKeyArn, trailKeyArn] };
}

/**
 * Arguments that would change nothing: about a trail or a recorder that is not created here. Those with a default in
 * Pulumi.yaml are always there and say nothing.
 */
function refuseIdle(args: DetectiveControlsArgs): void {
  const refuse = (keys: readonly (keyof DetectiveControlsArgs)[], because: string): void => {
    const idle = keys.find((key) => args[key] !== undefined && args[key] !== false && args[key] !== "");
    if (idle) throw new ArgumentError(idle, `changes nothing beside ${because}. Leave out one of the two.`);
  };
  if (args.existingTrail) refuse(["tableArns", "objectLock", "keyReaderArns"], "existingTrail");
  if (args.config === false) {
    const keys = [
      "existingConfigRecorder",
      "createConfigServiceLinkedRole",
      "configRecording",
      "configRules",
      "disabledConfigRules",
      "remediation",
      "requiredTags",
    ] as const;
    refuse(keys, "config: false");
  }
  if (args.existingConfigRecorder)
    refuse(["createConfigServiceLinkedRole", "configRecording"], "existingConfigRecorder");
}

/** Reports a part's wrong argument under the name that it has here, by the name or the beginning that it has there. */
function renamed(names: Readonly<Record<string, string>>, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    const { argument: there } = error;
    const fits = ([name]: [string, string]): boolean =>
      name === "" || /^($|[.[])/.test(there.startsWith(name) ? there.slice(name.length) : "x");
    const [name, here] = Object.entries(names).find(fits) ?? ["", ""];
    const argument = here + there.slice(name.length);
    throw new ArgumentError(argument, error.problem);
  }
}

/** The Region that the stack's default provider is configured for, if it says so. */
const homeRegion = (): string | undefined => new pulumi.Config("aws").get("region");
