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
    ["an unknown value of a present key, whatever tagsAll is", tagged({ ...tags, Security: unknown }, 0)],
    ["unknown tags, when default tags give all keys", tagged(unknown, tags)],
    [
      "unknown tags, when default tags give all keys, one value unknown",
      tagged(unknown, { ...tags, Security: unknown }),
    ],
    ["secret tags", tagged(secret(tags))],
    ["a secret value", tagged({ ...tags, Security: secret("high") })],
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
    ...["", " \t"].map((value): [string, TestResource, string] => [
      `an empty value, ${JSON.stringify(value)}`,
      tagged({ ...tags, Security: value }),
      'Table "orders" has an empty tag Security, which says nothing: set tags: { Security: "…" }.',
    ]),
    [
      "an empty default tag",
      tagged(withoutEnvironment, { ...withoutEnvironment, Environment: "" }),
      'Table "orders" has an empty tag Environment, which says nothing: set tags: { Environment: "…" }.',
    ],
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
      { ...tagged({ ...withoutEnvironment, Team: unknown }, unknown), provider: { defaultTags: unknown } },
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

  describe("with tags from the provider's configuration, where tagsAll is not known", () => {
    const open = tagged({ ...withoutEnvironment, Team: unknown }, unknown);
    const defaults = (given: unknown) => ({ ...open, provider: { defaultTags: given } });
    const asText = (given: unknown) => defaults(JSON.stringify(given));
    const inDoubt = noEnvironment
      .replace(" lacks", ": whether it has")
      .replace(": set", " is not known before deployment, use");
    it.each<[string, TestResource, "pass" | "violation" | "undecided"]>([
      ["no default tags", { ...open, provider: {} }, "violation"],
      ["default tags without the key", asText({ tags: { Team: "data" } }), "violation"],
      ["no tags in default tags", asText({}), "violation"],
      ["default tags that are null", asText(null), "violation"],
      ["default tags with the key", asText({ tags: { Environment: "production" } }), "pass"],
      ["default tags as a map", defaults({ tags: { Environment: "production" } }), "pass"],
      ["default tags as a map without the key", defaults({ tags: { Team: "data" } }), "violation"],
      ["a default tag of unknown value", defaults({ tags: { Environment: unknown } }), "pass"],
      ["a secret default tag", asText({ tags: secret({ Environment: secret("production") }) }), "pass"],
      ["secret default tags", defaults(secret(JSON.stringify({ tags: { Team: "data" } }))), "violation"],
      ["unknown default tags", defaults({ tags: unknown }), "undecided"],
      ["an unknown text", defaults(unknown), "undecided"],
      ["a text that is no JSON", defaults("{tags"), "undecided"],
      ["a list", asText([{ tags: {} }]), "undecided"],
    ])("%s", async (_, resource, expected) => {
      expect(await check(resource)).toEqual({
        violations: expected === "violation" ? [noEnvironment] : [],
        undecided: expected === "undecided" ? [inDoubt] : [],
      });
    });

    it("does not let default tags outvote tagsAll, which is what the provider made of them", async () => {
      const resource = tagged(withoutEnvironment, withoutEnvironment);
      const provider = { defaultTags: JSON.stringify({ tags: { Environment: "production" } }) };
      expect((await check({ ...resource, provider })).violations).toEqual([noEnvironment]);
    });

    it("takes a default tag for there where the table's own are not known", async () => {
      const provider = { defaultTags: JSON.stringify({ tags: withoutEnvironment }) };
      expect(await check({ ...tagged(unknown, unknown), provider })).toEqual({ violations: [], undecided: [inDoubt] });
    });
  });

  describe("with tags that the provider ignores", () => {
    const ignoring = (ignoreTags: unknown) => ({ ...table(), provider: { ignoreTags } });
    const ignored = (keys: string) =>
      `Table "orders": the provider's ignoreTags covers the required ${keys}, which it then does not apply, take this out of ignoreTags.`;
    it.each<[string, TestResource, string]>([
      ["a key", ignoring(JSON.stringify({ keys: ["Security"] })), ignored("tag Security")],
      ["a map", ignoring({ keys: ["Security"] }), ignored("tag Security")],
      [
        "a prefix",
        ignoring(JSON.stringify({ keyPrefixes: ["Env", "Conf"] })),
        ignored("tags Confidentiality, Environment"),
      ],
      [
        "a TableReplica",
        { ...tableReplica(), provider: { ignoreTags: { keys: ["Security"] } } },
        ignored("tag Security").replace("Table", "Table replica").replace("orders", "orders-eu"),
      ],
    ])("refuses: %s", async (_, resource, message) => {
      expect(await check(resource)).toEqual({ violations: [message], undecided: [] });
    });

    it("gives one reason for a tag that is ignored and missing", async () => {
      const resource = { ...tagged(withoutEnvironment), provider: { ignoreTags: { keys: ["Environment"] } } };
      expect(await check(resource)).toEqual({ violations: [ignored("tag Environment")], undecided: [] });
    });

    it.each<[string, TestResource]>([
      ["other keys", ignoring(JSON.stringify({ keys: ["Team", "security"], keyPrefixes: ["kubernetes.io/"] }))],
      ["nothing", ignoring(JSON.stringify({}))],
    ])("passes: %s", async (_, resource) => {
      expect(await check(resource)).toEqual({ violations: [], undecided: [] });
    });

    it.each<[string, TestResource]>([
      ["all of it unknown", ignoring(unknown)],
      ["unknown keys", ignoring({ keys: unknown })],
      ["one unknown prefix", ignoring({ keyPrefixes: ["kubernetes.io/", unknown] })],
      ["a text that is no JSON", ignoring("keys")],
    ])("cannot decide: %s", async (_, resource) => {
      expect(await check(resource)).toEqual({
        violations: [],
        undecided: [
          'Table "orders": the provider\'s ignoreTags is not known before deployment, it must not cover the required tags Security, Confidentiality, Environment.',
        ],
      });
    });
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
