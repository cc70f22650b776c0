// Proves: answers to look-ups and policy documents as the AWS provider renders them. Does not prove: AWS's own answers.
import { describe, expect, it } from "vitest";
import { answer, distinct, entriesToAdd, type Lookup, readLookups, unusedEntries } from "../../offline/lookups/answers";
import { renderPolicyDocument } from "../../offline/lookups/policyDocument";
import { secret, type WireObject } from "../../offline/wire";
import { file } from "./support/programs";

const rendered = (args: WireObject): unknown => JSON.parse(renderPolicyDocument(args)["json"] as string);

describe("a policy document", () => {
  it("writes lists of one as strings and sorts longer ones backwards", () => {
    expect(
      rendered({
        statements: [
          {
            sid: "Deliver",
            actions: ["s3:GetObject", "s3:PutObject"],
            resources: ["arn:aws:s3:::logs/&{aws:username}"],
            principals: [
              { type: "Service", identifiers: ["cloudtrail.amazonaws.com"] },
              { type: "AWS", identifiers: ["a", "b"] },
            ],
            conditions: [
              { test: "StringEquals", variable: "aws:SourceAccount", values: ["1"] },
              { test: "StringEquals", variable: "aws:SourceArn", values: ["x", "y"] },
            ],
          },
          {
            effect: "Deny",
            notActions: ["s3:*"],
            notResources: ["*"],
            principals: [{ type: "*", identifiers: ["*"] }],
          },
        ],
      }),
    ).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Deliver",
          Effect: "Allow",
          Action: ["s3:PutObject", "s3:GetObject"],
          Resource: `arn:aws:s3:::logs/${"${"}aws:username}`,
          Principal: { Service: "cloudtrail.amazonaws.com", AWS: ["b", "a"] },
          Condition: { StringEquals: { "aws:SourceAccount": "1", "aws:SourceArn": ["x", "y"] } },
        },
        { Effect: "Deny", NotAction: "s3:*", NotResource: "*", Principal: "*" },
      ],
    });
  });

  it("merges other documents by sid: sources first, overrides last", () => {
    const source = JSON.stringify({
      Statement: [
        { Sid: "a", Effect: "Allow" },
        { Sid: "b", Effect: "Allow" },
      ],
    });
    const override = JSON.stringify({ Statement: { Sid: "b", Effect: "Deny" } });
    expect(
      rendered({
        version: "2008-10-17",
        policyId: "p",
        sourcePolicyDocuments: [source],
        overridePolicyDocuments: [override],
        statements: [{ sid: "a", actions: ["x"] }],
      }),
    ).toEqual({
      Version: "2008-10-17",
      Id: "p",
      Statement: [
        { Sid: "a", Effect: "Allow", Action: "x" },
        { Sid: "b", Effect: "Deny" },
      ],
    });
  });
});

