import type { AttributeValue, DynamoDBRecord } from "aws-lambda";
import type { ItemChangeKind } from "../../detections/itemRule";
import { isSame } from "./documentPath";

export type Image = Record<string, AttributeValue>;

/** One record of a DynamoDB stream, understood. */
export interface ItemChange {
  /** The record's `eventID`, the same each time the record is delivered. */
  eventId: string;
  /** By which Lambda is told that the record failed. */
  sequenceNumber: string;
  tableArn: string;
  tableName: string;
  /** `EXPIRE` is a REMOVE made by time to live, as DynamoDB marks it in the Region where the item expired. */
  kind: ItemChangeKind;
  /** When DynamoDB made the record, ISO 8601; the stream rounds it to a second. */
  changedAt: string;
  keys: Image;
  /** The item before and after; absent where there was none, and where the stream's view type leaves it out. */
  before?: Image;
  after?: Image;
  /**
   * Names of the attributes that a MODIFY added, removed or gave another value. Absent for other kinds, and when the
   * stream does not carry both images.
   */
  changedAttributes?: string[];
}

/** A record that is not what a DynamoDB stream delivers. The message names the field and never a value of the item. */
export class MalformedRecord extends Error {
  constructor(field: string, expected: string) {
    super(`stream record: ${field} is not ${expected}`);
    this.name = "MalformedRecord";
  }
}

const tableOfStream = /^(arn:[a-z0-9-]+:dynamodb:[a-z0-9-]+:\d{12}:table\/([A-Za-z0-9_.-]+))\/stream\/.+$/;
const eventNames = ["INSERT", "MODIFY", "REMOVE"] as const;

/** Reads a stream record. Throws MalformedRecord. */
export function toItemChange(record: DynamoDBRecord): ItemChange {
  const { eventID, eventName, eventSourceARN, dynamodb, userIdentity } = record;
  const [, tableArn, tableName] = tableOfStream.exec(typeof eventSourceARN === "string" ? eventSourceARN : "") ?? [];
  if (tableArn === undefined || tableName === undefined) throw new MalformedRecord("eventSourceARN", "a stream's ARN");
  // The batch response names a failed record by this number.
  if (!dynamodb?.SequenceNumber) throw new MalformedRecord("dynamodb.SequenceNumber", "a text");
  if (typeof eventID !== "string" || eventID === "") throw new MalformedRecord("eventID", "a text");
  const name = eventNames.find((known) => known === eventName);
  if (name === undefined) throw new MalformedRecord("eventName", eventNames.join(", "));
  const keys = image(dynamodb.Keys, "dynamodb.Keys");
  if (keys === undefined || Object.keys(keys).length === 0) throw new MalformedRecord("dynamodb.Keys", "an item's key");

  // "Identifying TTL deletes" (DynamoDB Developer Guide): the only identity that a stream ever carries.
  const expired = userIdentity?.type === "Service" && userIdentity.principalId === "dynamodb.amazonaws.com";
  const before = image(dynamodb.OldImage, "dynamodb.OldImage");
  const after = image(dynamodb.NewImage, "dynamodb.NewImage");
  return {
    eventId: eventID,
    sequenceNumber: dynamodb.SequenceNumber,
    tableArn,
    tableName,
    kind: name === "REMOVE" && expired ? "EXPIRE" : name,
    changedAt: time(dynamodb.ApproximateCreationDateTime),
    keys,
    ...(before && { before }),
    ...(after && { after }),
    ...(name === "MODIFY" && before && after ? { changedAttributes: differing(before, after) } : {}),
  };
}

function image(value: unknown, field: string): Image | undefined {
  if (value === undefined) return undefined;
  const isImage =
    isObject(value) && Object.values(value).every((typed) => isObject(typed) && Object.keys(typed).length === 1);
  if (!isImage) throw new MalformedRecord(field, "a map of attribute values");
  return value as Image;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Seconds since 1970, as the stream gives them. */
function time(seconds: unknown): string {
  const date = new Date(typeof seconds === "number" ? seconds * 1000 : Number.NaN);
  if (Number.isNaN(date.getTime())) throw new MalformedRecord("dynamodb.ApproximateCreationDateTime", "a time");
  return date.toISOString();
}

function differing(before: Image, after: Image): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isSame(before[name], after[name])).sort();
}
