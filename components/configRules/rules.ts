/** An AWS managed rule for tables. Config evaluates it whenever a table's recorded configuration changes. */
export interface ManagedRule {
  /** AWS's name of the rule, by which it is switched off. */
  name: string;
  /** AWS's identifier of the rule. */
  identifier: string;
  /** Shown in the Config console: what is checked, and what to change on a table that fails. At most 256 characters. */
  description: string;
}

/** Source of names and behaviour: AWS Config Developer Guide, "List of AWS Config Managed Rules". */
export const managedRules = [
  {
    name: "dynamodb-pitr-enabled",
    identifier: "DYNAMODB_PITR_ENABLED",
    description: "Tables have point-in-time recovery. If not: set pointInTimeRecovery.enabled to true.",
  },
  {
    name: "dynamodb-table-deletion-protection-enabled",
    identifier: "DYNAMODB_TABLE_DELETION_PROTECTION_ENABLED",
    description: "Tables have deletion protection. If not: set deletionProtectionEnabled to true.",
  },
  {
    name: "dynamodb-table-encrypted-kms",
    identifier: "DYNAMODB_TABLE_ENCRYPTED_KMS",
    description:
      "Tables are encrypted with an AWS managed or customer managed key, of the listed keys if some are listed. If not: set serverSideEncryption.",
  },
  {
    name: "required-tags",
    identifier: "REQUIRED_TAGS",
    description: "Tables have the required tags, with an allowed value where values are listed. If not: set tags.",
  },
] as const satisfies readonly ManagedRule[];

export type RuleName = (typeof managedRules)[number]["name"];

/** What the rules look at. A replica is a table of its Region and needs the rules there. */
export const ruleScope = ["AWS::DynamoDB::Table"];
