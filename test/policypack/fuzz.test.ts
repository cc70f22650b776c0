// Proves: for any inputs, no policy crashes, and a policy is silent only if an independent reading of the same inputs
// finds every copy compliant. Does not prove: that the inputs are what AWS applies.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyze } from "./support/sdk";
import { replica, secret, type TestResource, table, tableReplica, tags, unknown } from "./support/table";

type Json = unknown;
const isMap = (value: Json): value is Record<string, Json> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const given = (value: Json) => value !== undefined && value !== null;
/** Own properties only, and with what is inside a secret. */
const at = (value: Json, key: string): Json => (isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined);

/** Which policies must be silent, read from the plain inputs in the most literal way. */
const tierPasses = (sse: Json) => {
  const key = at(sse, "kmsKeyArn");
  return at(sse, "enabled") === true && (!given(key) || typeof key === "string");
};
const hasTags = (props: Record<string, Json>) =>
  (!given(props["tags"]) || isMap(props["tags"]) || props["tags"] === unknown) &&
  Object.keys(tags).every((key) => {
    const own = at(props["tags"], key);
    const value = given(own) ? own : at(props["tagsAll"], key);
    if (!["string", "number", "boolean"].includes(typeof value)) return false;
    // What is empty among the default tags may be overridden where the table's own are not known.
    return props["tags"] === unknown || /\S/.test(String(value));
  });
function silentPolicies(props: Record<string, Json>): string[] {
  const replicas = given(props["replicas"]) ? props["replicas"] : [];
  const all = (test: (entry: Json) => boolean) => Array.isArray(replicas) && replicas.every(test);
  const silent: [string, boolean][] = [
    ["dynamodb-required-tags", hasTags(props) && all((entry) => at(entry, "propagateTags") === true)],
    [
      "dynamodb-deletion-protection",
      props["deletionProtectionEnabled"] === true && all((entry) => at(entry, "deletionProtectionEnabled") === true),
    ],
    [
      "dynamodb-point-in-time-recovery",
      at(props["pointInTimeRecovery"], "enabled") === true && all((entry) => at(entry, "pointInTimeRecovery") === true),
    ],
    [
      "dynamodb-encryption",
      tierPasses(props["serverSideEncryption"]) &&
        all((entry) => {
          const key = at(entry, "kmsKeyArn");
          return (entry === null || isMap(entry)) && (!given(key) || typeof key === "string");
        }),
    ],
  ];
  return silent.filter(([, is]) => is).map(([name]) => name);
}

/** A property's value: good ones, unknown ones, and anything else that JSON can say. */
const value = (good: Json): fc.Arbitrary<Json> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(good) },
    fc.constantFrom<Json>(unknown, null, true, false, "true", "", 0, [], {}, [unknown], { enabled: unknown }),
    fc.jsonValue({ maxDepth: 6 }),
  );
const block = (good: Record<string, Json>): fc.Arbitrary<Json> =>
  fc.oneof(
    fc.record(Object.fromEntries(Object.entries(good).map(([key, each]) => [key, value(each)])), { requiredKeys: [] }),
    value(good),
  );
const someReplica = block(replica());
const someTable = fc.record(
  {
    deletionProtectionEnabled: value(true),
    pointInTimeRecovery: block({ enabled: true, recoveryPeriodInDays: 7 }),
    serverSideEncryption: block({ enabled: true, kmsKeyArn: "alias/orders" }),
    tags: block(tags),
    tagsAll: block(tags),
    replicas: fc.oneof(fc.array(someReplica, { maxLength: 3 }), value([replica()])),
  },
  { requiredKeys: [] },
);
const isSilent = async (props: Record<string, Json>, more: Partial<TestResource> = {}) => {
  const loud = new Set((await analyze({ ...table(), props, ...more })).map((each) => each.policy));
  return [
    "dynamodb-required-tags",
    "dynamodb-deletion-protection",
    "dynamodb-point-in-time-recovery",
    "dynamodb-encryption",
  ].filter((policy) => !loud.has(policy));
};

describe("for any inputs", () => {
  it("a policy is silent exactly where the inputs are compliant", async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(someTable, async (props) => {
        // An unknown value that is literally compliant is not known to be: only presence of a tag or key may count.
        const literal = silentPolicies(props);
        seen.add(literal.length);
        expect(await isSilent(props)).toEqual(literal);
      }),
      { numRuns: 1000 },
    );
    // The generator reaches both ends: nothing compliant, and all four.
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it("a secret is judged by what is inside", async () => {
    await fc.assert(
      fc.asyncProperty(someTable, async (props) => {
        const wrapped = Object.fromEntries(Object.entries(props).map(([key, each]) => [key, secret(each)]));
        expect(await isSilent(wrapped)).toEqual(silentPolicies(props));
      }),
      { numRuns: 200 },
    );
  });

  it("no policy is silent where all changes are ignored, and each says the same where others are", async () => {
    await fc.assert(
      fc.asyncProperty(someTable, async (props) => {
        expect(await isSilent(props, { ignoreChanges: ["*"] })).toEqual([]);
        const others = ["billingMode", "attributes[0].name", 'tags["Team"]', "replica", "replicasOf[*]"];
        expect(await isSilent(props, { ignoreChanges: others })).toEqual(await isSilent(props));
      }),
      { numRuns: 200 },
    );
  });

  it("no configuration of the provider crashes a policy, or makes tags pass that the provider may ignore", async () => {
    const block = fc.oneof(value({ keys: ["Security"], tags }), fc.json({ maxDepth: 4 }), fc.string());
    await fc.assert(
      fc.asyncProperty(someTable, block, block, async (props, defaultTags, ignoreTags) => {
        await isSilent(props, { provider: { defaultTags, ignoreTags } });
        const ignoring = { provider: { defaultTags, ignoreTags: { keyPrefixes: ["Sec", unknown], keys: ignoreTags } } };
        expect(await isSilent(props, ignoring)).not.toContain("dynamodb-required-tags");
      }),
      { numRuns: 300 },
    );
  });

  it("no property of a TableReplica crashes a policy, and a broken one is never silent", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("deletionProtectionEnabled", "pointInTimeRecovery"),
        value(true),
        async (key, each) => {
          const found = await analyze(tableReplica({ [key]: each }));
          expect(found).toHaveLength(each === true ? 0 : 1);
        },
      ),
    );
  });

  it("nesting of any depth is read", async () => {
    let deep: Json = unknown;
    for (let depth = 0; depth < 500; depth++) deep = { enabled: deep, tags: [deep === unknown ? unknown : null] };
    expect(await isSilent({ pointInTimeRecovery: deep, tags: deep, replicas: [deep] })).toEqual([]);
  });
});
