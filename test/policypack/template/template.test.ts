// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how CloudFormation writes what it substitutes
// Proves: what of a template is known before deployment. Does not prove: what CloudFormation makes of it.
import { describe, expect, it } from "vitest";
import { known } from "../../../policypack/table/reading";
import { readTemplate, type Template } from "../../../policypack/template";
import { unknown } from "../support/table";

const read = (body: string | object, parameters: object = {}) => readTemplate(body, known(parameters)) as Template;
/** The value of a property of one resource. */
function evaluated(property: unknown, rest: object = {}, parameters: object = {}): unknown {
  const { resources } = read({ Resources: { It: { Type: "A::B::C", Properties: { property } } }, ...rest }, parameters);
  return (resources[0]!.properties as { property?: unknown }).property;
}
const Parameters = {
  Stage: { Type: "String", Default: "prod" },
  Open: { Type: "String" },
  Stored: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/path" },
};
const Conditions = {
  IsProd: { "Fn::Equals": [{ Ref: "Stage" }, "prod"] },
  IsTest: { "Fn::Not": [{ Condition: "IsProd" }] },
  IsOpen: { "Fn::Equals": [{ Ref: "Open" }, "yes"] },
  Either: { "Fn::Or": [{ Condition: "IsTest" }, { Condition: "IsProd" }] },
  Both: { "Fn::And": [{ Condition: "IsTest" }, { Condition: "IsOpen" }] },
  Round: { "Fn::Not": [{ Condition: "Round" }] },
};
const Mappings = { Days: { prod: { window: 35 } } };
const rest = { Parameters, Conditions, Mappings };

describe("a property", () => {
  it.each<[unknown, unknown]>([
    ["plain", "plain"],
    [{ a: [1, { b: true }] }, { a: [1, { b: true }] }],
    [{ Ref: "Stage" }, "prod"],
    [{ Ref: "Open" }, unknown],
    [{ Ref: "Stored" }, unknown],
    [{ Ref: "Other" }, unknown],
    [{ Ref: "AWS::Region" }, unknown],
    [{ Ref: "AWS::NoValue" }, undefined],
    [
      [1, { Ref: "AWS::NoValue" }, 2],
      [1, 2],
    ],
    [{ a: 1, b: { Ref: "AWS::NoValue" } }, { a: 1 }],
    [{ "Fn::Sub": "orders" }, "orders"],
    [{ "Fn::Sub": "orders-${Stage}" }, "orders-prod"],
    [{ "Fn::Sub": "orders-${!Stage}" }, "orders-${Stage}"],
    [{ "Fn::Sub": ["${a}-${Stage}", { a: { Ref: "Stage" } }] }, "prod-prod"],
    [{ "Fn::Sub": "${AWS::StackName}" }, unknown],
    [{ "Fn::Join": ["-", ["a", { Ref: "Stage" }]] }, "a-prod"],
    [{ "Fn::Join": ["-", ["a", { Ref: "Open" }]] }, unknown],
    [{ "Fn::FindInMap": ["Days", { Ref: "Stage" }, "window"] }, 35],
    [{ "Fn::FindInMap": ["Days", { Ref: "Open" }, "window"] }, unknown],
    [{ "Fn::FindInMap": ["Days", "none", "window"] }, unknown],
    [{ "Fn::If": ["IsProd", true, false] }, true],
    [{ "Fn::If": ["IsTest", true, false] }, false],
    [{ "Fn::If": ["Either", 1, 2] }, 1],
    [{ "Fn::If": ["Both", 1, 2] }, 2],
    [{ "Fn::If": ["IsOpen", true, false] }, unknown],
    [{ "Fn::If": ["IsOpen", true, true] }, true],
    [{ "Fn::If": ["Round", 1, 2] }, unknown],
    [{ "Fn::If": ["None", 1, 2] }, unknown],
    [{ "Fn::GetAtt": ["Key", "Arn"] }, unknown],
    [{ "Fn::ImportValue": "x" }, unknown],
    [{ "Fn::Transform": { Name: "M" }, other: 1 }, unknown],
    ["{{resolve:ssm:/x}}", unknown],
  ])("%j becomes %j", (written, expected) => expect(evaluated(written, rest)).toEqual(expected));

  it("takes parameters that are given, not their defaults", () => {
    expect(evaluated({ Ref: "Stage" }, rest, { Stage: "test" })).toBe("test");
    expect(evaluated({ "Fn::If": ["IsProd", 1, 2] }, rest, { Stage: "test" })).toBe(2);
    expect(evaluated({ Ref: "Stage" }, rest, { Stage: unknown })).toBe(unknown);
    const body = { Parameters, Resources: { It: { Type: "A::B::C", Properties: { p: { Ref: "Stage" } } } } };
    expect((readTemplate(body, { state: "unknown" }) as Template).resources[0]?.properties).toEqual({ p: unknown });
  });

  it("of any depth is read, or not known", () => {
    let deep: unknown = { Ref: "Stage" };
    for (let level = 0; level < 3000; level++) deep = { "Fn::Join": ["", [deep]], x: [deep] };
    expect(() => evaluated(deep, rest)).not.toThrow();
  });
});

