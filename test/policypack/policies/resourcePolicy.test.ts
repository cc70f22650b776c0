// Proves: what is said of resource-based policies, written as JSON text, and on tables. Does not prove: that AWS takes them.
import { describe, expect, it } from "vitest";
import { verdicts } from "../support/sdk";
import { type TestResource, unknown } from "../support/table";

const name = "dynamodb-resource-policy";
const tableArn = "arn:aws:dynamodb:eu-central-1:111122223333:table/orders";
const statement = (change: Record<string, unknown> = {}) => ({
  Sid: "S",
  Effect: "Allow",
  Principal: "*",
  Action: "dynamodb:GetItem",
  Resource: tableArn,
  ...change,
});
const document = (...statements: object[]) => ({ Version: "2012-10-17", Statement: statements });
const attached = (policy: unknown, resourceArn: unknown = tableArn): TestResource => ({
  type: "aws:dynamodb/resourcePolicy:ResourcePolicy",
  name: "orders",
  props: { resourceArn, policy: typeof policy === "object" ? JSON.stringify(policy) : policy },
});
const stringEquals = (key: string, value: unknown) => statement({ Condition: { StringEquals: { [key]: value } } });
const root = (account: string) => statement({ Principal: { AWS: `arn:aws:iam::${account}:root` } });

const trust = { allowedAccounts: ["444455556666"], allowedOrganizations: ["o-a1b2c3d4e5"] };
const judged = (resource: TestResource) => verdicts(name, resource, trust);

