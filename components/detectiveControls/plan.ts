import { type DeployedDetection, itemDetectionById } from "../../detections";
import { type AlertChannelArgs, validateAlertChannel } from "../alertChannel";
import { checkSeverities } from "../alertChannel/targets";
import { type AlertNotifierArgs, notifierRoleName, validateAlertNotifier } from "../alertNotifier";
import { ArgumentError } from "../argumentError";
import { type AuditTrailArgs, allowsConfigDelivery, sourcesOf, validateAuditTrail } from "../auditTrail";
import { type ConfigRecorderArgs, validateConfigRecorder } from "../configRecorder";
import { type ConfigRulesArgs, validateConfigRules } from "../configRules";
import { type DetectionAlarmsArgs, deployedDetections } from "../detectionAlarms";
import { type DetectionPlan, planDetections } from "../detectionAlarms/plan";
import { Names } from "../naming";
import { detectorRoleName, type StatefulDetectorArgs, validateStatefulDetector } from "../statefulDetector";
import { stateTablePattern } from "../stateTable";
import { type StreamMonitorArgs, validateStreamMonitor } from "../streamMonitor";
import { deployedItemDetections } from "../streamMonitor/deployed";
import { checkTags } from "../tags";
import type { DetectiveControlsArgs, PagingArgs } from "./args";
import { notMadeYet, watchedStack } from "./watchedStack";

/** CloudWatch Logs user guide, "CloudWatch Logs quotas". */
const subscriptionFiltersPerLogGroup = 2;

