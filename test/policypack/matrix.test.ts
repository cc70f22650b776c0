// Proves: a table that is weak in one way is caught by the policy for it, and by no other, whatever creates it.
// Does not prove: what AWS makes of it, and that there is no other way to create a table.
import { describe, expect, it } from "vitest";
import { policies } from "../../policypack/policies";
import { creatingTypes } from "../../policypack/table/creatingTypes";
import { isUndecided } from "../../policypack/undecided";
import { type Ability, type Creator, creators, strong, type TableSpec } from "./support/creators";
import { analyze, type Configuration } from "./support/sdk";
import { type TestResource, tags, unknown } from "./support/table";

const allowedStream = "arn:aws:kinesis:eu-central-1:111122223333:stream/changes";
const accountPolicy = (account: string) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "dynamodb:GetItem",
      Resource: "arn:aws:dynamodb:eu-central-1:111122223333:table/orders",
    },
  ],
});
const publicPolicy = {
  ...accountPolicy("111122223333"),
  Statement: [{ ...accountPolicy("1").Statement[0], Principal: "*" }],
};

/** The strictest that each policy can be. */
const strictest: Configuration = {
  "dynamodb-required-tags": {
    requiredTags: { Security: ["high"], Confidentiality: ["internal"], Environment: ["production"] },
  },
  "dynamodb-point-in-time-recovery": { minimumRecoveryDays: 35 },
  "dynamodb-encryption": { minimumTier: "customer-managed" },
  "dynamodb-stream": { viewTypeByTag: { Security: { high: "NEW_AND_OLD_IMAGES" } } },
  "dynamodb-time-to-live": { allowedAttributes: ["expiresAt"] },
  "dynamodb-capacity": { allowedBillingModes: ["PAY_PER_REQUEST"], maximumReadUnits: 100, maximumWriteUnits: 100 },
  "dynamodb-table-class": { allowedClasses: ["STANDARD"] },
  "dynamodb-protect": { forTags: { Environment: ["production"] } },
  "dynamodb-kinesis-destination": { allowedStreams: [allowedStream] },
  "dynamodb-resource-policy": { allowedAccounts: ["111122223333"] },
};

/** A weakness, the policy that must see it, and what a type must have a property for. */
const weaknesses: readonly [string, string, Partial<TableSpec>, Ability?][] = [
  ["no tags", "dynamodb-required-tags", { tags: {} }],
  ["one tag missing", "dynamodb-required-tags", { tags: { Security: "high", Environment: "production" } }],
  ["a tag in another case", "dynamodb-required-tags", { tags: { ...tags, Environment: "Production" } }],
  ["no deletion protection", "dynamodb-deletion-protection", { deletionProtection: undefined }],
  ["deletion protection off", "dynamodb-deletion-protection", { deletionProtection: false }],
  ["no recovery", "dynamodb-point-in-time-recovery", { recovery: undefined }],
  ["recovery off", "dynamodb-point-in-time-recovery", { recovery: false }],
  ["a week of recovery", "dynamodb-point-in-time-recovery", { recoveryDays: 7 }, "settings"],
  ["no encryption", "dynamodb-encryption", { encrypted: undefined, key: undefined }],
  ["encryption off", "dynamodb-encryption", { encrypted: false, key: undefined }],
  ["the AWS managed key", "dynamodb-encryption", { key: "alias/aws/dynamodb" }],
  ["no stream", "dynamodb-stream", { viewType: undefined }, "settings"],
  ["a stream of keys", "dynamodb-stream", { viewType: "KEYS_ONLY" }, "settings"],
  ["another TTL attribute", "dynamodb-time-to-live", { ttlAttribute: "createdAt" }, "settings"],
  ["provisioned", "dynamodb-capacity", { billingMode: "PROVISIONED" }, "settings"],
  ["no read limit", "dynamodb-capacity", { readUnits: undefined }, "settings"],
  ["another class", "dynamodb-table-class", { tableClass: "STANDARD_INFREQUENT_ACCESS" }, "tableClass"],
  ["no protect", "dynamodb-protect", { protect: false }],
  ["a public policy", "dynamodb-resource-policy", { resourcePolicy: publicPolicy }, "inline"],
  ["another stream", "dynamodb-kinesis-destination", { kinesisStream: `${allowedStream}-2` }, "inline"],
];

const configured = ({ tableTypes }: Creator): Configuration =>
  Object.fromEntries(
    policies
      .filter(({ configuration }) => "tableTypes" in configuration)
      .map(({ name }) => [name, { ...strictest[name], ...(tableTypes && { tableTypes }) }]),
  );
const judged = async (creator: Creator, change: Partial<TableSpec> = {}) => {
  const found = await analyze(creator.create({ ...strong, ...change }), configured(creator));
  return found.map(({ policy, message }) => (isUndecided(message) ? `${policy} undecided` : policy));
};

