import type { CloudTrailRecord } from "../../detections/event/record";

export type EventCategory = "Management" | "Data" | "NetworkActivity" | "Insight";

/**
 * Item-level calls of DynamoDB, tables and streams (DynamoDB Developer Guide, "Logging DynamoDB operations by using AWS
 * CloudTrail").
 */
const dynamodbDataEvents = new Set([
  "BatchExecuteStatement",
  "BatchGetItem",
  "BatchWriteItem",
  "DeleteItem",
  "ExecuteStatement",
  "ExecuteTransaction",
  "GetItem",
  "GetRecords",
  "GetShardIterator",
  "PutItem",
  "Query",
  "Scan",
  "TransactGetItems",
  "TransactWriteItems",
  "UpdateItem",
]);

/** `eventCategory`, else `managementEvent`, else reading `category-of-old-events`. */
export function categoryOf(record: CloudTrailRecord): EventCategory {
  const { eventCategory, managementEvent } = record;
  if (eventCategory === "Management" || eventCategory === "Data" || eventCategory === "NetworkActivity") {
    return eventCategory;
  }
  if (eventCategory === "Insight" || record.eventType === "AwsCloudTrailInsight") return "Insight";
  if (typeof managementEvent === "boolean") return managementEvent ? "Management" : "Data";
  const itemLevel = record.eventSource === "dynamodb.amazonaws.com" && dynamodbDataEvents.has(String(record.eventName));
  return itemLevel ? "Data" : "Management";
}

/** Types of resources that an event is about, with their ARNs; see reading `missing-resources`. */
export function resourcesOf(record: CloudTrailRecord): readonly { type: string; ARN: string }[] {
  if (Array.isArray(record.resources) && record.resources.length > 0) {
    return record.resources.map((resource) => ({
      type: String(resource?.type ?? ""),
      ARN: String(resource?.ARN ?? (resource as Record<string, unknown> | undefined)?.["arn"] ?? ""),
    }));
  }
  if (record.eventSource !== "dynamodb.amazonaws.com") return [];
  const stream = record.eventName === "GetRecords" || record.eventName === "GetShardIterator";
  return [{ type: stream ? "AWS::DynamoDB::Stream" : "AWS::DynamoDB::Table", ARN: "" }];
}

/** `readOnly` as text; old events lack it: reading `read-only-of-old-events`. */
export function readOnlyOf(record: CloudTrailRecord): "true" | "false" {
  const { readOnly } = record;
  if (typeof readOnly === "boolean" || readOnly === "true" || readOnly === "false") {
    return String(readOnly) as "true" | "false";
  }
  return /^(Get|List|Describe|BatchGet|Query|Scan|TransactGet|Head|Lookup|Search|Select|View)/.test(
    String(record.eventName),
  )
    ? "true"
    : "false";
}
