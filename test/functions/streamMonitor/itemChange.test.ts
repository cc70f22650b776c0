// Proves: what is read from a stream record, and that a record of another shape is refused without showing its values.
// Does not prove: that AWS delivers records of this shape; the factory follows the Lambda guide and @types/aws-lambda.
import type { DynamoDBRecord } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { MalformedRecord, toItemChange } from "../../../functions/streamMonitor/itemChange";
import { streamRecord } from "./streamRecord";

describe("toItemChange", () => {
  it("reads table, kind, time and key", () => {
    const record = streamRecord({ table: "eu.orders_v2-a", eventName: "INSERT", keys: { id: { N: "7" } } });
    expect(toItemChange(record)).toEqual({
      eventId: record.eventID,
      sequenceNumber: record.dynamodb?.SequenceNumber,
      tableArn: "arn:aws:dynamodb:eu-central-1:123456789012:table/eu.orders_v2-a",
      tableName: "eu.orders_v2-a",
      kind: "INSERT",
      changedAt: "2026-11-02T00:00:00.000Z",
      keys: { id: { N: "7" } },
    });
  });

  it.each([
    ["a REMOVE by time to live", streamRecord({ eventName: "REMOVE", expired: true }), "EXPIRE"],
    ["a REMOVE by a caller", streamRecord({ eventName: "REMOVE" }), "REMOVE"],
    ["a MODIFY that bears the marker", streamRecord({ eventName: "MODIFY", expired: true }), "MODIFY"],
    [
      "a REMOVE with another service's marker",
      { ...streamRecord({ eventName: "REMOVE" }), userIdentity: { type: "Service", principalId: "x.amazonaws.com" } },
      "REMOVE",
    ],
  ])("%s", (_, record, kind) => expect(toItemChange(record).kind).toBe(kind));

  it.each([
    ["changed", { a: { S: "1" } }, { a: { S: "2" } }, ["a"]],
    ["added and removed", { a: { S: "1" } }, { b: { S: "1" } }, ["a", "b"]],
    ["another type", { a: { S: "1" } }, { a: { N: "1" } }, ["a"]],
    ["nested", { a: { M: { x: { S: "1" } } } }, { a: { M: { x: { S: "2" } } } }, ["a"]],
    ["a set in another order", { a: { SS: ["x", "y"] } }, { a: { SS: ["y", "x"] } }, []],
    [
      "a set inside a map in another order",
      { a: { M: { x: { L: [{ NS: ["1", "2"] }] } } } },
      { a: { M: { x: { L: [{ NS: ["2", "1"] }] } } } },
      [],
    ],
    ["a set of other members", { a: { SS: ["x", "y"] } }, { a: { SS: ["x", "z"] } }, ["a"]],
    ["a set for a list", { a: { SS: ["x"] } }, { a: { L: [{ S: "x" }] } }, ["a"]],
    ["nothing", { a: { S: "1" } }, { a: { S: "1" } }, []],
  ])("names changed attributes: %s", (_, before, after, names) => {
    expect(toItemChange(streamRecord({ before, after })).changedAttributes).toEqual(names);
  });

  it.each([
    ["the stream carries keys only", {}],
    ["the stream carries new images only", { after: { a: { S: "1" } } }],
    ["an INSERT", { eventName: "INSERT" as const, after: { a: { S: "1" } } }],
  ])("names no attributes: %s", (_, shape) =>
    expect(toItemChange(streamRecord(shape)).changedAttributes).toBeUndefined(),
  );

  const record = streamRecord({ before: { a: { S: "hidden" } }, after: { a: { S: "hidden" } } });
  const dynamodb = record.dynamodb!;
  it.each<[string, unknown]>([
    ["eventSourceARN", { ...record, eventSourceARN: "hidden" }],
    ["eventSourceARN", { ...record, eventSourceARN: undefined }],
    ["eventID", { ...record, eventID: undefined }],
    ["eventName", { ...record, eventName: "hidden" }],
    ["dynamodb.SequenceNumber", { ...record, dynamodb: undefined }],
    ["dynamodb.SequenceNumber", { ...record, dynamodb: { ...dynamodb, SequenceNumber: "" } }],
    ["dynamodb.Keys", { ...record, dynamodb: { ...dynamodb, Keys: undefined } }],
    ["dynamodb.Keys", { ...record, dynamodb: { ...dynamodb, Keys: {} } }],
    ["dynamodb.Keys", { ...record, dynamodb: { ...dynamodb, Keys: { id: "hidden" } } }],
    ["dynamodb.OldImage", { ...record, dynamodb: { ...dynamodb, OldImage: "hidden" } }],
    ["dynamodb.NewImage", { ...record, dynamodb: { ...dynamodb, NewImage: ["hidden"] } }],
    [
      "dynamodb.ApproximateCreationDateTime",
      { ...record, dynamodb: { ...dynamodb, ApproximateCreationDateTime: "x" } },
    ],
  ])("refuses a wrong %s", (field, wrong) => {
    const refusal = () => toItemChange(wrong as DynamoDBRecord);
    expect(refusal).toThrow(MalformedRecord);
    expect(refusal).toThrow(`stream record: ${field} is not`);
    expect(refusal).not.toThrow(/hidden/);
  });
});
