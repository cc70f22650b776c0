import type { CloudTrailRecord } from "../../detections";

// Made-up events for the page of alerts. documented: CloudTrail user guide, "CloudTrail record contents"; what is particular
// to a call is inferred where docs/detections says so.
export const account = "111122223333";
export const region = "eu-west-1";
export const logGroup = "dynamodb-detective-prod-trail-events";

const tableArn = (name: string): string => `arn:aws:dynamodb:${region}:${account}:table/${name}`;
const ids = (i: number): string => `5c0ffee0-1111-4222-8333-${String(i).padStart(12, "0")}`;

function management(
  eventName: string,
  i: number,
  requestParameters: Record<string, unknown> | null,
  change: Partial<CloudTrailRecord> = {},
): CloudTrailRecord {
  return {
    eventVersion: "1.11",
    eventID: ids(i),
    eventTime: `2026-01-05T10:0${i}:00Z`,
    eventType: "AwsApiCall",
    eventCategory: "Management",
    managementEvent: true,
    eventSource: "dynamodb.amazonaws.com",
    eventName,
    readOnly: eventName.startsWith("List"),
    awsRegion: region,
    userIdentity: {
      type: "AssumedRole",
      arn: `arn:aws:sts::${account}:assumed-role/ops/mallory`,
      accountId: account,
      sessionContext: {
        sessionIssuer: { arn: `arn:aws:iam::${account}:role/ops` },
        attributes: { mfaAuthenticated: "false" },
      } as never,
    },
    sourceIPAddress: "81.2.69.160",
    userAgent: "aws-cli/2.33.1",
    recipientAccountId: account,
    requestParameters,
    responseElements: null,
    ...change,
  };
}

function data(eventName: string, i: number, change: Partial<CloudTrailRecord> = {}): CloudTrailRecord {
  return management(
    eventName,
    i,
    { tableName: "orders" },
    {
      eventCategory: "Data",
      managementEvent: false,
      readOnly: eventName === "Scan",
      resources: [{ accountId: account, type: "AWS::DynamoDB::Table", ARN: tableArn("orders") }],
      ...change,
    },
  );
}

const about = (name: string) => ({
  responseElements: { tableDescription: { tableName: name, tableArn: tableArn(name) } },
});
const six = [0, 1, 2, 3, 4, 5];

const samples: Record<string, readonly CloudTrailRecord[]> = {
  "backup-deleted": [
    management("DeleteBackup", 3, { backupArn: `${tableArn("orders")}/backup/01489602797149-73d8d5bc` }),
  ],
  "table-item-deleted": [data("DeleteItem", 3)],
  "multiple-tables-deleted": six.map((i) =>
    management("DeleteTable", i, { tableName: `orders-${i}` }, about(`orders-${i}`)),
  ),
  "multiple-tables-created": six.map((i) =>
    management("CreateTable", i, { tableName: `miner-${i}` }, about(`miner-${i}`)),
  ),
  "deletion-protection-disabled": [
    management("UpdateTable", 3, { tableName: "orders", deletionProtectionEnabled: false }, about("orders")),
  ],
  "table-scanned": [data("Scan", 3)],
  "new-country-seen": [data("GetItem", 0, { sourceIPAddress: "203.0.114.7" }), data("GetItem", 3)],
  "table-item-updated": [data("UpdateItem", 3)],
  "backup-listed": [management("ListBackups", 3, { tableName: "orders" })],
  "multiple-update-operations": six.map((i) =>
    management("UpdateTable", i, { tableName: "orders", billingMode: "PAY_PER_REQUEST" }, about("orders")),
  ),
};

/** Events that raise a published alert. */
export function sampleEvents(detection: string): readonly CloudTrailRecord[] {
  const events = samples[detection];
  if (!events) throw new Error(`docs: tools/docs/alertEvents.ts has no sample events of ${detection}`);
  return events;
}
