import { complianceRule, type RuleParameter, tableType } from "../rule";

// AWS Backup. These rules take no scope; where AWS lets them be narrowed, a parameter does it.

const narrowing: { [name: string]: RuleParameter } = {
  resourceTags: { type: "text", description: "Tags of the tables to check, as JSON. Not together with `resourceId`." },
  resourceId: { type: "text", description: "Name of the one table to check." },
};
const unavailable = [
  "ap-east-2",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-west-1",
  "cn-north-1",
  "cn-northwest-1",
  "il-central-1",
  "mx-central-1",
] as const;

export const inBackupPlan = complianceRule({
  name: "dynamodb-in-backup-plan",
  description: "Tables are in a plan of AWS Backup. If not: select the table in a backup plan.",
  source: { identifier: "DYNAMODB_IN_BACKUP_PLAN" },
  trigger: "periodic",
  resourceTypes: [tableType],
  byDefault: false,
  parameters: {},
});

export const protectedByBackupPlan = complianceRule({
  name: "dynamodb-resources-protected-by-backup-plan",
  description:
    "Tables are protected by a plan of AWS Backup with the wanted retention, copies and lock. If not: change the plan.",
  source: { identifier: "DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN" },
  trigger: "periodic",
  resourceTypes: [tableType],
  byDefault: false,
  parameters: {
    ...narrowing,
    crossRegionList: { type: "list", description: "Regions that backups must be copied to." },
    crossAccountList: { type: "list", description: "Accounts that backups must be copied to." },
    maxRetentionDays: { type: "integer", description: "Longest retention of a backup, in days." },
    minRetentionDays: { type: "integer", description: "Shortest retention of a backup, in days." },
    backupVaultLockCheck: { type: "boolean", description: "Whether the vault must be locked, `True` or `False`." },
  },
  notIn: unavailable,
});

export const recentRecoveryPoint = complianceRule({
  name: "dynamodb-last-backup-recovery-point-created",
  description: "AWS Backup made a recovery point of each table lately. If not: look for failed backup jobs.",
  source: { identifier: "DYNAMODB_LAST_BACKUP_RECOVERY_POINT_CREATED" },
  trigger: "periodic",
  resourceTypes: [tableType],
  byDefault: false,
  parameters: {
    ...narrowing,
    recoveryPointAgeValue: {
      type: "integer",
      description: "Greatest age of the last recovery point. AWS's default: 1.",
    },
    recoveryPointAgeUnit: {
      type: "text",
      description: "Unit of that age: `hours` or `days`. AWS's default: `days`.",
      form: { pattern: /^(hours|days)$/, words: "hours or days" },
    },
  },
  notIn: unavailable,
});

export const restoreTime = complianceRule({
  name: "dynamodb-meets-restore-time-target",
  description: "The last restore of each table took no longer than wanted. If not: test restores, or split the table.",
  source: { identifier: "DYNAMODB_MEETS_RESTORE_TIME_TARGET" },
  trigger: "periodic",
  resourceTypes: [tableType],
  byDefault: false,
  parameters: {
    maxRestoreTime: { type: "integer", description: "Longest restore, in minutes.", required: true },
    ...narrowing,
  },
  notIn: [...unavailable, "us-gov-east-1", "us-gov-west-1"],
});
