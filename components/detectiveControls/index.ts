import * as pulumi from "@pulumi/pulumi";
import { AlertChannel } from "../alertChannel";
import { AuditTrail, type ExistingTrailArgs, type ObjectLockArgs } from "../auditTrail";
import { ConfigRecorder } from "../configRecorder";
import { ConfigRules } from "../configRules";
import { DetectionAlarms, type DetectionSettingsArgs } from "../detectionAlarms";
import type { EvidencePolicy } from "../evidence";
import { Names } from "../naming";
import { type MonitoredTableArgs, StreamMonitor } from "../streamMonitor";
import { planControls } from "./plan";

export interface MonitoredStreamsArgs {
  /** Tables whose item changes are watched through their streams. */
  tables: MonitoredTableArgs[];
  /** A function of your own instead of the built-in one. Default: the built-in one. */
  functionArn?: pulumi.Input<string>;
  /** Role of that function, which gets the permissions on the streams. Needed with `functionArn`. */
  functionRoleName?: pulumi.Input<string>;
}

export interface DetectiveControlsArgs {
  /** Addresses that get alerts. Each must confirm AWS's message once. Default: none. */
  emails?: string[];
  /** Addresses that hear of failures of the detectors themselves. Default: `emails`. */
  healthEmails?: string[];
  /**
   * ARNs of the principals that applications use; their item-level calls do not count. Until it is set, item-level
   * detections have severity low. Default: none.
   */
  workloadPrincipals?: string[];
  /** Changes to single detections, by detection id. Default: the catalog's own settings. */
  detections?: { [id: string]: DetectionSettingsArgs };
  /** Address under which the runbook pages are published. Default: their path in this project. */
  runbookUrl?: string;

  /** ARNs of the tables whose data events are logged. Default: all tables of the account. */
  tableArns?: pulumi.Input<string>[];
  /** Log item-level calls on tables. Default: true. */
  dataEvents?: boolean;
  /** Log reads of table streams. Default: true. */
  streamDataEvents?: boolean;
  /** Log only data events that write. Default: false. */
  writeOnly?: boolean;
  /** Log control-plane calls. Default: true. */
  managementEvents?: boolean;
  /** Keep AWS KMS events among the management events. Default: true. */
  kmsEvents?: boolean;
  /** Log all Regions. Default: true. */
  multiRegion?: boolean;
  /** Days for which the log group keeps events. Default: 365. */
  logRetentionDays?: number;
  /** Days after which evidence moves to archive storage; 0: never. Default: 90. */
  archiveAfterDays?: number;
  /** Days after which evidence is deleted; 0: never. Default: 0. */
  expireAfterDays?: number;
  /** What happens to bucket, key and log group when the stack is destroyed. Default: retain. */
  evidence?: EvidencePolicy;
  /** S3 Object Lock on the evidence bucket. Default: none. */
  objectLock?: ObjectLockArgs;
  /** ARNs of the principals that may decrypt the evidence. Default: none but the account's administrators. */
  keyReaderArns?: string[];
  /** Adopt a trail instead of creating one. Default: create one. */
  existingTrail?: ExistingTrailArgs;

  /** Watch item changes through DynamoDB Streams. Default: none. */
  streamMonitor?: MonitoredStreamsArgs;

  /** Record configuration with AWS Config and evaluate rules. Default: true. */
  config?: boolean;
  /** Name of the recorder that the account has already; empty: create one. Default: create one. */
  existingConfigRecorder?: string;
  /** Create AWS Config's service-linked role, which an account that never used AWS Config lacks. Default: false. */
  createConfigServiceLinkedRole?: boolean;
  /** Names of AWS Config rules to leave out. Default: none. */
  disabledConfigRules?: string[];
  /** Tag keys that every table must have, with allowed values (empty: any). Default: Security, Confidentiality, Environment. */
  requiredTags?: { [key: string]: string[] };

  /** Tags for every resource. Default: none. */
  tags?: { [key: string]: string };
}

/** All detective controls for the DynamoDB tables of one account. */
export class DetectiveControls extends pulumi.ComponentResource {
  /** ARN of the trail; undefined where an existing one was adopted without naming it. */
  public readonly trailArn: pulumi.Output<string | undefined>;
  /** Log group that the trail delivers to. */
  public readonly logGroupName: pulumi.Output<string>;
  /** Topic for alarms of detections, as CloudWatch writes them. */
  public readonly alarmTopicArn: pulumi.Output<string>;
  /** Topic that people subscribe to for alerts. */
  public readonly alertTopicArn: pulumi.Output<string>;
  /** Topic for failures of the detectors themselves. */
  public readonly healthTopicArn: pulumi.Output<string>;
  /** ARNs of the alarms, by detection id. */
  public readonly alarmArns: pulumi.Output<{ [id: string]: string }>;

  /**
   * @param name Logical name; part of every physical name, unless it is the project's name.
   * @param args What to watch and whom to tell. All of it is checked before anything is registered.
   * @param opts Resource options of the component.
   */
  constructor(name: string, args: DetectiveControlsArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const plan = planControls(name, args);
    super("dynamodb-detective:index:DetectiveControls", name, {}, opts);
    const names = new Names(name);
    const inside = { parent: this };

    const channel = new AlertChannel(names.child("alerts"), plan.channel, inside);
    const { alertTopicArn, healthTopicArn, deadLetterQueueArn } = channel;
    const trail = new AuditTrail(names.child("trail"), { ...plan.trail, healthTopicArn }, inside);

    // Nothing enriches alarms yet, so they go straight to the topic that people subscribe to.
    const alarms = new DetectionAlarms(
      names.child("detections"),
      { ...plan.detections, logGroupName: trail.logGroupName, alarmTopicArn: alertTopicArn },
      inside,
    );

    if (plan.streams) new StreamMonitor(names.child("streams"), { ...plan.streams, healthTopicArn }, inside);
    if (plan.config) {
      const { recorder, sharesBucket, rules } = plan.config;
      const { recorderName } = new ConfigRecorder(
        names.child("config"),
        sharesBucket
          ? { ...recorder, bucketName: definite(trail.bucketName), keyArn: definite(trail.keyArn) }
          : recorder,
        // A delivery channel is refused until the bucket's policy lets AWS Config in.
        { ...inside, dependsOn: [trail] },
      );
      new ConfigRules(
        names.child("rules"),
        { ...rules, recorderName, alertTopicArn, healthTopicArn, deadLetterQueueArn },
        inside,
      );
    }

    this.trailArn = trail.trailArn;
    this.logGroupName = trail.logGroupName;
    this.alarmTopicArn = channel.alarmTopicArn;
    this.alertTopicArn = alertTopicArn;
    this.healthTopicArn = healthTopicArn;
    this.alarmArns = alarms.alarmArns;
    this.registerOutputs({
      trailArn: this.trailArn,
      logGroupName: this.logGroupName,
      alarmTopicArn: this.alarmTopicArn,
      alertTopicArn: this.alertTopicArn,
      healthTopicArn: this.healthTopicArn,
      alarmArns: this.alarmArns,
    });
  }
}

/** A trail of our own has a bucket and a key; only an adopted one may lack them. */
const definite = (value: pulumi.Output<string | undefined>): pulumi.Output<string> => value.apply((known) => known!);
