// Proves: exit codes and reports of `dynamodb-detective preview` around the offline preview itself.
// Does not prove: the compiled command's start (`npm test` does not build); what the verdicts mean (test/offline).
import { afterEach, describe, expect, it, vi } from "vitest";
import { runPreview } from "../../cli/preview/command";
import { exitCode } from "../../cli/preview/exitCode";
import type { Verdict } from "../../offline/policies/verdicts";
import { policies } from "../../policypack/policies";
import { file, folderOf, imports, ownPack, program, table } from "../offline/support/programs";

const policyPack = ownPack();

interface Outcome {
  code: number;
  out: string;
  err: string;
}

async function command(dir: string, options: Parameters<typeof runPreview>[1] = {}): Promise<Outcome> {
  const outcome: Outcome = { code: -1, out: "", err: "" };
  for (const [stream, key] of [
    [process.stdout, "out"],
    [process.stderr, "err"],
  ] as const) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      outcome[key] += String(text);
      return true;
    });
  }
  outcome.code = await runPreview(dir, { policyPack, ...options });
  vi.restoreAllMocks();
  return outcome;
}
afterEach(() => vi.restoreAllMocks());

describe("exit code", () => {
  const verdict = (enforcementLevel: Verdict["enforcementLevel"]): Verdict => ({
    policy: "p",
    enforcementLevel,
    urn: "u",
    message: "m",
    description: "d",
  });
  const stack = { urn: "s", type: "pulumi:pulumi:Stack", name: "shop-dev", inputs: {}, protect: false };
  const none = {
    violations: [],
    undecided: [],
    notInspected: [],
    lookups: [],
    resources: [stack, { ...stack, urn: "u", parent: "s" }],
  };
  const unseen = { urn: "u", type: "t", reason: "r" };
  it.each([
    ["nothing found", none, 0, 0],
    ["nothing registered", { ...none, resources: [stack] }, 0, 1],
    ["an advisory violation", { ...none, violations: [verdict("advisory")] }, 0, 0],
    ["a mandatory violation", { ...none, violations: [verdict("advisory"), verdict("mandatory")] }, 1, 1],
    ["something undecided", { ...none, undecided: [verdict("mandatory")] }, 0, 1],
    ["something not inspected", { ...none, notInspected: [unseen] }, 0, 1],
    ["a look-up without an answer", { ...none, lookups: [{ token: "a:b:c", args: {}, add: "" }] }, 0, 1],
  ])("of %s", (_, result, lenient, strict) => {
    expect(exitCode(result, false)).toBe(lenient);
    expect(exitCode(result, true)).toBe(strict);
  });
});

const yaml = { "Pulumi.yaml": "name: shop\nruntime: nodejs\n" };
const oldSdk = { "node_modules/@pulumi/pulumi/package.json": '{ "version": "3.199.0" }' };

