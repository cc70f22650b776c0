// Proves: what category, resources and read-only mark the simulation reads from an event, stated and unstated.
// Does not prove: AWS's answer where simulation/readings.ts names a reading (old events, missing resources).
import { describe, expect, it } from "vitest";
import { categoryOf, readOnlyOf, resourcesOf } from "../../../simulation/cloudtrail/category";
import { management, tableArn } from "../support/records";

const event = (name: string, change: object) => management(name, "0", change);

describe("category", () => {
  it.each([
    ["stated, against what the call would say", "GetItem", { eventCategory: "Management" }, "Management"],
    ["stated, against managementEvent", "DeleteTable", { eventCategory: "Data", managementEvent: true }, "Data"],
    ["network activity", "GetItem", { eventCategory: "NetworkActivity" }, "NetworkActivity"],
    ["insight", "GetItem", { eventCategory: "Insight" }, "Insight"],
    ["another word", "GetItem", { eventCategory: "Other", managementEvent: true }, "Management"],
  ])("%s", (_, name, change, expected) => expect(categoryOf(event(name, change))).toBe(expected));
});

describe("resources", () => {
  const table = { type: "AWS::DynamoDB::Table", ARN: tableArn("orders") };

  it("are those of the event, however it spells their ARN", () => {
    expect(resourcesOf(event("GetItem", { resources: [table, { type: "x", arn: "small" }] }))).toEqual([
      table,
      { type: "x", ARN: "small" },
    ]);
    expect(resourcesOf(event("GetItem", { resources: [null, {}] }))).toEqual([
      { type: "", ARN: "" },
      { type: "", ARN: "" },
    ]);
  });

  it.each([
    ["GetRecords", "AWS::DynamoDB::Stream"],
    ["GetShardIterator", "AWS::DynamoDB::Stream"],
    ["GetItem", "AWS::DynamoDB::Table"],
  ])("of %s without any are of type %s, of no ARN", (name, type) => {
    expect(resourcesOf(event(name, { resources: [] }))).toEqual([{ type, ARN: "" }]);
  });

  it("of another service without any are none", () => {
    expect(resourcesOf(event("GetRecords", { resources: [], eventSource: "kinesis.amazonaws.com" }))).toEqual([]);
  });
});

describe("read-only", () => {
  it.each([
    [true, "PutItem", "true"],
    [false, "GetItem", "false"],
    ["true", "PutItem", "true"],
    ["false", "GetItem", "false"],
    [undefined, "GetItem", "true"],
    [undefined, "TransactGetItems", "true"],
    [undefined, "PutItem", "false"],
    [undefined, "ForgetItem", "false"],
    [undefined, "ReGetItem", "false"],
    ["other", "ListTables", "true"],
  ])("%s for %s is %s", (readOnly, name, expected) => expect(readOnlyOf(event(name, { readOnly }))).toBe(expected));
});
