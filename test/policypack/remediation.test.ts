// Proves: what remediations make of inputs, through the SDK's handler, with unknown and secret values in them.
// Does not prove: that the engine applies it, which the end-to-end tests run.
import { describe, expect, it } from "vitest";
import { policies } from "../../policypack/policies";
import { sdkPolicy } from "../../policypack/sdk";
import { inNativeWords } from "./support/creators";
import { analyze, remediate } from "./support/sdk";
import { secret, type TestResource, table, tableReplica, tags, unknown } from "./support/table";

const bare = (props: Record<string, unknown> = {}): TestResource => ({
  ...table(),
  props: { hashKey: "id", attributes: [{ name: "id", type: "S" }], ...props },
});
const mended = {
  deletionProtectionEnabled: true,
  pointInTimeRecovery: { enabled: true },
  serverSideEncryption: { enabled: true },
};
const values = { "dynamodb-required-tags": { defaultValues: tags } };

describe("remediation", () => {
  it("is off unless a policy is configured to it", () => {
    const levels = policies.map((policy) => sdkPolicy(policy).enforcementLevel);
    expect(new Set(levels)).toEqual(new Set(["mandatory", "advisory"]));
    expect(policies.filter(({ mend }) => mend).map(({ name }) => name)).toEqual([
      "dynamodb-required-tags",
      "dynamodb-deletion-protection",
      "dynamodb-point-in-time-recovery",
      "dynamodb-encryption",
    ]);
  });

  it("mends a bare table, so that it passes", async () => {
    const { props } = await remediate(bare(), values);
    expect(props).toEqual({ ...bare().props, ...mended, tags });
    expect(await analyze({ ...bare(), props: props! })).toEqual([]);
  });

  it("gives no tag that nobody chose, and keeps those that are there", async () => {
    expect((await remediate(bare())).props).toEqual({ ...bare().props, ...mended });
    const own = { Security: "low", Team: "shop" };
    const { props } = await remediate(bare({ ...mended, tags: own, tagsAll: { ...own, Cost: "1" } }), values);
    expect(props).toEqual({
      ...bare().props,
      ...mended,
      tags: { ...tags, ...own },
      tagsAll: { ...tags, ...own, Cost: "1" },
    });
  });

  it("changes nothing where all is well, nor what it cannot know", async () => {
    expect(await remediate(table(), values)).toEqual({ props: undefined, by: [], problems: [] });
    const open = {
      deletionProtectionEnabled: unknown,
      pointInTimeRecovery: { enabled: unknown },
      serverSideEncryption: unknown,
    };
    const { props, problems } = await remediate(bare({ ...open, tags: unknown, tagsAll: unknown }), values);
    expect([props, problems]).toEqual([undefined, []]);
  });

  it("keeps unknown values beside what it sets", async () => {
    const given = {
      tags: { Owner: unknown },
      serverSideEncryption: { enabled: false, kmsKeyArn: unknown },
      readCapacity: unknown,
      attributes: [{ name: unknown, type: "S" }],
    };
    const { props, problems } = await remediate(bare(given), values);
    expect(problems).toEqual([]);
    expect(props).toEqual({
      ...bare().props,
      ...given,
      ...mended,
      serverSideEncryption: { enabled: true, kmsKeyArn: unknown },
      tags: { Owner: unknown, ...tags },
    });
  });

  it("keeps secret what was secret", async () => {
    const given = {
      deletionProtectionEnabled: secret(false),
      pointInTimeRecovery: secret({ enabled: false, recoveryPeriodInDays: 7 }),
      tags: secret({ Owner: "me" }),
      importTable: { inputFormat: secret("CSV") },
    };
    const { props } = await remediate(bare(given), values);
    expect(props).toEqual({
      ...bare().props,
      deletionProtectionEnabled: secret(true),
      pointInTimeRecovery: secret({ enabled: true, recoveryPeriodInDays: 7 }),
      serverSideEncryption: { enabled: true },
      tags: secret({ Owner: "me", ...tags }),
      importTable: { inputFormat: secret("CSV") },
    });
  });

  it("mends replicas, and a TableReplica", async () => {
    const replicas = [{ regionName: "eu-west-1" }, { regionName: "eu-north-1", propagateTags: false }];
    const { props } = await remediate(bare({ ...mended, tags, replicas }), values);
    const all = { deletionProtectionEnabled: true, pointInTimeRecovery: true, propagateTags: true };
    expect(props?.["replicas"]).toEqual([
      { regionName: "eu-west-1", ...all },
      { regionName: "eu-north-1", ...all },
    ]);
    const { props: replica } = await remediate(
      { ...tableReplica(), props: { globalTableArn: "arn", kmsKeyArn: "alias/mine" } },
      values,
    );
    expect(replica).toEqual({
      globalTableArn: "arn",
      kmsKeyArn: "alias/mine",
      deletionProtectionEnabled: true,
      pointInTimeRecovery: true,
      tags,
    });
  });

  it("mends tables of aws-native in their words", async () => {
    const native = (type: string, props: object): TestResource => ({
      type: `aws-native:dynamodb:${type}`,
      name: "orders",
      props: { ...props },
    });
    const tagList = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const copy = {
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    };
    const own = [{ key: "Team", value: "shop" }];
    const { props } = await remediate(native("Table", { tags: own }), values);
    expect(props).toEqual({
      ...(inNativeWords({ ...copy, SSESpecification: { SSEEnabled: true } }) as object),
      tags: [...own, ...(inNativeWords(tagList) as object[])],
    });
    const { props: global } = await remediate(native("GlobalTable", { replicas: [{ region: "eu-west-1" }] }), values);
    expect(global).toEqual({
      sseSpecification: { sseEnabled: true },
      replicas: [{ region: "eu-west-1", ...(inNativeWords({ ...copy, Tags: tagList }) as object) }],
    });
  });

  it("leaves alone what is in a text, what is exempt, and what changes nothing", async () => {
    const template = {
      type: "aws:cloudformation/stack:Stack",
      name: "shop",
      props: { templateBody: '{"Resources":{"T":{"Type":"AWS::DynamoDB::Table"}}}' },
    };
    expect((await remediate(template, values)).props).toBeUndefined();
    const exemptions = [{ resource: "orders", reason: "frozen", expires: "9999-12-31" }];
    const exempt = Object.fromEntries(policies.map(({ name }) => [name, { exemptions }]));
    expect((await remediate(bare(), exempt)).props).toBeUndefined();
  });

  it("does not give the key that only people can choose", async () => {
    const { by } = await remediate(table(), { "dynamodb-encryption": { minimumTier: "customer-managed" } });
    expect(by).toEqual([]);
  });

  it.each<[object, string]>([
    [{ defaultValues: { Sequrity: "high" } }, 'unknown tag in defaultValues "Sequrity". Did you mean "Security"?'],
    [
      { requiredTags: { Security: ["high"] }, defaultValues: { Security: "none" } },
      'defaultValues.Security is "none". Allowed: high.',
    ],
  ])("takes no value that would not pass: %j", async (configuration, message) => {
    await expect(analyze(table(), { "dynamodb-required-tags": configuration })).rejects.toThrow(message);
  });
});
