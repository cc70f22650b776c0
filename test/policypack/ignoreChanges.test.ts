// Proves: that a property whose changes are ignored is never passed in silence, and what is written is judged all the same.
// Does not prove: that the engine hands the option over; the end-to-end tests run it.
import { describe, expect, it } from "vitest";
import { policies } from "../../policypack/policies";
import { type Configuration, verdicts } from "./support/sdk";
import { replica, type TestResource, table, tableReplica } from "./support/table";

const ignoring = (resource: TestResource, ...ignoreChanges: string[]): TestResource => ({ ...resource, ignoreChanges });

/** What each policy cannot decide; nothing here may be a violation. */
async function undecidedBy(resource: TestResource, configuration: Configuration = {}) {
  const found: Record<string, string[]> = {};
  for (const { name } of policies) {
    const { violations, undecided } = await verdicts(name, resource, configuration[name]);
    expect(violations).toEqual([]);
    if (undecided.length > 0) found[name.replace("dynamodb-", "")] = undecided;
  }
  return found;
}

const kept = (copy: string, paths: string) =>
  `${copy}: ${paths} listed in ignoreChanges: an existing table keeps what it has, whatever is written.`;

describe("ignoreChanges", () => {
  const orders = (paths: string) => [kept('Table "orders"', paths)];
  it.each<[string, Record<string, string[]>]>([
    ["deletionProtectionEnabled", { "deletion-protection": orders("deletionProtectionEnabled is") }],
    ["pointInTimeRecovery", { "point-in-time-recovery": orders("pointInTimeRecovery is") }],
    ["pointInTimeRecovery.enabled", { "point-in-time-recovery": orders("pointInTimeRecovery.enabled is") }],
    ["serverSideEncryption", { encryption: orders("serverSideEncryption is") }],
    ["serverSideEncryption.kmsKeyArn", { encryption: orders("serverSideEncryption.kmsKeyArn is") }],
    ["tags", { "required-tags": orders("tags is") }],
    ["tagsAll", { "required-tags": orders("tagsAll is") }],
    ['tags["Security"]', { "required-tags": orders('tags["Security"] is') }],
    ["tags.Security", { "required-tags": orders("tags.Security is") }],
  ])("of %s leaves its policy undecided, and no other", async (path, expected) => {
    expect(await undecidedBy(ignoring(table(), path))).toEqual(expected);
  });

  it.each(["readCapacity", 'tags["Team"]', "pointInTimeRecovery.recoveryPeriodInDays", "ttl", "attributes[0]"])(
    "of %s concerns no policy",
    async (path) => {
      expect(await undecidedBy(ignoring(table({ replicas: [replica()] }), path))).toEqual({});
    },
  );

  it("names all that a policy is concerned by, once", async () => {
    const resource = ignoring(table(), "tags", "deletionProtectionEnabled", "tagsAll");
    expect(await undecidedBy(resource)).toEqual({
      "deletion-protection": orders("deletionProtectionEnabled is"),
      "required-tags": orders("tags, tagsAll are"),
    });
  });

  it("of the window counts where a window is wanted", async () => {
    const path = "pointInTimeRecovery.recoveryPeriodInDays";
    const configuration = { "dynamodb-point-in-time-recovery": { minimumRecoveryDays: 7 } };
    expect(await undecidedBy(ignoring(table(), path), configuration)).toEqual({
      "point-in-time-recovery": orders(`${path} is`),
    });
  });

  it("of encryption does not matter where every tier passes", async () => {
    const configuration = { "dynamodb-encryption": { minimumTier: "aws-owned" } };
    expect(await undecidedBy(ignoring(table(), "serverSideEncryption"), configuration)).toEqual({});
  });

  it("reports a violation of what is written as well", async () => {
    const resource = ignoring(table({ deletionProtectionEnabled: false }), "deletionProtectionEnabled");
    expect(await verdicts("dynamodb-deletion-protection", resource)).toEqual({
      violations: ['Table "orders" can be deleted with one call: set deletionProtectionEnabled: true.'],
      undecided: orders("deletionProtectionEnabled is"),
    });
  });

  it.each(["*", "deletionProtectionEnabled"])("of %s concerns a TableReplica", async (path) => {
    const found = await undecidedBy(ignoring(tableReplica(), path));
    expect(found["deletion-protection"]).toEqual([kept('Table replica "orders-eu"', `${path} is`)]);
  });

  describe("of replicas", () => {
    const check = async (paths: string[], replicas?: unknown) =>
      (await undecidedBy(ignoring(table({ replicas }), ...paths)))["deletion-protection"] ?? [];
    const ireland = 'Replica eu-west-1 of table "orders"';
    const each = 'Each replica of table "orders"';

    it.each([
      ["all", "replicas"],
      ["one", "replicas[0]"],
      ["a property of one", "replicas[0].deletionProtectionEnabled"],
      ["a property of each", "replicas[*].deletionProtectionEnabled"],
    ])("%s: concerns the replica", async (_, path) => {
      expect(await check([path], [replica()])).toEqual([kept(ireland, `${path} is`)]);
    });

    it.each([
      ["it is everything", "*", undefined],
      ["it is another entry", "replicas[1]", [replica()]],
      ["it is a property of another entry", "replicas[1].deletionProtectionEnabled", [replica()]],
    ])("%s: the table may have others", async (_, path, replicas) => {
      const ofOthers = (await check([path], replicas)).filter((message) => !message.startsWith("Table"));
      expect(ofOthers).toEqual([kept(each, `${path} is`)]);
    });

    it.each([
      ["none is written", undefined],
      ["the list is empty", []],
    ])("%s: the table leaves them to TableReplica, in every policy", async (_, replicas) => {
      expect(await undecidedBy(ignoring(table({ replicas }), "replicas"))).toEqual({});
    });

    it("another property of another entry does not concern the policy", async () => {
      expect(await check(["replicas[1].kmsKeyArn"], [replica()])).toEqual([]);
    });

    it("does not concern the table", async () => {
      expect(await check(["replicas[0].kmsKeyArn"], [replica()])).toEqual([]);
    });
  });
});
