import { complianceRule, tableType } from "../rule";

// Source of names, triggers, parameters and Regions of managed rules: AWS Config Developer Guide, the page of each rule.

/** What an ARN of a key looks like. */
const keyArnForm = {
  pattern: /^arn:[a-z0-9-]+:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/,
  words: "the ARN of a KMS key. Write arn:<partition>:kms:<region>:<account>:key/<id>",
};

export const pointInTimeRecovery = complianceRule({
  name: "dynamodb-pitr-enabled",
  description: "Tables have point-in-time recovery. If not: set pointInTimeRecovery.enabled to true.",
  source: { identifier: "DYNAMODB_PITR_ENABLED" },
  trigger: "change",
  resourceTypes: [tableType],
  byDefault: true,
  remediation: "point-in-time-recovery",
  parameters: {},
});

export const deletionProtection = complianceRule({
  name: "dynamodb-table-deletion-protection-enabled",
  description: "Tables have deletion protection. If not: set deletionProtectionEnabled to true.",
  source: { identifier: "DYNAMODB_TABLE_DELETION_PROTECTION_ENABLED" },
  trigger: "change",
  resourceTypes: [tableType],
  byDefault: true,
  remediation: "deletion-protection",
  parameters: {},
  notIn: ["ap-east-2"],
});

/** A table with the AWS owned key, which has no trace in AWS KMS, fails. */
export const encryptedWithKms = complianceRule({
  name: "dynamodb-table-encrypted-kms",
  description:
    "Tables are encrypted with an AWS managed or customer managed key, of the listed keys if some are listed. If not: set serverSideEncryption.",
  source: { identifier: "DYNAMODB_TABLE_ENCRYPTED_KMS" },
  trigger: "change",
  resourceTypes: [tableType],
  byDefault: true,
  remediation: "encryption",
  parameters: {
    kmsKeyArns: {
      type: "list",
      description: "ARNs of keys of which a table must use one.",
      form: keyArnForm,
    },
  },
});

/** AWS's older rule: says less than `dynamodb-table-encrypted-kms`. */
export const encryptionEnabled = complianceRule({
  name: "dynamodb-table-encryption-enabled",
  description: "Tables have server-side encryption with a key of AWS KMS. If not: set serverSideEncryption.",
  source: { identifier: "DYNAMODB_TABLE_ENCRYPTION_ENABLED" },
  trigger: "change",
  resourceTypes: [tableType],
  byDefault: false,
  parameters: {},
  notIn: ["ap-southeast-6", "cn-northwest-1"],
});

export const crossRegionReplication = complianceRule({
  name: "dynamodb-table-cross-region-replication-enabled",
  description: "Tables have an active replica in another Region. If not: add a replica.",
  source: { identifier: "DYNAMODB_TABLE_CROSS_REGION_REPLICATION_ENABLED" },
  trigger: "change",
  resourceTypes: [tableType],
  byDefault: false,
  parameters: {},
  notIn: ["me-central-1", "me-south-1", "us-gov-east-1", "us-gov-west-1"],
});

export const autoscaling = complianceRule({
  name: "dynamodb-autoscaling-enabled",
  description:
    "Tables and indexes scale by themselves or are on demand. If not: add scaling policies, or PAY_PER_REQUEST.",
  source: { identifier: "DYNAMODB_AUTOSCALING_ENABLED" },
  trigger: "periodic",
  resourceTypes: [tableType],
  byDefault: false,
  parameters: {
    minProvisionedReadCapacity: { type: "integer", description: "Least read capacity units of a scaling policy." },
    maxProvisionedReadCapacity: { type: "integer", description: "Most read capacity units of a scaling policy." },
    targetReadUtilization: {
      type: "number",
      description: "Read utilization that a scaling policy aims at, in percent.",
    },
    minProvisionedWriteCapacity: { type: "integer", description: "Least write capacity units of a scaling policy." },
    maxProvisionedWriteCapacity: { type: "integer", description: "Most write capacity units of a scaling policy." },
    targetWriteUtilization: {
      type: "number",
      description: "Write utilization that a scaling policy aims at, in percent.",
    },
  },
});

export const throughputLimit = complianceRule({
  name: "dynamodb-throughput-limit-check",
  description: "Provisioned capacity stays below a share of the account's quota. If not: lower it, or raise the quota.",
  source: { identifier: "DYNAMODB_THROUGHPUT_LIMIT_CHECK" },
  trigger: "periodic",
  resourceTypes: ["AWS::::Account"],
  account: true,
  byDefault: false,
  parameters: {
    accountRCUThresholdPercentage: {
      type: "integer",
      description: "Share of the quota of read capacity units, in percent. AWS's default: 80.",
    },
    accountWCUThresholdPercentage: {
      type: "integer",
      description: "Share of the quota of write capacity units, in percent. AWS's default: 80.",
    },
  },
});
