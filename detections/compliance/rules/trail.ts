import { complianceRule } from "../rule";

// The trail and log group of this stack.

const trailType = "AWS::CloudTrail::Trail";

/** With bucket and log group given, only our trail satisfies it. */
export const trailEnabled = complianceRule({
  name: "cloudtrail-enabled",
  description:
    "The trail of this stack logs to its bucket and its log group. If not: deploy the stack again, and ask who changed it.",
  source: { identifier: "CLOUD_TRAIL_ENABLED" },
  trigger: "periodic",
  resourceTypes: ["AWS::::Account"],
  watches: "trail",
  account: true,
  byDefault: true,
  parameters: {
    s3BucketName: {
      type: "text",
      description: "Bucket that a trail must deliver to.",
      required: true, // AWS takes the rule without it, but then any trail of the account would do.
      fromStack: "trailBucketName",
    },
    snsTopicArn: { type: "text", description: "Topic that a trail must notify." },
    cloudWatchLogsLogGroupArn: {
      type: "text",
      description: "Log group that a trail must deliver to.",
      required: true,
      fromStack: "logGroupArn",
    },
  },
});

export const trailInAllRegions = complianceRule({
  name: "multi-region-cloudtrail-enabled",
  description: "A trail of all Regions logs to the bucket of this stack. If not: set multiRegion to true.",
  source: { identifier: "MULTI_REGION_CLOUD_TRAIL_ENABLED" },
  trigger: "periodic",
  resourceTypes: ["AWS::::Account"],
  watches: "trail",
  account: true,
  byDefault: false,
  parameters: {
    s3BucketName: { type: "text", description: "Bucket that the trail must deliver to.", fromStack: "trailBucketName" },
    snsTopicArn: { type: "text", description: "Topic that the trail must notify." },
    cloudWatchLogsLogGroupArn: {
      type: "text",
      description: "Log group that the trail must deliver to.",
      fromStack: "logGroupArn",
    },
    includeManagementEvents: { type: "boolean", description: "Whether the trail must log management events." },
    readWriteType: {
      type: "text",
      description: "Events that the trail must log: `ALL`, `ReadOnly` or `WriteOnly`.",
      form: { pattern: /^(ALL|ReadOnly|WriteOnly)$/, words: "ALL, ReadOnly or WriteOnly" },
    },
  },
});

export const trailValidation = complianceRule({
  name: "cloud-trail-log-file-validation-enabled",
  description: "Trails sign their log files. If not: set enableLogFileValidation to true.",
  source: { identifier: "CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED" },
  trigger: "periodic",
  resourceTypes: [trailType],
  watches: "trail",
  byDefault: true,
  parameters: {},
});

export const trailEncryption = complianceRule({
  name: "cloud-trail-encryption-enabled",
  description: "Trails encrypt their log files with a KMS key. If not: set kmsKeyId.",
  source: { identifier: "CLOUD_TRAIL_ENCRYPTION_ENABLED" },
  trigger: "periodic",
  resourceTypes: [trailType],
  watches: "trail",
  byDefault: true,
  parameters: {},
});

export const trailToCloudWatchLogs = complianceRule({
  name: "cloud-trail-cloud-watch-logs-enabled",
  description:
    "Trails deliver to CloudWatch Logs. If not: set cloudWatchLogsGroupArn; without it no detection sees an event.",
  source: { identifier: "CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED" },
  trigger: "periodic",
  resourceTypes: [trailType],
  watches: "trail",
  byDefault: true,
  parameters: {
    expectedDeliveryWindowAge: {
      type: "integer",
      description: "Hours within which the last delivery must have been.",
    },
  },
});

export const logGroupEncrypted = complianceRule({
  name: "cloudwatch-log-group-encrypted",
  description: "Log groups are encrypted with a KMS key. If not: set kmsKeyId.",
  source: { identifier: "CLOUDWATCH_LOG_GROUP_ENCRYPTED" },
  trigger: "periodic",
  resourceTypes: ["AWS::Logs::LogGroup"],
  watches: "trail",
  byDefault: false,
  parameters: { KmsKeyId: { type: "text", description: "ARN of the key that must be used." } },
});

export const logGroupRetention = complianceRule({
  name: "cw-loggroup-retention-period-check",
  description: "The log group of the trail keeps events long enough. If not: set logRetentionDays.",
  source: { identifier: "CW_LOGGROUP_RETENTION_PERIOD_CHECK" },
  trigger: "periodic",
  resourceTypes: ["AWS::Logs::LogGroup"],
  watches: "trail",
  byDefault: false,
  parameters: {
    LogGroupNames: { type: "list", description: "Log groups to check.", required: true, fromStack: "logGroupName" },
    MinRetentionTime: { type: "integer", description: "Shortest retention, in days. AWS's default: 365." },
  },
});