describe("a resource-based policy", () => {
  it.each<[string, object]>([
    ["names the own account", root("111122223333")],
    ["names an allowed account", root("444455556666")],
    ["names a role of the own account", statement({ Principal: { AWS: "arn:aws:iam::111122223333:role/app" } })],
    ["is for the allowed organization", stringEquals("aws:PrincipalOrgID", "o-a1b2c3d4e5")],
    ["is for an allowed account by condition", stringEquals("aws:PrincipalAccount", ["444455556666", "111122223333"])],
    ["is for a VPC", stringEquals("aws:SourceVpc", "vpc-0a1b2c3d")],
    ["is for a VPC endpoint", stringEquals("aws:SourceVpce", "vpce-0a1b2c3d")],
    ["denies only", statement({ Effect: "Deny" })],
    [
      "denies all but some",
      {
        ...statement({ Effect: "Deny" }),
        Principal: undefined,
        NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" },
      },
    ],
  ])("passes: %s", async (_, each) => {
    expect(await judged(attached(document(each)))).toEqual({ violations: [], undecided: [] });
  });

  it.each<[string, object, RegExp]>([
    ["open to all", statement(), /lets anybody in/],
    ["open to all by map", statement({ Principal: { AWS: "*" } }), /lets anybody in/],
    [
      "open to all but one",
      { ...statement(), Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" } },
      /lets anybody in/,
    ],
    [
      "narrowed by a user agent",
      statement({ Condition: { StringLike: { "aws:UserAgent": "app/*" } } }),
      /lets anybody in/,
    ],
    ["narrowed by TLS", statement({ Condition: { Bool: { "aws:SecureTransport": "true" } } }), /lets anybody in/],
    [
      "narrowed by a wildcard",
      statement({ Condition: { StringLike: { "aws:PrincipalOrgID": "o-*" } } }),
      /lets anybody in/,
    ],
    [
      "narrowed only if the key is there",
      statement({ Condition: { StringEqualsIfExists: { "aws:SourceVpc": "vpc-1" } } }),
      /lets anybody in/,
    ],
    [
      "negated",
      statement({ Condition: { StringNotEquals: { "aws:PrincipalAccount": "444455556666" } } }),
      /lets anybody in/,
    ],
    ["for another account", root("999988887777"), /lets in another account/],
    [
      "for another organization",
      stringEquals("aws:PrincipalOrgID", "o-z9y8x7w6v5"),
      /lets in another account or organization/,
    ],
  ])("is a violation: %s", async (_, each, message) => {
    const { violations, undecided } = await judged(attached(document(each)));
    expect(violations).toEqual([expect.stringMatching(message)]);
    expect(undecided).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ["no JSON", "{not json", "policy is no JSON, write one JSON object."],
    ["no object", "[]", "would be refused: policy document: is a list. Write an object."],
    ["without statements", "{}", "would be refused: policy document: has no Statement. Add a list of statements."],
    ["with an unknown effect", document(statement({ Effect: "allow" })), 'Statement[0].Effect: is "allow".'],
    [
      "with an unknown operator",
      document(statement({ Condition: { StringEqual: { a: "b" } } })),
      "unknown condition operator",
    ],
    ["without a principal", document(statement({ Principal: undefined })), "has no Principal"],
    ["of a wrong type", 3, "policy is a number where a map is expected"],
  ])("is a violation: %s", async (_, policy, message) => {
    const { violations } = await judged(attached(policy));
    expect(violations).toEqual([expect.stringContaining(message)]);
  });

  it("says nothing of a text that may be secret", async () => {
    const { violations } = await judged(attached('{"hunter2'));
    expect(violations.join()).not.toContain("hunter2");
  });

  it("is undecided where it is not known, or where nobody knows whose the table is", async () => {
    expect((await judged(attached(unknown))).undecided).toHaveLength(1);
    const foreign = await judged(attached(document(root("999988887777")), unknown));
    expect(foreign.violations).toEqual([]);
    expect(foreign.undecided).toEqual([expect.stringContaining("who owns the resource is not known")]);
    // The public is not the owner, whoever that is.
    expect((await judged(attached(document(statement()), unknown))).violations).toHaveLength(1);
  });

  const native = (PolicyDocument: object): TestResource => ({
    type: "aws-native:dynamodb:Table",
    name: "orders",
    props: { resourcePolicy: { policyDocument: PolicyDocument } },
  });
  it.each<[string, object, number, number]>([
    ["resource: changes nothing", statement({ Resource: unknown }), 1, 0],
    ["action: changes nothing", statement({ Action: [unknown] }), 1, 0],
    ["principal", statement({ Principal: { AWS: unknown } }), 0, 1],
    ["condition", stringEquals("aws:SourceVpc", unknown), 0, 1],
    ["Deny", statement({ Effect: "Deny", Condition: { StringNotEquals: { "aws:PrincipalOrgID": unknown } } }), 0, 0],
  ])("is judged by what is known: %s", async (_, each, violations, undecided) => {
    const found = await judged(native(document(each)));
    expect([found.violations.length, found.undecided.length]).toEqual([violations, undecided]);
    // What is open in one statement hides nothing in another.
    expect((await judged(native(document(each, statement())))).violations.length).toBeGreaterThan(0);
  });

  it("of a stream is judged too", async () => {
    const props = {
      StreamSpecification: { StreamViewType: "NEW_IMAGE", ResourcePolicy: { PolicyDocument: document(statement()) } },
    };
    const resource = {
      type: "aws-native:index:ExtensionResource",
      name: "orders",
      props: { type: "AWS::DynamoDB::Table", properties: props },
    };
    expect((await judged(resource)).violations).toEqual([
      expect.stringContaining('Policy of the stream of table "orders" lets anybody in'),
    ]);
    const replicas = [
      {
        Region: "eu-west-1",
        ReplicaStreamSpecification: { ResourcePolicy: { PolicyDocument: document(statement()) } },
      },
    ];
    const global = { ...resource, props: { type: "AWS::DynamoDB::GlobalTable", properties: { Replicas: replicas } } };
    expect((await judged(global)).violations).toEqual([
      expect.stringContaining("Policy of the stream of replica eu-west-1"),
    ]);
  });

  it("of any depth is judged, or undecided", async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    const policy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":${deep}}]}`;
    expect(await judged(attached(policy))).toEqual({
      violations: [],
      undecided: [expect.stringContaining("not known")],
    });
  });

  it("refuses ids that are none", async () => {
    for (const wrong of [{ allowedAccounts: ["1"] }, { allowedOrganizations: ["example"] }]) {
      await expect(verdicts(name, attached(unknown), wrong)).rejects.toThrow(
        "configuration of policy dynamodb-resource-policy",
      );
    }
  });
});
