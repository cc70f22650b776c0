// Proves: what an exemption lets off, for how long, and that none is silent. Does not prove: who may write one.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { policies } from "../../policypack/policies";
import { analyze, analyzeStack } from "./support/sdk";
import { table, unknown } from "./support/table";

const policy = "dynamodb-deletion-protection";
const weak = table({ deletionProtectionEnabled: false });
const problem = 'Table "orders" can be deleted with one call: set deletionProtectionEnabled: true.';
const exemption = { resource: "orders", reason: "moved next week", expires: "2026-03-31" };
const judged = async (exemptions: object[], resource = weak) =>
  (await analyze(resource, { [policy]: { exemptions } }))
    .filter((each) => each.policy === policy)
    .map(({ level, message }) => [level, message.split("\n").at(-1)]);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime("2026-03-31T23:59:59Z");
});
afterEach(() => {
  vi.useRealTimers();
});

describe("an exemption", () => {
  it.each<[string, string]>([
    ["a name", "orders"],
    ["a pattern of names", "ord*"],
    ["a URN", "urn:pulumi:test::test::aws:dynamodb/table:Table::orders"],
    ["a pattern of URNs", "urn:pulumi:*::test::*::orders"],
  ])("by %s lets off, and is reported", async (_, resource) => {
    expect(await judged([{ ...exemption, resource }])).toEqual([
      ["ADVISORY", `[exempt] until 2026-03-31, moved next week: ${problem}`],
    ]);
  });

  it.each(["order", "Orders", "orders?", "urn:pulumi:prod::*", "*-orders"])(
    "of %s is of something else",
    async (resource) => {
      expect(await judged([{ ...exemption, resource }])).toEqual([["MANDATORY", problem]]);
    },
  );

  it("ends with its day, in UTC", async () => {
    vi.setSystemTime("2026-04-01T00:00:00Z");
    expect(await judged([exemption])).toEqual([
      ["MANDATORY", `${problem} The exemption of "orders" expired on 2026-03-31.`],
    ]);
    expect(await judged([exemption, { ...exemption, expires: "2026-04-30" }])).toEqual([
      ["ADVISORY", expect.stringContaining("[exempt] until 2026-04-30")],
    ]);
  });

  it.each<[object, string]>([
    [{ reason: undefined }, 'The exemption of "orders" has no reason.'],
    [{ reason: " " }, 'The exemption of "orders" has no reason.'],
    [{ expires: undefined }, 'The exemption of "orders" has no day on which it expires.'],
  ])("that is incomplete does not count: %j", async (change, message) => {
    expect(await judged([{ ...exemption, ...change }])).toEqual([["MANDATORY", `${problem} ${message}`]]);
  });

  it("lets off what is undecided too, and says nothing where all is well", async () => {
    expect(await judged([exemption], table({ deletionProtectionEnabled: unknown }))).toEqual([
      ["ADVISORY", expect.stringMatching(/^\[exempt\] until/)],
    ]);
    expect(await judged([exemption], table())).toEqual([]);
  });

  it("is of one policy", async () => {
    const found = await analyze(table({ deletionProtectionEnabled: false, tags: {}, tagsAll: {} }), {
      [policy]: { exemptions: [exemption] },
    });
    expect(found.map((each) => [each.policy, each.level])).toEqual([
      ["dynamodb-required-tags", "MANDATORY"],
      [policy, "ADVISORY"],
    ]);
  });

  it("is taken by policies on whole stacks", async () => {
    const configuration = { forTags: { Environment: [] }, exemptions: [exemption] };
    const found = await analyzeStack([table()], { "dynamodb-backup-plan": configuration });
    expect(found.map(({ level, about }) => [level, about])).toEqual([["ADVISORY", "orders"]]);
    expect(found[0]?.message).toContain("[exempt] until 2026-03-31, moved next week");
  });

  it.each<[object, string]>([
    [{ resource: "*" }, 'exemptions[0].resource is "*", which lets everything off.'],
    [{ resource: "**" }, "lets everything off"],
    [{ resource: "urn:*" }, "lets everything off"],
    [{ resource: "urn:pulumi:*::*" }, "lets everything off"],
    [{ resource: "" }, "lets everything off"],
    [{ resource: undefined }, "exemptions[0].resource is missing."],
    [{ expires: "tomorrow" }, 'exemptions[0].expires is "tomorrow". Write the last day on which it counts'],
    [{ expires: "2026-02-30" }, 'exemptions[0].expires is "2026-02-30", which is no day.'],
    [{ until: "2026-02-01" }, 'unknown key in exemptions[0] "until".'],
  ])("that is none is an error, for every policy: %j", (change, message) => {
    for (const { checkConfiguration } of policies) {
      expect(() => checkConfiguration({ exemptions: [{ ...exemption, ...change }] })).toThrow(message);
    }
  });
});
