import type * as pulumi from "@pulumi/pulumi";
import type { SlackArgs, SqsArgs, TeamsArgs } from "../alertChannel";
import type { ExistingTrailArgs, ObjectLockArgs } from "../auditTrail";
import type { RecordingFrequency } from "../configRecorder";
import type { RemediationSettingsArgs } from "../configRemediation";
import type { RuleSettingsArgs } from "../configRules";
import type { DetectionSettingsArgs } from "../detectionAlarms";
import type { EvidencePolicy } from "../evidence";
import type { KeyDisplay, MonitoredTableArgs } from "../streamMonitor";

export interface MonitoredStreamsArgs {
  /** Tables whose item changes are watched through their streams. */
  tables: MonitoredTableArgs[];
  /** How the built-in function logs primary keys; other values are never logged. Default: hashed. */
  keyDisplay?: KeyDisplay;
  /**
   * Tags that mark a table as confidential: values by key, in any letter case. Default: `Confidentiality` with
   * `confidential`, `restricted` or `secret`.
   */
  confidentialTags?: { [key: string]: string[] };
  /** A function of your own instead of the built-in one. Default: the built-in one. */
  functionArn?: pulumi.Input<string>;
  /** Role of that function, which gets the permissions on the streams. Needed with `functionArn`. */
  functionRoleName?: pulumi.Input<string>;
}

export interface ConfigRecordingArgs {
  /** Types of the resources to record. Default: tables, and the types that this project deploys. */
  resourceTypes?: string[];
  /** Record every type that AWS Config supports. Default: false. */
  allResourceTypes?: boolean;
  /** With `allResourceTypes`: IAM's types too. Default: false. */
  globalResourceTypes?: boolean;
  /** When changes are recorded. Default: continuous. */
  recordingFrequency?: RecordingFrequency;
  /** Types that are recorded at the other frequency. Default: none. */
  recordingFrequencyOverrides?: { [resourceType: string]: RecordingFrequency };
  /** Deliver to a bucket of AWS Config's own. Default: only where the evidence bucket has Object Lock or is not ours. */
  ownBucket?: boolean;
}

/** A service of PagerDuty with its Amazon CloudWatch integration. */
export interface PagingArgs {
  /** Integration key, a secret. */
  integrationKey: pulumi.Input<string>;
  /** Service region of the PagerDuty account: `us` or `eu`. Default: us. */
  serviceRegion?: string;
  /** Severities that page. Default: high and critical. */
  severities?: string[];
}

export interface DetectiveControlsArgs {
  /** Addresses that get alerts. Each must confirm AWS's message once. Default: none. */
  emails?: string[];
  /** Addresses that hear of failures of the detectors themselves. Default: `emails`. */
  healthEmails?: string[];
  /** Severities of the alerts that `emails` get: `info`, `low`, `medium`, `high`, `critical`. Default: all. */
  emailSeverities?: string[];
  /** Channel of Slack that gets alerts and failures. Default: none. */
  slack?: SlackArgs;
  /** Channel of Microsoft Teams that gets alerts and failures. Default: none. */
  teams?: TeamsArgs;
  /** Service of PagerDuty that pages for severe alarms and for failures of the detectors. Default: none. */
  pagerDuty?: PagingArgs;
  /** Make a queue of alerts as JSON, for a SIEM. Default: none. */
  sqs?: SqsArgs;
  /** Import every alert into AWS Security Hub, which must be enabled in the account and Region. Default: false. */
  securityHub?: boolean;
  /** ARN of an event bus that gets alerts as events with detail type `DynamoDB Alert`. Default: none. */
  eventBusArn?: string;
  /**
   * Deploy the notifier, which tells who did what. Without it people get the alarms as CloudWatch writes them. Default:
   * true.
   */
  notifier?: boolean;
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
  /** Log only data events that write; of an adopted trail: it logs only those. Default: false. */
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

  /**
   * Deploy the function of the stateful detections, with its table: new countries, new principals, sequences, rates.
   * Default: true.
   */
  statefulDetector?: boolean;
  /** MMDB file of countries by address, for the detection of new countries. Default: the DB-IP database that comes along. */
  countryDatabase?: string;

  /** Watch item changes through DynamoDB Streams. Default: none. */
  streamMonitor?: MonitoredStreamsArgs;

  /** Record configuration with AWS Config and evaluate rules. Default: true. */
  config?: boolean;
  /** Name of the recorder that the account has already; empty: create one. Default: create one. */
  existingConfigRecorder?: string;
  /**
   * Create AWS Config's service-linked role, which an account that never used AWS Config lacks: once, and leave it out
   * afterwards. The role stays in the account, and AWS refuses to create it a second time. Default: false.
   */
  createConfigServiceLinkedRole?: boolean;
  /** What AWS Config records, and where to. Default: tables and the types that this project deploys, continuously. */
  configRecording?: ConfigRecordingArgs;
  /** Changes to single AWS Config rules, by name; docs/compliance.md lists them. Default: the catalog's own settings. */
  configRules?: { [name: string]: RuleSettingsArgs };
  /** Names of AWS Config rules to leave out; the same as `enabled: false` in `configRules`. Default: none. */
  disabledConfigRules?: string[];
  /** What mends tables that fail an AWS Config rule, by rule. Default: nothing is changed by itself. */
  remediation?: { [rule: string]: RemediationSettingsArgs };
  /** Tag keys that every table must have, with allowed values (empty: any). Default: Security, Confidentiality, Environment. */
  requiredTags?: { [key: string]: string[] };

  /**
   * Region of the deployment: AWS Config rules that it lacks are left out, and what cannot work from another Region is
   * refused before anything is registered. Default: `aws:region`, if the component has neither parent nor provider of its own.
   */
  region?: string;
  /** Tags for every resource. Default: none. */
  tags?: { [key: string]: string };
}
