// Proves: what the policies on whole stacks say, by names and by what values were made of. Does not prove: what is in other
// stacks, which these policies cannot see.
import { describe, expect, it } from "vitest";
import { isUndecided } from "../../../policypack/undecided";
import { analyzeStack, urnOf } from "../support/sdk";
import { type TestResource, table, unknown } from "../support/table";

const forTags = { Environment: ["production"] };
const orders = (change: Record<string, unknown> = {}) => table({ name: "orders-1", ...change });
const bucket: TestResource = { type: "aws:s3/bucket:Bucket", name: "bucket", props: {} };
async function found(
  policy: string,
  resources: TestResource[],
  configuration: object = { forTags },
): Promise<string[]> {
  const answers = await analyzeStack(resources, { [policy]: configuration });
  return answers
    .filter((each) => each.policy === policy)
    .map(({ about, message }) => `${about} ${isUndecided(message) ? "undecided" : "violation"}`);
}

describe("dynamodb-contributor-insights", () => {
  const policy = "dynamodb-contributor-insights";
  const insights = (tableName: unknown, more: Record<string, unknown> = {}, on: string[] = []): TestResource => ({
    type: "aws:dynamodb/contributorInsights:ContributorInsights",
    name: "insights",
    props: { tableName, ...more },
    dependencies: { tableName: on },
  });
  const urn = urnOf(orders());
  it.each<[string, TestResource[], string[]]>([
    ["none", [orders()], ["orders violation"]],
    ["by name", [orders(), insights("orders-1")], []],
    ["of another table", [orders(), insights("others")], ["orders violation"]],
    ["of an index", [orders(), insights("orders-1", { indexName: "by-day" })], ["orders violation"]],
    ["by what the name was made of", [orders({ name: unknown }), insights(unknown, {}, [urn])], []],
    ["made of another table", [orders(), bucket, insights(unknown, {}, [urnOf(bucket)])], ["orders violation"]],
    ["by a name that is not known", [orders(), insights(unknown)], ["orders undecided"]],
    ["of a table that is not asked for", [orders({ tags: { Environment: "test" }, tagsAll: {} })], []],
    ["of a table whose tags are not known", [orders({ tags: unknown, tagsAll: unknown })], ["orders undecided"]],
  ])("%s", async (_, resources, expected) => expect(await found(policy, resources)).toEqual(expected));

  it("is off until told which tables", async () => expect(await found(policy, [orders()], {})).toEqual([]));

  it("is read where the table says it", async () => {
    const native = (Enabled: unknown): TestResource => ({
      type: "aws-native:dynamodb:Table",
      name: "orders",
      props: {
        tags: [{ key: "Environment", value: "production" }],
        contributorInsightsSpecification: { enabled: Enabled },
      },
    });
    expect(await found(policy, [native(true)])).toEqual([]);
    expect(await found(policy, [native(false)])).toEqual(["orders violation"]);
    expect(await found(policy, [native(unknown)])).toEqual(["orders undecided"]);
  });
});

describe("dynamodb-backup-plan", () => {
  const policy = "dynamodb-backup-plan";
  const arn = "arn:aws:dynamodb:eu-central-1:111122223333:table/orders-1";
  const selection = (props: Record<string, unknown>, on: string[] = []): TestResource => ({
    type: "aws:backup/selection:Selection",
    name: "nightly",
    props: { planId: "p", iamRoleArn: "r", ...props },
    dependencies: { resources: on },
  });
  const tag = (value: unknown, key = "Environment") => ({ selectionTags: [{ type: "STRINGEQUALS", key, value }] });
  const native = (backupSelection: object): TestResource => ({
    type: "aws-native:backup:BackupSelection",
    name: "nightly",
    props: { backupPlanId: "p", backupSelection: { iamRoleArn: "r", selectionName: "s", ...backupSelection } },
  });
  it.each<[string, TestResource[], string[]]>([
    ["none", [], ["orders violation"]],
    ["everything", [selection({ resources: ["*"] })], []],
    ["every table", [selection({ resources: ["arn:aws:dynamodb:*:*:table/*"] })], []],
    ["its ARN", [selection({ resources: [arn] })], []],
    ["the ARN of another", [selection({ resources: [arn.replace("orders-1", "others")] })], ["orders violation"]],
    ["another service", [selection({ resources: ["arn:aws:rds:*:*:db:*"] })], ["orders violation"]],
    ["made of its ARN", [selection({ resources: [unknown] }, [urnOf(orders())])], []],
    ["made of another ARN", [bucket, selection({ resources: [unknown] }, [urnOf(bucket)])], ["orders violation"]],
    ["not known", [selection({ resources: unknown })], ["orders undecided"]],
    ["its tag", [selection(tag("production"))], []],
    ["another value", [selection(tag("test"))], ["orders violation"]],
    ["a value that is not known", [selection(tag(unknown))], ["orders undecided"]],
    ["left out", [selection({ resources: ["*"], notResources: [arn] })], ["orders violation"]],
    ["with conditions", [selection({ resources: ["*"], conditions: [{ stringEquals: [] }] })], ["orders undecided"]],
    ["native", [native({ resources: ["*"] })], []],
    [
      "native, its tag",
      [
        native({
          listOfTags: [{ conditionType: "STRINGEQUALS", conditionKey: "Environment", conditionValue: "production" }],
        }),
      ],
      [],
    ],
    ["native, none", [native({})], ["orders violation"]],
  ])("%s", async (_, others, expected) => expect(await found(policy, [orders(), ...others])).toEqual(expected));

  it("does not pass what cannot be read", async () => {
    const byUrl = { type: "aws:cloudformation/stack:Stack", name: "shop", props: { templateUrl: "https://s3/t" } };
    expect(await found(policy, [byUrl])).toEqual(["shop undecided"]);
  });
});
