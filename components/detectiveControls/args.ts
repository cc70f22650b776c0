import type * as pulumi from "@pulumi/pulumi";
import type { ExistingTrailArgs, ObjectLockArgs } from "../auditTrail";
import type { DetectionProfile, DetectionSettingsArgs } from "../detectionAlarms";
import type { EvidencePolicy } from "../evidence";
import type { KeyDisplay, MonitoredTableArgs } from "../streamMonitor";

export interface MonitoredStreamsArgs {
  /** Tables whose item changes are watched through their streams. */
  tables: MonitoredTableArgs[];
  /** How the built-in function logs primary keys; other values are never logged. Default: hashed. */
  keyDisplay?: KeyDisplay;
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
  /** How much of the catalog is deployed: `published` (ten alerts), `essential` or `full`. Default: essential. */
  profile?: DetectionProfile;
  /**
   * ARNs of the keys that encrypt tables. Detections of keys then count these alone; until it is set, some of them have
   * severity low. Default: none.
   */
  tableKeyArns?: string[];
  /** ARNs of tables that nobody has a reason to touch: any call on their items alerts. Default: none. */
  decoyTableArns?: string[];
  /** Ids of other accounts that may use tables. Default: none. */
  trustedAccounts?: string[];
  /** Changes to single detections, by detection id. Default: the catalog's own settings. */
  detections?: { [id: string]: DetectionSettingsArgs };
  /**
   * Also register the literal metric filters that Security Hub's CloudWatch.1, .2, .5, .7 and .9 demand, each with an alarm of
   * severity low. Default: false.
   */
  cisFilters?: boolean;
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
  /** Names of AWS Config rules to leave out. Default: none. */
  disabledConfigRules?: string[];
  /** Tag keys that every table must have, with allowed values (empty: any). Default: Security, Confidentiality, Environment. */
  requiredTags?: { [key: string]: string[] };

  /** Tags for every resource. Default: none. */
  tags?: { [key: string]: string };
}
