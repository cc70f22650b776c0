/** A table as it is to be recorded. */
export interface RecordedTable {
  type?: string;
  status?: string;
  tags?: { [key: string]: string };
  /** Regions of its replicas. */
  replicas?: string[];
  streamEnabled?: boolean;
}

/**
 * The configuration item of a table as a custom rule gets it. Documented: the frame, with `tags` as a map (AWS Config
 * Developer Guide, "Example events for AWS Config rules"); the property paths (test/detections/compliance/configurationItem.ts).
 * Inferred: that a table without replicas or stream lacks the property, as in the answer to DescribeTable.
 */
export function configurationItem({
  type = "AWS::DynamoDB::Table",
  status = "ACTIVE",
  tags = {},
  replicas,
  streamEnabled,
}: RecordedTable): object {
  return {
    version: "1.3",
    accountId: "111122223333",
    configurationItemCaptureTime: "2026-01-02T03:04:05.000Z",
    configurationItemStatus: "OK",
    resourceType: type,
    resourceId: "orders",
    resourceName: "orders",
    ARN: "arn:aws:dynamodb:eu-central-1:111122223333:table/orders",
    awsRegion: "eu-central-1",
    tags,
    relationships: [],
    configuration: {
      tableName: "orders",
      tableStatus: status,
      billingModeSummary: { billingMode: "PAY_PER_REQUEST" },
      ...(replicas && {
        globalTableVersion: "2019.11.21",
        replicas: replicas.map((regionName) => ({ regionName, replicaStatus: "ACTIVE" })),
      }),
      ...(streamEnabled !== undefined && { streamSpecification: { streamEnabled, streamViewType: "KEYS_ONLY" } }),
    },
    supplementaryConfiguration: {
      ContinuousBackupsDescription: {
        continuousBackupsStatus: "ENABLED",
        pointInTimeRecoveryDescription: { pointInTimeRecoveryStatus: "ENABLED" },
      },
    },
  };
}
