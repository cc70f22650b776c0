import type * as pulumi from "@pulumi/pulumi";
import type { EvidencePolicy } from "../evidence";
import type { ItemDetectionSettingsArgs } from "./itemDetectionSettings";
import type { MonitoredTableArgs } from "./tables";

/** How the log shows which item changed. */
export enum KeyDisplay {
  /** A digest, the same for every change of an item. A pseudonym: who guesses a key can confirm it. */
  Hashed = "hashed",
  /** The key itself. Only where keys are no personal data. */
  Plain = "plain",
  /** Nothing. */
  None = "none",
}

/** Where a new mapping begins to read. */
export enum StreamStartingPosition {
  /** At the oldest record that the stream keeps, up to 24 hours back. */
  TrimHorizon = "TRIM_HORIZON",
  /** At what is written from now on. */
  Latest = "LATEST",
}

export interface StreamMonitorArgs {
  /** Tables to watch. Each needs a stream. Their order means nothing. */
  tables: MonitoredTableArgs[];

  /** ARN of a function of your own, which gets the records instead of the one made here. Default: one is made. */
  functionArn?: pulumi.Input<string>;
  /** Name of that function's role, which gets the permissions to read the streams. Needed with `functionArn`. */
  functionRoleName?: pulumi.Input<string>;
  /** How the log shows which item changed. Default: hashed. */
  keyDisplay?: KeyDisplay;
  /** Changes to detections of all tables, by detection id. A table's own settings come first. Default: none. */
  detections?: { [id: string]: ItemDetectionSettingsArgs };
  /**
   * Tags that mark a table as confidential: values by key, in any letter case. Default: `Confidentiality` with
   * `confidential`, `restricted` or `secret`.
   */
  confidentialTags?: { [key: string]: string[] };
  /** Topic that the alarms of the detections notify. Default: they show in CloudWatch only. */
  alarmTopicArn?: pulumi.Input<string>;
  /** Topic that hears when such an alarm is over. Default: none. */
  okTopicArn?: pulumi.Input<string>;
  /** Event bus that gets a finding as soon as there is one. Default: findings are in the log only. */
  findingsBusArn?: pulumi.Input<string>;
  /** Log group of the trail, to which findings point for the caller. Default: they do not name it. */
  trailLogGroupName?: pulumi.Input<string>;
  /** Address under which the runbook pages (`<id>.md`) are published. Default: their path in this project. */
  runbookUrl?: string;
  /** Concurrent executions kept for the function, which cannot have more. Default: none kept. */
  reservedConcurrency?: number;
  /** Trace the function with AWS X-Ray. Default: false. */
  tracing?: boolean;
  /** Days for which the function's log is kept; 0: for ever. Default: 365. */
  logRetentionDays?: number;

  /** Most records in one invocation, 1 to 10,000. Default: 100. */
  batchSize?: number;
  /** Seconds to wait for a full batch, 0 to 300. Default: 5. */
  maximumBatchingWindowInSeconds?: number;
  /** Batches of one shard at a time, 1 to 10. The changes of one item stay in order. Default: 1. */
  parallelizationFactor?: number;
  /** How often a failing batch is tried again, 0 to 10,000, before its records go to the failure bucket. Default: 5. */
  maximumRetryAttempts?: number;
  /** Age in seconds at which a record goes to the failure bucket untried, 60 to 86,400. Default: 86,400. */
  maximumRecordAgeInSeconds?: number;
  /**
   * Where a new mapping begins to read. Default: the oldest record that the stream keeps. LATEST can miss what is written
   * while a mapping is created or changed, and a gap is worse than counting the changes of the last day at the start.
   */
  startingPosition?: StreamStartingPosition;
  /** Event filter patterns (JSON); a record is read if one of them matches. Default: every record is read. */
  filterPatterns?: string[];

  /**
   * Customer managed key for log group and failure bucket. Its policy must let `logs.<region>.amazonaws.com` and the
   * function's role use it. Default: a key of its own.
   */
  kmsKeyArn?: pulumi.Input<string>;
  /** Days after which records that could not be processed are deleted; they hold whole items. Default: 14. */
  failureRetentionDays?: number;
  /** What happens to key, log group and failure bucket when the stack is destroyed. Default: retain. */
  evidence?: EvidencePolicy;
  /** Topic that hears when the monitor itself fails. Default: its alarms show that in CloudWatch only. */
  healthTopicArn?: pulumi.Input<string>;
  /** Tags for every resource. Default: none. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}
