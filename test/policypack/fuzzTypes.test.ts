// Proves: for any inputs of any type that the pack reads, no policy crashes; and that a property of a table which is not
// what it must be is never passed, in whatever words the table is written. Does not prove: that every kind of input is tried.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { policies } from "../../policypack/policies";
import { cloudFormationProps, globalTableProps, inNativeWords, strong } from "./support/creators";
import { analyze, analyzeStack, type Configuration, remediate } from "./support/sdk";
import { secret, type TestResource, unknown } from "./support/table";

const strictest: Configuration = {
  "dynamodb-encryption": { minimumTier: "customer-managed" },
  "dynamodb-point-in-time-recovery": { minimumRecoveryDays: 35 },
  "dynamodb-time-to-live": { allowedAttributes: ["expiresAt"] },
  "dynamodb-capacity": { allowedBillingModes: ["PAY_PER_REQUEST"], maximumReadUnits: 100, maximumWriteUnits: 100 },
  "dynamodb-table-class": { allowedClasses: ["STANDARD"] },
  "dynamodb-stream": { viewTypeByTag: { Security: { high: "NEW_AND_OLD_IMAGES" } } },
  "dynamodb-protect": { forTags: { Security: [] } },
};
const scoped = Object.fromEntries(
  policies.filter(({ checkStack }) => checkStack).map(({ name }) => [name, { forTags: { Security: [] } }]),
);

/** What is wrong for every property, whatever its type. */
const junk: readonly unknown[] = [
  unknown,
  null,
  [],
  {},
  "",
  0,
  -7,
  "junk",
  [unknown],
  { x: { y: [[]] } },
  [null],
  secret("junk"),
];
/** What a wrong value of a property must make loud. In CloudFormation's words; a dot goes into a block. */
const watched: readonly [string, string][] = [
  ["DeletionProtectionEnabled", "dynamodb-deletion-protection"],
  ["PointInTimeRecoverySpecification", "dynamodb-point-in-time-recovery"],
  ["PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled", "dynamodb-point-in-time-recovery"],
  ["SSESpecification", "dynamodb-encryption"],
  ["SSESpecification.SSEEnabled", "dynamodb-encryption"],
  ["Tags", "dynamodb-required-tags"],
  ["StreamSpecification", "dynamodb-stream"],
  ["StreamSpecification.StreamViewType", "dynamodb-stream"],
  ["TimeToLiveSpecification.AttributeName", "dynamodb-time-to-live"],
  ["BillingMode", "dynamodb-capacity"],
];

const changed = (props: Record<string, unknown>, path: string, value: unknown): Record<string, unknown> => {
  const [first, ...rest] = path.split(".");
  const inner = rest.length === 0 ? value : changed(props[first!] as Record<string, unknown>, rest.join("."), value);
  return { ...props, [first!]: inner };
};
const template = (type: string, properties: unknown) =>
  JSON.stringify({ Resources: { T: { Type: type, Properties: properties } } }, (_, value) =>
    value === unknown ? { "Fn::GetAtt": ["Other", "Arn"] } : value,
  );
const table = "AWS::DynamoDB::Table";
const writers: readonly [string, (props: object) => TestResource][] = [
  [
    "native",
    (props) => ({
      type: "aws-native:dynamodb:Table",
      name: "t",
      props: inNativeWords(props) as Record<string, unknown>,
    }),
  ],
  [
    "extension",
    (properties) => ({ type: "aws-native:index:ExtensionResource", name: "t", props: { type: table, properties } }),
  ],
  [
    "template",
    (props) => ({ type: "aws:cloudformation/stack:Stack", name: "t", props: { templateBody: template(table, props) } }),
  ],
];