describe("a look-up", () => {
  const partition = { token: "aws:index/getPartition:getPartition", args: {} };
  it.each([
    ["eu-west-1", { partition: "aws", dnsSuffix: "amazonaws.com" }],
    ["cn-north-1", { partition: "aws-cn", dnsSuffix: "amazonaws.com.cn" }],
    ["us-gov-west-1", { partition: "aws-us-gov", dnsSuffix: "amazonaws.com" }],
  ])("of the partition of %s", (region, expected) =>
    expect(answer(partition, region, new Map())).toMatchObject(expected),
  );

  const identity = (id: string, arnPartition = "aws") => ({
    id,
    accountId: id,
    arn: `arn:${arnPartition}:sts::${id}:assumed-role/offline-preview/offline-preview`,
    userId: "AROAOFFLINEPREVIEW000:offline-preview",
  });
  const caller = { token: "aws:index/getCallerIdentity:getCallerIdentity", args: {} };
  const inRegion = (region: string, domain = "amazonaws.com") => ({
    id: region,
    region,
    name: region,
    description: region,
    endpoint: `ec2.${region}.${domain}`,
  });
  const region = (args: WireObject) => ({ token: "aws:index/getRegion:getRegion", args });

  it.each<[string, Lookup, string, WireObject]>([
    ["who calls: AWS's documentation account", caller, "eu-west-1", identity("123456789012")],
    ["who calls in China", caller, "cn-north-1", identity("123456789012", "aws-cn")],
    ["the Region: the provider's", region({}), "eu-west-1", inRegion("eu-west-1")],
    ["a Region by name", region({ name: "us-east-2" }), "eu-west-1", inRegion("us-east-2")],
    ["a Region", region({ region: "cn-north-1" }), "eu-west-1", inRegion("cn-north-1", "amazonaws.com.cn")],
  ])("of %s", (_, lookup, at, expected) => expect(answer(lookup, at, new Map())).toEqual(expected));

  it("of a policy document is rendered", () => {
    const document = { token: "aws:iam/getPolicyDocument:getPolicyDocument", args: {} };
    expect(answer(document, "eu-west-1", new Map())).toMatchObject({ minifiedJson: '{"Version":"2012-10-17"}' });
  });

  it("of who calls is what the file says, in whole", () => {
    const [entry] = [{ result: { accountId: "999999999999", arn: "arn:aws:iam::999999999999:user/me" } }];
    expect(answer(caller, "eu-west-1", new Map([[caller.token, [entry]]]))).toEqual(entry.result);
  });

  it("counts once, however often it is made", () => {
    const vpc = (id: string) => ({ token: "aws:ec2/getVpc:getVpc", args: { id } });
    expect(distinct([vpc("a"), vpc("b"), vpc("a")])).toEqual([vpc("a"), vpc("b")]);
    expect(distinct([vpc("a"), { ...vpc("a"), token: "other" }])).toHaveLength(2);
  });

  it("is answered by the first entry whose arguments match", () => {
    const entries = readLookups(
      file(
        "lookups.json",
        JSON.stringify({
          "aws:ec2/getVpc:getVpc": [{ args: { tags: { a: "1" } }, result: { id: "1" } }, { result: { id: "2" } }],
        }),
      ),
    );
    const vpc = (args: WireObject) => answer({ token: "aws:ec2/getVpc:getVpc", args }, "us-east-1", entries);
    expect(vpc({ tags: { a: "1", b: "2" }, default: true })).toEqual({ id: "1" });
    expect(vpc({ default: true })).toEqual({ id: "2" });
    expect(answer({ token: "aws:ec2/getSubnet:getSubnet", args: {} }, "us-east-1", entries)).toBeUndefined();
  });

  it("prints entries that can be read back once they are filled in, each function once", () => {
    const vpc = "aws:ec2/getVpc:getVpc";
    const stack = "pulumi:pulumi:StackReference";
    const text = entriesToAdd([
      { token: vpc, args: { default: true } },
      { token: stack, args: { id: "org/net/dev" } },
      { token: vpc, args: { tags: { a: "[secret]" }, id: "vpc-2", filters: [{ values: ["x-[unknown]"] }] } },
      { token: vpc, args: { id: "vpc-2", cidrBlock: "[unknown]" } },
    ]);
    expect(text).toBe(
      [
        `"${vpc}":`,
        '  - args: {"default":true}',
        "    result: { <property>: <value> }",
        '  - args: {"id":"vpc-2"}',
        "    result: { <property>: <value> }",
        `"${stack}":`,
        '  - args: {"id":"org/net/dev"}',
        "    result: { outputs: { <output>: <value> } }",
      ].join("\n"),
    );
    const filled = text.replaceAll("<property>: <value>", "id: vpc-1").replace("<output>: <value>", "zone: a");
    const entries = readLookups(file("lookups.yaml", filled));
    expect(answer({ token: vpc, args: { default: true } }, "us-east-1", entries)).toEqual({ id: "vpc-1" });
    const args = { id: secret("vpc-2"), tags: { a: secret("b") } };
    expect(answer({ token: vpc, args }, "us-east-1", entries)).toEqual({ id: "vpc-1" });
    expect(answer({ token: stack, args: { id: "org/net/dev" } }, "us-east-1", entries)).toEqual({
      outputs: { zone: "a" },
    });
  });

  it.each([
    ["[]", /expected a mapping/],
    ["a:b:c: { args: {} }", /a:b:c: "result" is missing/],
    ["a:b:c: vpc-1", /a:b:c: "result" is missing/],
    ["a:b:c: { args: [default], result: {} }", /a:b:c: "args" must be a mapping of argument names to values\.$/],
    ["a:b:c: [{ result: {}, arg: {} }]", /a:b:c\[0\]: unknown key "arg"/],
    [
      "a:b:c: [{ result: {} }, { result: { <property>: <value> } }]",
      /a:b:c\[1\]: <property> is still to be filled in\. Write the properties that the function returns under "result"\.$/,
    ],
    ["a:b:c: { result: { ids: [vpc-1, <value>] } }", /a:b:c: <value> is still to be filled in/],
    [
      '"pulumi:pulumi:StackReference": { result: { outputs: { <output>: <value> } } }',
      /StackReference: <output> is still to be filled in\. Write the outputs of that stack under "result"\.$/,
    ],
  ])("file that is wrong is an error: %s", (text, message) => {
    const path = file("lookups.yaml", text);
    expect(() => readLookups(path)).toThrow(message);
  });
});

describe("entries that answer no call", () => {
  const vpc = "aws:ec2/getVpc:getVpc";
  const entries = () =>
    new Map([
      [
        vpc,
        [
          { args: { id: "a" }, result: {} },
          { args: { id: "b" }, result: {} },
        ],
      ],
      ["aws:ec2/getSubnt:getSubnet", [{ result: {} }]],
      ["other:index:look", [{ result: {} }]],
    ]);
  const asked = (...args: string[]) => {
    const given = entries();
    for (const id of args) answer({ token: vpc, args: { id } }, "us-east-1", given);
    return given;
  };

  it("are told, with the reason where it shows", () => {
    const open: Lookup[] = [
      { token: vpc, args: { id: "c" } },
      { token: "aws:ec2/getSubnet:getSubnet", args: {} },
    ];
    expect(unusedEntries(asked("a"), open)).toEqual([
      `--lookups: the entry for ${vpc} with {"id":"b"} answered no call: the program asks with other arguments. Leave them out of it, or write those that are listed.`,
      "--lookups: the entry for aws:ec2/getSubnt:getSubnet answered no call. Did you mean aws:ec2/getSubnet:getSubnet?",
      "--lookups: the entry for other:index:look answered no call. Remove it, if the program asks no more.",
    ]);
  });

  it("are none where each answered one", () => {
    const given = new Map([[vpc, asked("a", "b").get(vpc)!]]);
    expect(unusedEntries(given, [])).toEqual([]);
  });
});
