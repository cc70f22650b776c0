import { tablePolicy } from "../tablePolicy";
import { judge, mended } from "../verdict";

export const deletionProtection = tablePolicy({
  name: "dynamodb-deletion-protection",
  description: "Checks whether DynamoDB tables, and each of their replicas, have deletion protection.",
  why: "Without it one DeleteTable call, by mistake or by an attacker, removes the table and all its items. Replicas and restored tables start without it, whatever the table they come from has.",
  severity: "medium",
  frameworks: [
    {
      name: "AWS Foundational Security Best Practices",
      version: "1.0.0",
      reference: "DynamoDB.6",
      specification: "DynamoDB tables should have deletion protection enabled",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-6",
    },
    {
      name: "AWS Config managed rules",
      reference: "DYNAMODB_TABLE_DELETION_PROTECTION_ENABLED",
      specification: "dynamodb-table-deletion-protection-enabled",
      url: "https://docs.aws.amazon.com/config/latest/developerguide/dynamodb-table-deletion-protection-enabled.html",
    },
  ],
  peers: { prowler: "dynamodb_table_deletion_protection_enabled" },
  remediationSteps:
    "Set `deletionProtectionEnabled: true` on the table, on each entry of its `replicas` and on each `TableReplica`. The change is made in place.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html#WorkingWithTables.Basics.DeletionProtection",
  configuration: {},
  properties: ({ deletionProtection }) => [deletionProtection.property],
  mend: ({ deletionProtection }) => mended(deletionProtection, true),
  check: ({ label, deletionProtection }) => [
    judge(deletionProtection, {
      label,
      accepts: (enabled) => enabled,
      otherwise: "can be deleted with one call",
      write: deletionProtection.write(true),
    }),
  ],
});
