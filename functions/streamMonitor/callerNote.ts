import type { ItemChangeKind } from "../../detections/itemRule";

/** Item changes whose callers are looked for. */
export interface Changes {
  tableName: string;
  kinds: ReadonlySet<ItemChangeKind>;
  /** Of the oldest and the newest change, in milliseconds. */
  from: number;
  to: number;
}

const partiql = ["ExecuteStatement", "BatchExecuteStatement", "ExecuteTransaction"];
const batches = ["BatchWriteItem", "TransactWriteItems", ...partiql];
/** API calls that may have made a change. Behind an expiry stands a write of its attribute, or the choice of another one. */
const calls: Record<ItemChangeKind, readonly string[]> = {
  INSERT: ["PutItem", "UpdateItem", ...batches],
  MODIFY: ["PutItem", "UpdateItem", ...batches],
  REMOVE: ["DeleteItem", ...batches],
  EXPIRE: ["UpdateTimeToLive", "PutItem", "UpdateItem", ...batches],
};

const minute = 60_000;
/** DynamoDB removes an item within a few days after its time (Developer Guide, "Using time to live"). */
const untilExpired = 7 * 86_400_000;
/** CloudTrail delivers within minutes, and Logs keeps an event under the time at which it came. */
const delivery = 15 * minute;

/**
 * Says that a stream carries no caller, and gives the CloudWatch Logs Insights query that names one.
 *
 * @param logGroupName Log group of the trail; undefined where it is not known.
 */
export function callerNote({ tableName, kinds, from, to }: Changes, logGroupName?: string): string {
  const start = new Date(from - minute - (kinds.has("EXPIRE") ? untilExpired : 0));
  const end = new Date(to + delivery);
  return [
    "A stream carries no caller. CloudTrail does, where the trail logs the table's data events.",
    `CloudWatch Logs Insights, log group ${logGroupName ?? "of the trail"}, from ${start.toISOString()} to ${end.toISOString()}:`,
    callerQuery(tableName, [...kinds]),
  ].join("\n");
}

/** A table's name stands in an event by itself or in an ARN, which may go on with an index. */
function callerQuery(tableName: string, kinds: readonly ItemChangeKind[]): string {
  const names = [...new Set(kinds.flatMap((kind) => calls[kind]))].map((name) => `"${name}"`);
  return [
    "fields eventTime, eventName, coalesce(userIdentity.sessionContext.sessionIssuer.arn, userIdentity.arn) as principal, userIdentity.arn, sourceIPAddress, userAgent, errorCode",
    `| filter eventSource = "dynamodb.amazonaws.com" and eventName in [${names.join(", ")}]`,
    `| filter @message like /["\\/]${tableName.replaceAll(".", "\\.")}["\\/]/`,
    "| sort eventTime desc",
    "| limit 100",
  ].join("\n");
}
