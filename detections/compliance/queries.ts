import { tableType } from "./rule";

/**
 * A question about the inventory of tables, as an advanced query of AWS Config: SELECT without FROM, with =, IN, BETWEEN,
 * AND, OR and NOT (AWS Config Developer Guide, "Query components"). Runs on what the recorder has recorded, in one Region or
 * in an aggregator.
 */
export interface InventoryQuery {
  /** Key among the outputs. */
  id: string;
  /** What it answers. */
  title: string;
  expression: string;
  /** How to read the answer, where that is not obvious. */
  reading?: string;
}

const where = { tables: `resourceType = '${tableType}'` };
const pointInTimeRecoveryStatus =
  "supplementaryConfiguration.ContinuousBackupsDescription.pointInTimeRecoveryDescription.pointInTimeRecoveryStatus";

export const inventoryQueries: readonly InventoryQuery[] = [
  {
    id: "tables",
    title: "Every table, with its tags",
    expression: `SELECT accountId, awsRegion, resourceId, arn, tags WHERE ${where.tables}`,
  },
  {
    id: "tables-by-tag",
    title: "Tables with a tag, here production ones",
    expression: `SELECT accountId, awsRegion, resourceId, tags WHERE ${where.tables} AND tags.tag = 'Environment=production'`,
    reading:
      "`tags.tag` is `key=value`; `tags.key = 'Environment'` finds the tag with any value. Tables that lack it: the rule `required-tags`.",
  },
  {
    id: "tables-by-key",
    title: "Which key encrypts each table",
    expression:
      "SELECT accountId, awsRegion, resourceId, configuration.ssedescription.ssetype, configuration.ssedescription.status, " +
      `configuration.ssedescription.kmsmasterKeyArn WHERE ${where.tables}`,
    reading:
      "No `ssedescription`: the AWS owned key. `KMS`: the key named; whether AWS or the customer manages it is known to AWS KMS only.",
  },
  {
    id: "tables-without-recovery",
    title: "Tables without point-in-time recovery",
    expression: `SELECT accountId, awsRegion, resourceId WHERE ${where.tables} AND ${pointInTimeRecoveryStatus} = 'DISABLED'`,
  },
  {
    id: "tables-by-protection",
    title: "Tables that fail a rule, and which rules",
    expression:
      "SELECT accountId, awsRegion, configuration.targetResourceId, configuration.complianceType, configuration.configRuleList " +
      `WHERE resourceType = 'AWS::Config::ResourceCompliance' AND configuration.targetResourceType = '${tableType}' ` +
      "AND configuration.complianceType = 'NON_COMPLIANT'",
    reading:
      "Deletion protection is not in the configuration item; look for `dynamodb-table-deletion-protection-enabled` among the rules. " +
      "A query cannot ask for one rule's verdict: elements of a list are matched one property at a time.",
  },
  {
    id: "tables-with-stream",
    title: "Tables with a stream",
    expression:
      "SELECT accountId, awsRegion, resourceId, configuration.latestStreamArn, configuration.streamSpecification.streamViewType " +
      `WHERE ${where.tables} AND configuration.streamSpecification.streamEnabled = true`,
  },
  {
    id: "tables-with-replicas",
    title: "Where each table is replicated to",
    expression: `SELECT accountId, awsRegion, resourceId, configuration.replicas WHERE ${where.tables}`,
    reading: "No `replicas`: the table is in its own Region only.",
  },
  {
    id: "tables-by-billing",
    title: "How tables are paid for",
    expression: `SELECT configuration.billingModeSummary.billingMode, COUNT(*) WHERE ${where.tables} GROUP BY configuration.billingModeSummary.billingMode`,
  },
];
