import type { DynamoDBRecord } from "aws-lambda";

const mapping = "12345678-90ab-cdef-1234-567890abcdef";
export const functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:streams";

/** Key as Lambda names an object of a failure bucket (documented: Lambda guide, "Retain discarded records"). */
export const keyOf = (shard: string, time: string): string =>
  `aws/lambda/${mapping}/shardId-${shard}/2026-11-24T${time}-11112222-3333-4444-5555-666677778888`;

/** What Lambda writes into it (documented at the same place). */
export function invocationRecord(records: readonly DynamoDBRecord[], change: Record<string, unknown> = {}): string {
  return JSON.stringify({
    requestContext: {
      requestId: "316aa6d0-8154-xmpl-9af7-85d5f4a6bc81",
      functionArn,
      condition: "RetryAttemptsExhausted",
      approximateInvokeCount: 6,
    },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "" },
    version: "1.0",
    timestamp: "2026-11-24T10:00:00.000Z",
    DDBStreamBatchInfo: {
      shardId: "shardId-00000001573416256224-713cf5cf",
      startSequenceNumber: records[0]?.dynamodb?.SequenceNumber,
      endSequenceNumber: records.at(-1)?.dynamodb?.SequenceNumber,
      batchSize: records.length,
      streamArn: records[0]?.eventSourceARN,
    },
    payload: JSON.stringify({ Records: records }),
    ...change,
  });
}
