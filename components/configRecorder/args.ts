import type * as pulumi from "@pulumi/pulumi";
import type { EvidencePolicy } from "../evidence";

/** When a configuration item is recorded. */
export enum RecordingFrequency {
  /** Whenever a resource changes. */
  Continuous = "continuous",
  /** Once a day, if it changed. Rules that changes trigger then hear of a change up to a day late. */
  Daily = "daily",
}

export interface ConfigRecorderArgs {
  /**
   * Name of the recorder that the account has already: AWS allows one per account and Region. It is used as it is, and
   * nothing is registered; it has to run and to record `AWS::DynamoDB::Table`. Default: a recorder is created.
   */
  existingRecorderName?: pulumi.Input<string>;
  /** Types of the resources to record. Default: tables, and the types that this project deploys. */
  resourceTypes?: string[];
  /** Record every type that AWS Config supports, also those to come. Paid for by configuration item. Default: false. */
  allResourceTypes?: boolean;
  /** With `allResourceTypes`: IAM users, groups, roles and policies too, which one Region of an account should record. Default: false. */
  globalResourceTypes?: boolean;
  /** When changes are recorded. Default: continuous. */
  recordingFrequency?: RecordingFrequency;
  /** Types that are recorded at the other frequency than `recordingFrequency`. Default: none. */
  recordingFrequencyOverrides?: { [resourceType: string]: RecordingFrequency };
  /**
   * Bucket for configuration history and snapshots. Its policy must let `config.amazonaws.com` deliver before the
   * recorder starts; AWS Config cannot deliver where S3 Object Lock has a default retention. Default: a bucket of its own.
   */
  bucketName?: pulumi.Input<string>;
  /**
   * Customer managed key for what is delivered. Its policy must let `config.amazonaws.com` use it. Default: the key that
   * `bucketName` encrypts with, SSE-S3 for the bucket of its own.
   */
  keyArn?: pulumi.Input<string>;
  /**
   * Create the service-linked role `AWSServiceRoleForConfig`: once, in an account that never used AWS Config. Afterwards
   * leave it out again. The role stays in the account, also when the stack is destroyed, since every recorder of the
   * account uses it; AWS refuses to create it a second time ("has been taken in this account"). Default: false.
   */
  createServiceLinkedRole?: boolean;
  /** What happens to the bucket of its own when the stack is destroyed. Default: retain. */
  evidence?: EvidencePolicy;
  /** Tags for the bucket and the role; Config's own resources take none. Default: none. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}
