/**
 * Property paths of configuration items, as AWS publishes them for advanced queries (awslabs/aws-config-resource-schema,
 * config/properties/resource-types; read in November 2026). Only what is of use here; a path that is missing has to be looked up
 * there before it is added. Documented; a custom policy rule reads the same item, with `tags` as a map.
 */
export const publishedPaths: { [resourceType: string]: readonly string[] } = {
  "AWS::DynamoDB::Table": [
    "accountId",
    "arn",
    "awsRegion",
    "configuration.billingModeSummary.billingMode",
    "configuration.latestStreamArn",
    "configuration.replicas.regionName",
    "configuration.replicas.replicaStatus",
    "configuration.ssedescription.kmsmasterKeyArn",
    "configuration.ssedescription.ssetype",
    "configuration.ssedescription.status",
    "configuration.streamSpecification.streamEnabled",
    "configuration.streamSpecification.streamViewType",
    "configuration.tableName",
    "configuration.tableStatus",
    "resourceId",
    "resourceName",
    "resourceType",
    "supplementaryConfiguration.ContinuousBackupsDescription.pointInTimeRecoveryDescription.pointInTimeRecoveryStatus",
    "tags.key",
    "tags.tag",
    "tags.value",
  ],
  "AWS::Config::ResourceCompliance": [
    "accountId",
    "awsRegion",
    "configuration.complianceType",
    "configuration.configRuleList.complianceType",
    "configuration.configRuleList.configRuleName",
    "configuration.targetResourceId",
    "configuration.targetResourceType",
    "resourceId",
    "resourceType",
  ],
};

/** Whether a path is a property, or an object that holds some. */
export function isPublished(resourceType: string, path: string): boolean {
  return (publishedPaths[resourceType] ?? []).some((known) => known === path || known.startsWith(`${path}.`));
}