describe("conditions", () => {
  it("that rest on each other many times, or deeply, are evaluated once", () => {
    const chain = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `C${index}`,
        index === 0
          ? { "Fn::Equals": ["a", "a"] }
          : { "Fn::And": [{ Condition: `C${index - 1}` }, { Condition: `C${index - 1}` }] },
      ]),
    );
    expect(evaluated({ "Fn::If": ["C39", 1, 2] }, { Conditions: chain })).toBe(1);
    let deep: object = { "Fn::Equals": ["a", "a"] };
    for (let level = 0; level < 20_000; level++) deep = { "Fn::Not": [deep] };
    expect(evaluated({ "Fn::If": ["Deep", 1, 2] }, { Conditions: { Deep: deep } })).toBe(unknown);
  });
});

describe("the resources", () => {
  const table = { Type: "AWS::DynamoDB::Table", Properties: { TableName: "orders" } };
  it("are those whose conditions do not rule them out", () => {
    const Resources = Object.fromEntries(
      ["IsProd", "IsTest", "IsOpen"].map((name) => [name, { ...table, Condition: name }]),
    );
    expect(read({ ...rest, Resources }).resources.map(({ logicalId }) => logicalId)).toEqual(["IsProd", "IsOpen"]);
  });

  it("of a loop are read once", () => {
    const body = {
      Transform: "AWS::LanguageExtensions",
      Resources: {
        "Fn::ForEach::Tables": [
          "Name",
          ["A", "B"],
          { "Table${Name}": { ...table, Properties: { TableName: "t-${Name}", A: 1 } } },
        ],
      },
    };
    expect(read(body)).toEqual({
      resources: [{ logicalId: "Table${Name}", type: table.Type, properties: { TableName: unknown, A: 1 } }],
      unreadable: [],
    });
  });

  it.each<[string, object, RegExp]>([
    ["a macro", { Transform: "M", Resources: {} }, /the macro M may add resources/],
    ["one of two macros", { Transform: ["AWS::Serverless-2016-10-31", { Name: "AWS::Include" }] }, /AWS::Include/],
    ["an included part", { Resources: { "Fn::Transform": { Name: "AWS::Include" } } }, /Fn::Transform may add/],
    [
      "properties that are made",
      { Resources: { T: { ...table, Properties: { "Fn::Transform": {} } } } },
      /properties of T are not known/,
    ],
    ["a broken loop", { Resources: { "Fn::ForEach::X": "no" } }, /Fn::ForEach::X is not readable/],
  ])("may be more than can be read: %s", (_, body, message) => {
    expect(read(body).unreadable).toEqual([expect.stringMatching(message)]);
  });

  it("are the same in JSON and in YAML, with short and with full names", () => {
    const yaml = `
AWSTemplateFormatVersion: 2010-09-09
Parameters: { Stage: { Type: String, Default: prod } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsTest: !Not [!Condition IsProd]
Resources:
  T: # a table
    Type: AWS::DynamoDB::Table
    Properties:
      DeletionProtectionEnabled: !If [IsProd, true, false]
      TableName: !Sub "orders-\${Stage}"
      Arn: !GetAtt T.Arn
      Tags:
        - { Key: Stage, Value: !Ref Stage }
        - !If [IsTest, { Key: Test, Value: "1" }, !Ref AWS::NoValue]
`;
    expect(read(yaml).resources[0]?.properties).toEqual({
      DeletionProtectionEnabled: true,
      TableName: "orders-prod",
      Arn: unknown,
      Tags: [{ Key: "Stage", Value: "prod" }],
    });
  });

  it.each<[string, string]>([
    ["no template", "[1, 2]"],
    ["no YAML", "a: [\n"],
    ["a tag that nobody knows", "a: !Secret 1"],
    ["a key twice", "a: 1\na: 2"],
    [
      "aliases without end",
      `a: &a [${"x,".repeat(9)}]\n${"bcdefghij"
        .split("")
        .map((k, i) => `${k}: &${k} [${`*${"abcdefghij"[i]},`.repeat(9)}]`)
        .join("\n")}`,
    ],
  ])("are none in what is %s", (_, text) => {
    expect(read(text)).toEqual({ problem: expect.any(String) });
  });
});
