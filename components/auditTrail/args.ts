import type * as pulumi from "@pulumi/pulumi";
import type { EvidencePolicy } from "../evidence";
import type { ObjectLockArgs } from "../secureBucket/objectLock";

/** A trail that exists already, and what is known about it. */
export interface ExistingTrailArgs {
  /** Log group that the trail delivers to. Its class must be STANDARD: others have no metric filters. */
  logGroupName: pulumi.Input<string>;
  /** ARN of the trail. Default: unknown. */
  trailArn?: pulumi.Input<string>;
  /** The trail logs management events. Default: true, as AWS does by default. */
  managementEvents?: boolean;
  /** The trail logs item-level calls on tables. Default: false, as AWS does by default. */
  tableDataEvents?: boolean;
  /** The trail logs reads of table streams. Default: false, as AWS does by default. */
  streamDataEvents?: boolean;
  /** The trail's management events include those of AWS KMS. Default: true, as AWS does by default. */
  kmsEvents?: boolean;
  /** Metric filters that the log group has already; AWS allows 100. Default: 0. */
  metricFilterCount?: number;
  /** Subscription filters that the log group has already; AWS allows 2. Default: 0. */
  subscriptionFilterCount?: number;
  /** Regular expressions in the filters that the log group has already; AWS allows 5. Default: 0. */
  regexCount?: number;
}

export interface AuditTrailArgs {
  /** ARNs of the tables whose data events are logged, in any Region of a multi-Region trail. Default: all tables of the account. */
  tableArns?: pulumi.Input<string>[];
  /** Log item-level calls on tables. AWS bills each event. Default: true. */
  dataEvents?: boolean;
  /**
   * Log reads of table streams (`GetRecords`, `GetShardIterator`). AWS bills each event, and each consumer of a stream
   * polls several times a second. Default: true.
   */
  streamDataEvents?: boolean;
  /** Log control-plane calls. The first copy in an account is free, a second one is not. Default: true. */
  managementEvents?: boolean;
  /** Keep AWS KMS events among the management events. Default: true. */
  kmsEvents?: boolean;
  /**
   * Log only those item-level calls that write. What is lost: `GetItem`, `BatchGetItem`, `Query`, `Scan` and
   * `TransactGetItems`, so every detection of reads. What stays: PartiQL, `SELECT` included, which CloudTrail records
   * with `readOnly: false`; reads of streams, see `streamDataEvents`. Default: false.
   */
  writeOnly?: boolean;
  /** Log all Regions into the one log group, not only the home Region. Default: true. */
  multiRegion?: boolean;
  /**
   * Days for which the log group keeps events: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096,
   * 1827, 2192, 2557, 2922, 3288, 3653, or 0 for ever. Default: 365.
   */
  logRetentionDays?: number;
  /** Days after which evidence moves to archive storage (S3 Glacier Instant Retrieval); 0: never. Default: 90. */
  archiveAfterDays?: number;
  /** Days after which evidence is deleted; 0: never. Default: 0. */
  expireAfterDays?: number;
  /**
   * What happens to bucket, key and log group when the stack is destroyed. They share one fate, so that what was kept
   * stays readable; a later deployment makes new ones beside them. Default: retain.
   */
  evidence?: EvidencePolicy;
  /** S3 Object Lock on the evidence bucket, which AWS Config then cannot deliver to. Default: none. */
  objectLock?: ObjectLockArgs;
  /** ARNs of the principals that may decrypt the evidence, when they read it through S3. Default: whom IAM of the account allows. */
  keyReaderArns?: pulumi.Input<string>[];
  /** Let AWS Config deliver to the evidence bucket too. Default: true; false with `objectLock`. */
  allowConfigDelivery?: boolean;
  /** Topic that hears when the log group falls silent. Default: the alarm notifies nobody. */
  healthTopicArn?: pulumi.Input<string>;
  /** Adopt a trail: nothing is created but the alarm on its log group. Default: create one. */
  existing?: ExistingTrailArgs;
  /** Tags for every resource. Default: none. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}