describe.each(writers)("a table of %s", (title, write) => {
  it.each(watched)("is never passed with a wrong %s", async (path, policy) => {
    for (const value of junk) {
      // A secret is marked on the wire between program and engine, and not in a text.
      if (title === "template" && value === junk.at(-1)) continue;
      const found = await analyze(write(changed(cloudFormationProps(strong), path, value)), strictest);
      expect(
        found.map((each) => each.policy),
        JSON.stringify(value),
      ).toContain(policy);
    }
  });
});

it("a global table is never passed with a wrong replica", async () => {
  for (const value of junk) {
    for (const Replicas of [value, [value]]) {
      const properties = { ...globalTableProps(strong), Replicas };
      const resource = {
        type: "aws-native:index:ExtensionResource",
        name: "t",
        props: { type: "AWS::DynamoDB::GlobalTable", properties },
      };
      const loud = new Set((await analyze(resource, strictest)).map((each) => each.policy));
      expect([...loud], JSON.stringify(Replicas)).toEqual(
        expect.arrayContaining([
          "dynamodb-required-tags",
          "dynamodb-deletion-protection",
          "dynamodb-point-in-time-recovery",
        ]),
      );
    }
  }
});

const types = [
  "aws:dynamodb/table:Table",
  "aws:dynamodb/tableReplica:TableReplica",
  "aws:dynamodb/globalTable:GlobalTable",
  "aws:dynamodb/resourcePolicy:ResourcePolicy",
  "aws:dynamodb/kinesisStreamingDestination:KinesisStreamingDestination",
  "aws:dynamodb/tableExport:TableExport",
  "aws:dynamodb/contributorInsights:ContributorInsights",
  "aws:backup/selection:Selection",
  "aws:dax/cluster:Cluster",
  "aws:cloudtrail/trail:Trail",
  "aws:lambda/eventSourceMapping:EventSourceMapping",
  "aws:cloudformation/stack:Stack",
  "aws:cloudcontrol/resource:Resource",
  "aws-native:dynamodb:Table",
  "aws-native:dynamodb:GlobalTable",
  "aws-native:backup:BackupSelection",
  "aws-native:cloudtrail:Trail",
  "aws-native:cloudformation:StackSet",
  "aws-native:index:ExtensionResource",
];
/** Names that the pack reads somewhere, so that what is generated reaches the readers. */
const names = [
  ..."tags tagsAll replicas pointInTimeRecovery serverSideEncryption enabled kmsKeyArn regionName ttl policy streamArn".split(
    " ",
  ),
  ..."tableName resources selectionTags conditions notResources backupSelection listOfTags key value type equals".split(
    " ",
  ),
  ..."eventSelectors advancedEventSelectors fieldSelectors dataResources destinationConfig onFailure eventSourceArn".split(
    " ",
  ),
  ..."templateBody parameters typeName desiredState properties Resources Type Properties Fn::If Ref Parameters".split(
    " ",
  ),
  ..."sseSpecification resourcePolicy policyDocument Statement Principal Effect timeToLiveSpecification billingMode".split(
    " ",
  ),
];
const leaf = fc.constantFrom<unknown>(
  unknown,
  null,
  true,
  false,
  "",
  "true",
  "-1",
  3,
  "AWS::DynamoDB::Table",
  "Allow",
  "*",
  "{}",
  secret("x"),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie("value"), { maxKeys: 4 }),
    tie("value").map((inner) => JSON.stringify(inner)),
    tie("value").map((inner) => secret(inner)),
  ),
}));
const props = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 6 });

describe("for any inputs of any type", () => {
  it("no policy crashes, and none reads through the SDK's proxy", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...types), props, async (type, inputs) => {
        const resource = { type, name: "it", props: inputs };
        const found = [...(await analyze(resource, strictest)), ...(await analyzeStack([resource, resource], scoped))];
        expect(found.filter(({ message }) => message.includes("can't run policy"))).toEqual([]);
        const { problems } = await remediate(resource, {
          "dynamodb-required-tags": { defaultValues: { Security: "high", Environment: "test" } },
        });
        expect(problems).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });
});