describe("preview", () => {
  const weak = () =>
    program({
      "index.ts": `${imports} new aws.dynamodb.Table("orders", { attributes: [{ name: "id", type: "S" }], hashKey: "id" });`,
    });

  it("prints exactly one JSON object with every registered resource", async () => {
    const { code, out, err } = await command(weak(), { json: true });
    const report = JSON.parse(out);
    expect(err).toBe("");
    expect(code).toBe(1);
    expect(report.resources.map(({ name }: { name: string }) => name)).toEqual(["shop-dev", "orders"]);
    expect(Object.keys(report.resources[1])).toEqual(
      expect.arrayContaining(["urn", "type", "name", "inputs", "parent", "protect"]),
    );
    expect(report.policies.map(({ policy }: Verdict) => policy).sort()).toEqual([
      "dynamodb-deletion-protection",
      "dynamodb-encryption",
      "dynamodb-point-in-time-recovery",
      "dynamodb-required-tags",
    ]);
    expect(Object.keys(report.policies[0])).toEqual(
      expect.arrayContaining(["policy", "enforcementLevel", "urn", "message"]),
    );
    expect(report).toMatchObject({
      undecided: [],
      coverage: expect.any(Array),
      advice: expect.any(Array),
      quotas: expect.any(Array),
    });
    expect(report.summary).toMatchObject({ exitCode: 1, mandatory: 4 });
  });

  it("names the table, the policies and what to write, for people", async () => {
    const { code, out } = await command(weak());
    expect(code).toBe(1);
    expect(out).toContain("└─ orders  aws.dynamodb.Table  blocked");
    expect(out).toContain("  mandatory  dynamodb-deletion-protection\n");
    expect(out).toContain("deletionProtectionEnabled: true");
    expect(out).toMatch(/Blocked: 1 resource, 4 mandatory violations/);
  });

  it("passes a protected table, and obeys --policy-config and --strict", async () => {
    const folder = program({
      "index.ts": `${imports} const key = new aws.kms.Key("key"); ${table("orders", { tags: "key.arn.apply((arn) => ({ Security: arn }))" })}`,
    });
    const disabled = file("policies.json", '{ "dynamodb-required-tags": "disabled" }');
    const strict = await command(folder, { strict: true });
    expect(strict.code).toBe(1);
    expect(strict.out).toContain("Undecided");
    expect((await command(folder, { strict: true, policyConfig: disabled })).code).toBe(0);
  });

  it("says which policies were not as the pack has them", async () => {
    const folder = weak();
    const off = await command(folder, { policyConfig: file("policies.json", '{ "all": "disabled" }') });
    const names = policies.map(({ name }) => name).sort((a, b) => a.localeCompare(b));
    const all = names.join(", ");
    expect(names).toContain("dynamodb-deletion-protection");
    expect(off.code).toBe(0);
    expect(off.out).toContain(`\nDisabled: ${all}\nNo policy is in force: nothing was judged.\n`);

    const policyConfig = file(
      "policies.json",
      '{ "all": "disabled", "dynamodb-encryption": "advisory", "dynamodb-required-tags": { "enforcementLevel": "mandatory", "requiredTags": { "Owner": [] } } }',
    );
    const some = await command(folder, { policyConfig });
    const rest = names.filter((name) => name !== "dynamodb-encryption" && name !== "dynamodb-required-tags");
    expect(some.out).toContain(
      [
        `\nDisabled: ${rest.join(", ")}`,
        "Advisory instead of mandatory: dynamodb-encryption",
        'Settings: dynamodb-required-tags.requiredTags = {"Owner":[]}\n',
      ].join("\n"),
    );
    const { policyLevels } = JSON.parse((await command(folder, { policyConfig, json: true })).out);
    expect(policyLevels).toContainEqual({
      policy: "dynamodb-required-tags",
      enforcementLevel: "mandatory",
      packLevel: "mandatory",
      settings: { requiredTags: { Owner: [] } },
    });
  });

  it.each([
    ["no project", () => file("README.md", "").replace(/README\.md$/, ""), {}, /no Pulumi\.yaml there/],
    ["a missing configuration file", weak, { config: "missing.yaml" }, /^--config missing\.yaml: no such file\.$/m],
    [
      "a folder that is no policy pack",
      weak,
      { policyPack: () => folderOf(yaml) },
      /: no PulumiPolicy\.yaml there\. Name the folder of a policy pack: --policy-pack DIR$/m,
    ],
    ["a wrong timeout", weak, { timeout: "soon" }, /--timeout soon: expected a number of seconds/],
    [
      "an unknown policy",
      weak,
      { policyConfig: () => file("p.json", '{ "dynamodb-tags": "disabled" }') },
      /unknown policy "dynamodb-tags"/,
    ],
    [
      "packages that are not installed",
      () => folderOf(yaml),
      {},
      /@pulumi\/pulumi is not installed there\. Run `npm ci`/,
    ],
    [
      "an old SDK",
      () => folderOf({ ...yaml, ...oldSdk }),
      {},
      /is version 3\.199\.0; the offline preview needs 3\.200\.0 or newer/,
    ],
  ])("exits 2 for %s", async (_, folder, options, message) => {
    const given = Object.fromEntries(
      Object.entries(options as Record<string, unknown>).map(([key, value]) => [
        key,
        typeof value === "function" ? value() : value,
      ]),
    );
    const { code, out, err } = await command(folder(), given);
    expect(err).toMatch(message);
    expect(code).toBe(2);
    expect(out).toBe("");
  });
});
