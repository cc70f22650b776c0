// Proves: what dynamodb-required-tags says of inputs, through the policy SDK's own handlers.
// Does not prove: that the provider's Check writes default tags into tagsAll; it is taken from the provider's source.
import { describe, expect, it } from "vitest";
import { analyze, verdicts } from "../support/sdk";
import { replica, secret, type TestResource, table, tableReplica, tags, unknown } from "../support/table";

const check = (resource: TestResource, requiredTags?: Record<string, string[]>) =>
  verdicts("dynamodb-required-tags", resource, requiredTags ? { requiredTags } : {});
const tagged = (own: unknown, all: unknown = undefined) => table({ tags: own, tagsAll: all });
const { Environment: _, ...withoutEnvironment } = tags;

describe("dynamodb-required-tags", () => {
  it.each<[string, TestResource]>([
    ["all tags written", table()],
    ["all tags written, before the provider's Check", tagged(tags)],
    ["an unknown value of a present key", tagged({ ...tags, Security: unknown }, unknown)],
    ["all tags from default tags", tagged(undefined, tags)],
    ["one tag from default tags", tagged(withoutEnvironment, tags)],
    ["an unknown default tag", tagged(withoutEnvironment, { ...tags, Environment: unknown })],
    ["unknown tagsAll, when tags has all", tagged(tags, unknown)],
    ["unknown tags, when default tags give all keys", tagged(unknown, tags)],
    [
      "unknown tags, when default tags give all keys, one value unknown",
      tagged(unknown, { ...tags, Security: unknown }),
    ],
    ["secret tags", tagged(secret(tags))],
    ["a secret value", tagged({ ...tags, Security: secret("high") })],
    ["an empty value", tagged({ ...tags, Security: "" })],
    ["a number, which the provider turns into a string", tagged({ ...tags, Security: 3 })],
    ["a replica that gets its table's tags", table({ replicas: [replica()] })],
    ["a tagged TableReplica", tableReplica()],
  ])("passes: %s", async (_, resource) => {
    expect(await check(resource)).toEqual({ violations: [], undecided: [] });
  });

  const untagged =
    'Table "orders" lacks the required tags Security, Confidentiality, Environment: set tags: { Security: "…", Confidentiality: "…", Environment: "…" }.';
  const noEnvironment = 'Table "orders" lacks the required tag Environment: set tags: { Environment: "…" }.';
  it.each<[string, TestResource, string]>([
    ["no tags", tagged(undefined), untagged],
    ["null", tagged(null, null), untagged],
    ["an empty map", tagged({}, {}), untagged],
    ["one key missing", tagged(withoutEnvironment, withoutEnvironment), noEnvironment],
    ["another case", tagged({ ...withoutEnvironment, environment: "production" }), noEnvironment],
    ["a value that is null", tagged({ ...tags, Environment: null }), noEnvironment],
    ["a system tag", tagged({ ...withoutEnvironment, "aws:Environment": "production" }), noEnvironment],
    [
      "default tags that lack it too",
      tagged(withoutEnvironment, { ...withoutEnvironment, Team: "data" }),
      noEnvironment,
    ],
    [
      "a list, as other providers have it",
      tagged([{ key: "Security", value: "high" }]),
      'Table "orders": tags is a list where a map is expected, set tags: { Security: "…", Confidentiality: "…", Environment: "…" }.',
    ],
    [
      "a value that is a map",
      tagged({ ...tags, Security: { level: "high" } }),
      'Table "orders": tags["Security"] is a map where a string is expected, set tags: { Security: "…" }.',
    ],
    [
      "a replica that gets no tags",
      table({ replicas: [replica({ propagateTags: undefined })] }),
      'Replica eu-west-1 of table "orders" has none of its table\'s tags: set replicas[0].propagateTags: true.',
    ],
    [
      "an untagged TableReplica",
      tableReplica({ tags: undefined, tagsAll: withoutEnvironment }),
      'Table replica "orders-eu" lacks the required tag Environment: set tags: { Environment: "…" }.',
    ],
  ])("refuses: %s", async (_, resource, message) => {
    expect(await check(resource)).toEqual({ violations: [message], undecided: [] });
  });

  it.each<[string, TestResource, string]>([
    [
      "unknown tags",
      tagged(unknown, unknown),
      'Table "orders": whether it has the required tags Security, Confidentiality, Environment is not known before deployment, use tags: { Security: "…", Confidentiality: "…", Environment: "…" }.',
    ],
    [
      "unknown tags, of which default tags give two",
      tagged(unknown, withoutEnvironment),
      'Table "orders": whether it has the required tag Environment is not known before deployment, use tags: { Environment: "…" }.',
    ],
    [
      "a missing key, when default tags may give it",
      tagged({ ...withoutEnvironment, Team: unknown }, unknown),
      'Table "orders": whether it has the required tag Environment is not known before deployment, use tags: { Environment: "…" }.',
    ],
    [
      "unknown propagation",
      table({ replicas: [replica({ propagateTags: unknown })] }),
      'Replica eu-west-1 of table "orders": replicas[0].propagateTags is not known before deployment, it must become replicas[0].propagateTags: true.',
    ],
  ])("cannot decide: %s", async (_, resource, message) => {
    expect(await check(resource)).toEqual({ violations: [], undecided: [message] });
  });

  describe("with keys and values of one's own", () => {
    const required = { "cost-center": [], Stage: ["live", "test"] };

    it("passes an allowed value, and does not ask for the default keys", async () => {
      expect(await check(tagged({ "cost-center": "12", Stage: "live" }), required)).toEqual({
        violations: [],
        undecided: [],
      });
    });

    it("compares case", async () => {
      expect(await check(tagged({ "cost-center": "12", Stage: "Live" }), required)).toEqual({
        violations: ['Table "orders" has a value of tag Stage that is not allowed: set tag Stage to "live" or "test".'],
        undecided: [],
      });
    });

    it("quotes keys that are no identifiers", async () => {
      expect(await check(tagged({ Stage: "live" }), required)).toEqual({
        violations: ['Table "orders" lacks the required tag cost-center: set tags: { "cost-center": "…" }.'],
        undecided: [],
      });
    });

    it("cannot decide an unknown value where values are given", async () => {
      expect(await check(tagged({ "cost-center": unknown, Stage: unknown }), required)).toEqual({
        violations: [],
        undecided: [
          'Table "orders": the value of tag Stage is not known before deployment, it must be "live" or "test".',
        ],
      });
    });

    it("cannot decide a default tag's value that unknown tags may override", async () => {
      expect(await check(tagged(unknown, { "cost-center": "12", Stage: "live" }), required)).toEqual({
        violations: [],
        undecided: [
          'Table "orders": the value of tag Stage is not known before deployment, it must be "live" or "test".',
        ],
      });
    });

    it("never prints a value that it found", async () => {
      const found = await analyze(tagged({ "cost-center": "12", Stage: secret("hunter2") }), {
        "dynamodb-required-tags": { requiredTags: required },
      });
      expect(found).toHaveLength(1);
      expect(JSON.stringify(found)).not.toContain("hunter2");
    });

    it.each(["__proto__", "constructor", "toString"])("does not take what every object has for tag %s", async (key) => {
      const requiredTags = JSON.parse(`{${JSON.stringify(key)}: []}`);
      expect((await check(tagged({ Stage: "live" }), requiredTags)).violations).toHaveLength(1);
    });

    it("refuses to require a tag that only AWS can set", async () => {
      await expect(check(table(), { "aws:createdBy": [] })).rejects.toThrow(
        'configuration of policy dynamodb-required-tags: requiredTags.aws:createdBy: AWS alone sets tags that begin with "aws:". Remove it.',
      );
    });

    it("refuses to require nothing", async () => {
      await expect(check(table(), {})).rejects.toThrow("requiredTags must have at least 1 entry.");
    });
  });
});
