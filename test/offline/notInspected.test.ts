// Proves: which resources are listed as not inspected. Does not prove: that there is no other way to create a table.
import { describe, expect, it } from "vitest";
import { notInspected } from "../../offline/notInspected";
import type { Registration } from "../../offline/registration";
import { secret, unknownValue, type WireObject } from "../../offline/wire";
import { tableAdapters } from "../../policypack/table";

const reasons = (type: string, inputs: WireObject = {}, pack = "dynamodb-detective", remote = false) =>
  notInspected([{ urn: "u", type, inputs, remote } as unknown as Registration], pack).map(({ reason }) => reason);

describe("listed as not inspected, since it may create a table", () => {
  it.each<[string, WireObject?]>([
    ["aws:dynamodb/globalTable:GlobalTable"],
    ["aws-native:dynamodb:Table"],
    ["aws-native:dynamodb:GlobalTable"],
    ["aws:cloudformation/stack:Stack"],
    ["aws:cloudformation/stackSet:StackSet"],
    ["aws:cloudformation/stackSetInstance:StackSetInstance"],
    ["aws-native:cloudformation:Stack"],
    ["aws-native:cloudformation:StackSet"],
    ["aws:servicecatalog/provisionedProduct:ProvisionedProduct"],
    ["aws:cloudcontrol/resource:Resource", { typeName: "AWS::DynamoDB::Table" }],
    ["aws:cloudcontrol/resource:Resource", { typeName: "AWS::DynamoDB::GlobalTable" }],
    ["aws:cloudcontrol/resource:Resource", { typeName: "AWS::CloudFormation::Stack" }],
    ["aws:cloudcontrol/resource:Resource", { typeName: secret("AWS::DynamoDB::Table") }],
    ["aws:cloudcontrol/resource:Resource", { typeName: unknownValue }],
    ["aws-native:index:ExtensionResource", { type: "AWS::DynamoDB::Table" }],
    ["aws-native:index:ExtensionResource", {}],
  ])("%s %j", (type, inputs) => {
    expect(reasons(type, inputs)).toEqual(["may create a DynamoDB table, which no policy of this pack looks at yet"]);
    // What a pack of others looks at is not known.
    expect(reasons(type, inputs, "others")).toEqual([]);
  });
});

describe("not listed", () => {
  it.each<[string, WireObject?]>([
    ["aws:cloudcontrol/resource:Resource", { typeName: "AWS::SQS::Queue" }],
    ["aws:cloudcontrol/resource:Resource", { typeName: "AWS::DynamoDB::TableExport" }],
    ["aws-native:index:ExtensionResource", { type: "AWS::Lambda::Function" }],
    ["aws:sns/topic:Topic"],
    ["aws-native:sns:Topic"],
    // What the pack reads is inspected: an adapter for a type that was listed takes it off the list.
    ...tableAdapters.map(({ type }): [string] => [type]),
  ])("%s %j", (type, inputs) => expect(reasons(type, inputs)).toEqual([]));
});

describe("whatever the pack", () => {
  it.each(["dynamodb-detective", "others"])("cannot be seen into: %s", (pack) => {
    expect(reasons("python:index:Remote", {}, pack, true)).toEqual([expect.stringContaining("another language")]);
    expect(reasons("pulumi-nodejs:dynamic:Resource", {}, pack)).toEqual([expect.stringContaining("dynamic")]);
  });
});
