// CloudTrail records for the simulation. Shapes: test/detections/support/events.ts says where each comes from.
import type { CloudTrailRecord } from "../../../simulation";

export const account = "111122223333";
export const region = "us-east-1";
export const tableArn = (name: string): string => `arn:aws:dynamodb:${region}:${account}:table/${name}`;

let ids = 0;

/** A time on one day, written as minutes and seconds after ten o'clock: `at("3:30")`. */
export function at(clock: string): string {
  const [minutes, seconds = "0"] = clock.split(":");
  return new Date(Date.UTC(2026, 0, 5, 10, 0, 0) + (Number(minutes) * 60 + Number(seconds)) * 1000).toISOString();
}

export const roleSession = (role: string, session = "session") => ({
  type: "AssumedRole",
  arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
  sessionContext: { sessionIssuer: { type: "Role", arn: `arn:aws:iam::${account}:role/${role}` } },
});
export const user = (name: string) => ({
  type: "IAMUser",
  arn: `arn:aws:iam::${account}:user/${name}`,
  userName: name,
});

/** A management event of DynamoDB. */
export function management(eventName: string, time: string, change: Partial<CloudTrailRecord> = {}): CloudTrailRecord {
  return {
    eventVersion: "1.11",
    eventID: `event-${++ids}`,
    eventTime: at(time),
    eventSource: "dynamodb.amazonaws.com",
    eventName,
    eventCategory: "Management",
    managementEvent: true,
    readOnly: false,
    awsRegion: region,
    sourceIPAddress: "192.0.2.7",
    recipientAccountId: account,
    userIdentity: user("eve"),
    requestParameters: { tableName: "orders" },
    responseElements: null,
    ...change,
  };
}

/** An item-level call. */
export function data(eventName: string, time: string, change: Partial<CloudTrailRecord> = {}): CloudTrailRecord {
  return management(eventName, time, {
    eventCategory: "Data",
    managementEvent: false,
    readOnly: /^(Get|Query|Scan|Batch?Get)/.test(eventName),
    resources: [{ accountId: account, type: "AWS::DynamoDB::Table", ARN: tableArn("orders") }],
    ...change,
  });
}

/** A change of a table's capacity: what the grouped detection counts. */
export const updateTable = (
  time: string,
  { by = user("eve"), table = "orders" }: { by?: CloudTrailRecord["userIdentity"]; table?: string } = {},
): CloudTrailRecord =>
  management("UpdateTable", time, {
    userIdentity: by,
    requestParameters: { tableName: table, billingMode: "PAY_PER_REQUEST" },
    responseElements: { tableDescription: { tableName: table, tableArn: tableArn(table) } },
  });