describe.each(creators.map((creator) => [creator.title, creator] as const))("%s", (_, creator) => {
  it("passes at the strictest", async () => {
    // The one type that does not say what its table's tags are cannot say that it is in production.
    expect(await judged(creator)).toEqual([]);
    const allowed = { kinesisStream: allowedStream, resourcePolicy: accountPolicy("111122223333") };
    expect(await judged(creator, allowed)).toEqual([]);
  });

  it.each(weaknesses.filter(([, , , ability]) => !ability || creator.can.includes(ability)))(
    "is caught: %s",
    async (weakness, policy, change) => {
      const found = new Set(await judged(creator, change));
      // Without its tags a table is not known to be one that must be protected.
      expect([...found], weakness).toEqual([policy]);
    },
  );

  it("is caught: ignoreChanges hides its protection", async () => {
    const found = await judged(creator, { ignoreChanges: [creator.protectionPath] });
    expect(found).toContain("dynamodb-ignore-changes");
    expect(found).toContain("dynamodb-deletion-protection undecided");
  });
});

describe("what cannot be read", () => {
  const resource = (type: string, props: Record<string, unknown>): TestResource => ({ type, name: "shop", props });
  /** Policies that judge every table unless configured otherwise. */
  const always = [
    "dynamodb-required-tags",
    "dynamodb-deletion-protection",
    "dynamodb-point-in-time-recovery",
    "dynamodb-encryption",
    "dynamodb-ignore-changes",
    "dynamodb-resource-policy",
    "dynamodb-kinesis-destination",
  ];
  it.each<[string, TestResource]>([
    ["a template by URL", resource("aws:cloudformation/stack:Stack", { templateUrl: "https://s3.amazonaws.com/b/t" })],
    ["a template that is not known", resource("aws:cloudformation/stack:Stack", { templateBody: unknown })],
    ["a stack set by URL", resource("aws:cloudformation/stackSet:StackSet", { templateUrl: "https://s3/t" })],
    ["a native stack by URL", resource("aws-native:cloudformation:Stack", { templateUrl: "https://s3/t" })],
    ["an instance of a stack set", resource("aws:cloudformation/stackSetInstance:StackSetInstance", {})],
    ["instances of a stack set", resource("aws:cloudformation/stackInstances:StackInstances", {})],
    ["Service Catalog", resource("aws:servicecatalog/provisionedProduct:ProvisionedProduct", { productId: "p" })],
    ["native Service Catalog", resource("aws-native:servicecatalog:CloudFormationProvisionedProduct", {})],
    ["an application", resource("aws:serverlessrepository/cloudFormationStack:CloudFormationStack", {})],
    ["a type that is not known", resource("aws:cloudcontrol/resource:Resource", { typeName: unknown })],
    [
      "a nested stack",
      resource("aws:cloudformation/stack:Stack", {
        templateBody:
          '{"Resources":{"N":{"Type":"AWS::CloudFormation::Stack","Properties":{"TemplateURL":"https://s3/t"}}}}',
      }),
    ],
    [
      "a macro",
      resource("aws:cloudformation/stack:Stack", { templateBody: '{"Transform":"AddTables","Resources":{}}' }),
    ],
    [
      "global tables of 2017",
      resource("aws:dynamodb/globalTable:GlobalTable", { replicas: [{ regionName: "eu-west-1" }] }),
    ],
  ])("is undecided by every policy on all tables, and never passed: %s", async (_, given) => {
    const found = await analyze(given);
    expect(found.map(({ policy }) => policy)).toEqual(always);
    expect(found.every(({ level, message }) => level === "ADVISORY" && isUndecided(message))).toBe(true);
  });

  it.each<[string, TestResource]>([
    ["a template that is no template", resource("aws:cloudformation/stack:Stack", { templateBody: "Resources: [" })],
    ["a template of a wrong type", resource("aws:cloudformation/stack:Stack", { templateBody: 3 })],
    ["a tag of nobody", resource("aws:cloudformation/stack:Stack", { templateBody: "Resources: !Nobody 1" })],
  ])("is a violation where it is wrong: %s", async (_, given) => {
    const found = await analyze(given);
    expect(found.map(({ policy }) => policy)).toEqual(always);
    expect(found.every(({ level }) => level === "MANDATORY")).toBe(true);
  });

  it.each<[string, unknown, string]>([
    ["not known", unknown, "ADVISORY"],
    ["no JSON", "{", "MANDATORY"],
    ["no object", "[]", "MANDATORY"],
    ["of a wrong type", 3, "MANDATORY"],
  ])("a desired state that is %s passes no policy on a property", async (_, desiredState, level) => {
    const found = await analyze(
      resource("aws:cloudcontrol/resource:Resource", { typeName: "AWS::DynamoDB::Table", desiredState }),
    );
    const judging = always.filter((name) => name !== "dynamodb-ignore-changes");
    expect([...new Set(found.map(({ policy }) => policy))]).toEqual(judging);
    expect(new Set(found.map((each) => each.level))).toEqual(new Set([level]));
    // What is no table is nothing to these policies.
    expect(
      await analyze(resource("aws:cloudcontrol/resource:Resource", { typeName: "AWS::SQS::Queue", desiredState })),
    ).toEqual([]);
  });

  it("names everything that the page lists", () => {
    const created = new Set(creators.map((creator) => creator.create(strong).type));
    const listed = creatingTypes.map(({ type }) => type);
    expect(listed).toEqual(expect.arrayContaining([...created]));
  });
});
