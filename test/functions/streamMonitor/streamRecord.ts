import type { AttributeValue, DynamoDBRecord } from "aws-lambda";

const stream = (table: string) =>
  `arn:aws:dynamodb:eu-central-1:123456789012:table/${table}/stream/2026-11-01T00:00:00.000`;

let sequence = 0;

export interface RecordShape {
  table?: string;
  eventName?: "INSERT" | "MODIFY" | "REMOVE";
  keys?: Record<string, AttributeValue>;
  before?: Record<string, AttributeValue>;
  after?: Record<string, AttributeValue>;
  expired?: boolean;
}

/** A record of a DynamoDB stream, as Lambda receives it; each has its own event and sequence number. */
export function streamRecord(shape: RecordShape = {}): DynamoDBRecord {
  const { table = "orders", eventName = "MODIFY", keys = { id: { S: "order-1" } }, before, after, expired } = shape;
  sequence += 1;
  return {
    eventID: `event-${sequence}`,
    eventName,
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: "eu-central-1",
    eventSourceARN: stream(table),
    dynamodb: {
      ApproximateCreationDateTime: 1_793_577_600,
      Keys: keys,
      ...(before ? { OldImage: { ...keys, ...before } } : {}),
      ...(after ? { NewImage: { ...keys, ...after } } : {}),
      SequenceNumber: String(100_000 + sequence),
      SizeBytes: 100,
      StreamViewType: "NEW_AND_OLD_IMAGES",
    },
    ...(expired ? { userIdentity: { type: "Service", principalId: "dynamodb.amazonaws.com" } } : {}),
  };
}