/** What each part gets, before the parts are wired to each other. */
export interface ControlsPlan {
  channel: AlertChannelArgs;
  trail: AuditTrailArgs;
  detections: Omit<DetectionAlarmsArgs, "logGroupName" | "alarmTopicArn">;
  /** Absent where no stateful detection is deployed. The events come by the log group, the state goes to a state table. */
  detector?: Omit<
    StatefulDetectorArgs,
    "logGroupName" | "logGroupArn" | "stateTableName" | "stateTableArn" | "stateKeyArn"
  >;
  /** Absent where people get the alarms as CloudWatch writes them. */
  notifier?: Pick<AlertNotifierArgs, "detections" | "securityHub" | "evidence" | "tags">;
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
 *
 * @param region Region of the deployment, where it is known already.
 */
export function planControls(name: string, args: DetectiveControlsArgs, region?: string): ControlsPlan {
  const names = new Names(name);
  const { tags } = args;
  refuseIdle(args);
  if (tags) checkTags("tags", tags);

  const trail = trailArgs(args);
  renamed({ existing: "existingTrail" }, () => validateAuditTrail(trail, region));

  const { ofTrail, ofItems } = dividedSettings(args);
  const detections = {
    detections: ofTrail,
    workloadPrincipals: args.workloadPrincipals,
    sources: sourcesOf(trail),
    writeOnly: args.writeOnly,
    existingMetricFilterCount: args.existingTrail?.metricFilterCount,
    existingRegexCount: args.existingTrail?.regexCount,
    ...stateOf(args, names),
    runbookUrl: args.runbookUrl || undefined,
    tags,
  };
  const ofAlarms = new Names(names.child("detections"));
  // The canary of the notifier takes one filter.
  const reservedMetricFilterCount = args.notifier === false ? 0 : 1;
  const plans = planDetections({ ...detections, reservedMetricFilterCount }, ofAlarms);
  const channel = channelArgs(args, names);
  renamed({ "pagerDuty.alarmNamePrefixes": "pagerDuty.severities" }, () => validateAlertChannel(channel));
  const detector = detectorArgs(args, plans, ofAlarms, detections);
  if (detector) validateStatefulDetector(detector);
  const streams = args.streamMonitor && {
    ...args.streamMonitor,
    ...(args.streamMonitor.functionArn === undefined
      ? { detections: ofItems, runbookUrl: args.runbookUrl || undefined }
      : {}),
    evidence: args.evidence,
    tags,
  };
  if (streams)
    renamed({ detections: "detections", "": "streamMonitor." }, () => validateStreamMonitor(streams, region));

  const notifier = notifierArgs(args, [
    ...deployedDetections(plans, args.runbookUrl || undefined),
    ...(streams ? deployedItemDetections(streams) : []),
  ]);
  if (notifier) validateAlertNotifier(notifier);

  return {
    channel,
    trail,
    detections,
    detector,
    notifier,
    streams,
    config: configPlan(args, { trail, detector, notifier }, names, region),
  };
}

/** Settings of detections by who makes them: the trail's events, or the item changes that the stream monitor sees. */
function dividedSettings({ detections = {}, streamMonitor }: DetectiveControlsArgs) {
  const divided = (ofItems: boolean) =>
    Object.fromEntries(Object.entries(detections).filter(([id]) => (itemDetectionById(id) !== undefined) === ofItems));
  const ofItems = divided(true);
  const [idle] = Object.entries(ofItems).find(([, given]) => given.enabled !== false) ?? [];
  if (idle !== undefined && (streamMonitor === undefined || streamMonitor.functionArn !== undefined)) {
    throw new ArgumentError(
      `detections.${idle}`,
      "needs the built-in stream monitor, which is not deployed. Name tables in streamMonitor.tables, or leave these settings out.",
    );
  }
  return { ofTrail: divided(false), ofItems };
}

/** Severities that page, unless others are named. */
const pagingSeverities = ["high", "critical"];

function channelArgs(args: DetectiveControlsArgs, names: Names): AlertChannelArgs {
  const { emails, healthEmails, emailSeverities, slack, teams, pagerDuty, sqs, eventBusArn, tags } = args;
  return {
    emails,
    healthEmails,
    emailSeverities,
    slack,
    teams,
    pagerDuty: pagerDuty && pagingArgs(pagerDuty, names),
    sqs,
    eventBusArn: eventBusArn || undefined,
    tags,
  };
}

/** Alarms are told apart by the beginning of their names. */
function pagingArgs(
  { integrationKey, serviceRegion, severities = pagingSeverities }: PagingArgs,
  names: Names,
): AlertChannelArgs["pagerDuty"] {
  const wanted = checkSeverities("pagerDuty.severities", severities);
  const alarmNamePrefixes = ["detections", "streams"].flatMap((part) => {
    const prefix = new Names(names.child(part)).alarmPrefix();
    return wanted.map((severity) => `${prefix}${severity}-`);
  });
  return { integrationKey, serviceRegion, alarmNamePrefixes };
}

/** Names of the functions' own table and roles, which alarms and detector leave out. */
function stateOf(
  { statefulDetector = true, notifier = true }: DetectiveControlsArgs,
  names: Names,
): Pick<DetectionAlarmsArgs, "statefulDetector" | "ownState"> {
  const roleNames = [
    ...(statefulDetector ? [detectorRoleName(names.child("detector"))] : []),
    ...(notifier ? [notifierRoleName(names.child("notifier"))] : []),
  ];
  if (roleNames.length === 0) return {};
  return { statefulDetector, ownState: { tableName: stateTablePattern(names.child("state")), roleNames } };
}

function notifierArgs(args: DetectiveControlsArgs, detections: readonly DeployedDetection[]): ControlsPlan["notifier"] {
  if (args.notifier === false) return undefined;
  return {
    detections: JSON.stringify(detections),
    securityHub: args.securityHub,
    evidence: args.evidence,
    tags: args.tags,
  };
}

function detectorArgs(
  args: DetectiveControlsArgs,
  plans: readonly DetectionPlan[],
  ofAlarms: Names,
  detections: ControlsPlan["detections"],
): ControlsPlan["detector"] {
  const stateful = plans.filter((plan) => plan.stateful);
  if (stateful.length === 0) return undefined;
  return {
    detections: JSON.stringify(deployedDetections(stateful, detections.runbookUrl)),
    metricNamespace: ofAlarms.metricNamespace(),
    ownRoleNames: detections.ownState?.roleNames,
    eventBridge: (args.existingTrail?.subscriptionFilterCount ?? 0) >= subscriptionFiltersPerLogGroup,
    countryDatabase: args.countryDatabase || undefined,
    evidence: args.evidence,
    tags: args.tags,
  };
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
  { trail, detector, notifier }: Pick<ControlsPlan, "trail" | "detector" | "notifier">,
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
  const streamFunction = args.streamMonitor && args.streamMonitor.functionArn === undefined;
  const functionArns = [detector, notifier, streamFunction].flatMap((own) => (own ? [""] : []));
  const watched = watchedStack(trail, names, { ...notMadeYet, functionArns });
  const keys = Object.keys(args.requiredTags ?? {});
  const ofTags = keys.flatMap((key, i) =>
    ["key", "allowedValues"].map((field) => [`requiredTags[${i}].${field}`, `requiredTags.${key}`]),
  );
  renamed({ disabledRules: "disabledConfigRules", rules: "configRules", ...Object.fromEntries(ofTags) }, () =>
    validateConfigRules(names.child("rules"), { ...rules, recorderName: "", watched }),
  );
  return { recorder, sharesBucket, rules };
}

/** What a trail that is created has by default. Pulumi.yaml says it too, so only other values were meant. */
const trailDefaults = {
  dataEvents: true,
  streamDataEvents: true,
  managementEvents: true,
  kmsEvents: true,
  multiRegion: true,
  logRetentionDays: 365,
  archiveAfterDays: 90,
  expireAfterDays: 0,
} satisfies Partial<DetectiveControlsArgs>;

/** Arguments that would change nothing: about a trail or a recorder that is not created here. */
function refuseIdle(args: DetectiveControlsArgs): void {
  const refuse = (keys: readonly (keyof DetectiveControlsArgs)[], because: string): void => {
    const idle = keys.find((key) => args[key] !== undefined && args[key] !== false && args[key] !== "");
    if (idle) throw new ArgumentError(idle, `changes nothing beside ${because}. Leave out one of the two.`);
  };
  if (args.notifier === false) {
    refuse(["emailSeverities", "sqs", "securityHub", "eventBusArn"], "notifier: false");
  }
  if (args.existingTrail) {
    refuse(["tableArns", "objectLock", "keyReaderArns"], "existingTrail");
    const changed = Object.entries(trailDefaults).filter(
      ([key, byDefault]) => (args[key as keyof DetectiveControlsArgs] ?? byDefault) !== byDefault,
    );
    if (changed[0]) {
      throw new ArgumentError(changed[0][0], "changes nothing beside existingTrail. Leave out one of the two.");
    }
  }
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
  if (args.statefulDetector === false) refuse(["countryDatabase"], "statefulDetector: false");
  if (args.existingConfigRecorder) {
    refuse(["createConfigServiceLinkedRole", "configRecording"], "existingConfigRecorder");
  }
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
