/** A batch that a function could not process, as Lambda keeps it in S3 (AWS Lambda Developer Guide, "Retain discarded records for a DynamoDB event source"). */
export interface InvocationRecord {
  /** ARN of the function that failed. */
  functionArn: string;
  /** Why Lambda gave up, for example `RetryAttemptsExhausted`. */
  condition: string;
  /** The event of the invocation, as JSON text. */
  payload: string;
  /** Stream records in it. */
  records: number;
}

/** Lambda writes `aws/lambda/<mapping>/<shard>/<time>-<uuid>`. */
export const keyPrefix = "aws/lambda/";

/** Mapping and shard: what one of them brought is sent in the order in which it failed. */
export const shardOf = (key: string): string => key.slice(0, key.lastIndexOf("/"));

/** Throws Error, saying what the text lacks; the message holds nothing of it. */
export function parseInvocationRecord(text: string): InvocationRecord {
  const record = object(json(text, "it is no JSON"));
  const { payload } = record;
  if (payload === undefined) throw new Error("it has no payload, which Lambda writes into S3 only");
  const event = typeof payload === "string" ? object(json(payload, "its payload is no JSON")) : object(payload);
  const { Records: records } = event;
  if (!Array.isArray(records) || records.length === 0) throw new Error("its payload holds no stream records");
  const { functionArn, condition } = object(record["requestContext"]);
  return {
    functionArn: typeof functionArn === "string" ? functionArn : "",
    condition: typeof condition === "string" ? condition : "",
    payload: typeof payload === "string" ? payload : JSON.stringify(payload),
    records: records.length,
  };
}

/** Records that the function reports as failed in its answer: those alone, or all where the invocation itself failed. */
export function failedRecords(answer: string, records: number): number {
  if (answer === "" || answer === "null") return 0;
  try {
    const { batchItemFailures = [] } = JSON.parse(answer) as { batchItemFailures?: unknown[] };
    return Math.min(batchItemFailures.length, records);
  } catch {
    return records;
  }
}

function json(text: string, problem: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(problem);
  }
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
