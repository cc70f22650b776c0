// Proves: what an audit says of exports and plans, in each format, through the pack as a process; exit codes.
// Does not prove: that Pulumi writes such files (their shapes are those of apitype.ResourceV3 and display.PreviewDigest, as
// documented in its sources), nor that code scanning takes the SARIF.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { runAudit } from "../../cli/audit/command";
import { removals } from "../../cli/audit/removals";
import { linesOf } from "../../cli/audit/report";
import { PlanError, plannedStates, readPlan, removedStates } from "../../offline/audit/plan";
import { file, ownPack } from "../offline/support/programs";

const policyPack = ownPack();
type State = Record<string, unknown>;
const urnOf = (type: string, name: string) => `urn:pulumi:prod::shop::${type}::${name}`;
const tableType = "aws:dynamodb/table:Table";
const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const tags = { Security: "high", Confidentiality: "internal", Environment: "production" };
const stack: State = { urn: urnOf("pulumi:pulumi:Stack", "shop-prod"), custom: false, type: "pulumi:pulumi:Stack" };
const provider: State = {
  urn: urnOf("pulumi:providers:aws", "default_7"),
  custom: true,
  id: "0a1b",
  type: "pulumi:providers:aws",
  inputs: { region: "eu-west-1", version: "7.48.0" },
};
const strong = {
  deletionProtectionEnabled: true,
  pointInTimeRecovery: { __defaults: [], enabled: true },
  serverSideEncryption: { enabled: true },
  tags,
  tagsAll: tags,
  __defaults: ["name"],
};
const table = (name: string, inputs: object = strong, more: State = {}): State => ({
  urn: urnOf(tableType, name),
  custom: true,
  id: name,
  type: tableType,
  inputs,
  outputs: inputs,
  parent: stack["urn"],
  provider: `${provider["urn"]}::0a1b`,
  ...more,
});
const exported = (...resources: State[]) =>
  file(
    "export.json",
    JSON.stringify({ version: 3, deployment: { manifest: {}, resources: [stack, provider, ...resources] } }, null, 2),
  );
const step = (op: string, name: string, more: State = {}): State => ({
  op,
  urn: urnOf(tableType, name),
  oldState: table(name),
  ...(op !== "delete" && { newState: table(name) }),
  ...more,
});
const same = (state: State) => ({ op: "same", urn: state["urn"], oldState: state, newState: state });
const planned = (...steps: State[]) => file("plan.json", JSON.stringify({ config: {}, steps, changeSummary: {} }));

async function command(given: string | undefined, options: Parameters<typeof runAudit>[1] = {}) {
  const outcome = { code: -1, out: "", err: "" };
  for (const [stream, key] of [
    [process.stdout, "out"],
    [process.stderr, "err"],
  ] as const) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      outcome[key] += String(text);
      return true;
    });
  }
  outcome.code = await runAudit(given, { policyPack, ...options });
  vi.restoreAllMocks();
  return outcome;
}
afterEach(() => vi.restoreAllMocks());

const found = async (given: string | undefined, options: Parameters<typeof runAudit>[1] = {}) => {
  const { code, out } = await command(given, { ...options, json: true });
  const { policies, undecided, ...rest } = JSON.parse(out) as Record<string, { policy: string; urn: string }[]>;
  const short = (list: { policy: string; urn: string }[]) =>
    list.map(({ policy, urn }) => `${urn.split("::").at(-1)} ${policy}`);
  return { code, violations: short(policies!), undecided: short(undecided!), rest };
};

describe("an audit of an export", () => {
  it("passes what complies, and tells what does not", async () => {
    expect(await found(exported(table("strong")))).toMatchObject({ code: 0, violations: [], undecided: [] });
    const weak = exported(table("strong"), table("weak", { ...strong, deletionProtectionEnabled: false }));
    expect(await found(weak)).toMatchObject({ code: 1, violations: ["weak dynamodb-deletion-protection"] });
  });

  it("never passes what is encrypted, and reads what is shown, without printing it", async () => {
    const encrypted = {
      ...strong,
      deletionProtectionEnabled: { ...secret, ciphertext: "v1:abc" },
      tags: { ...tags, Owner: { ...secret, ciphertext: "v1:x" } },
    };
    const given = exported(table("hidden", encrypted));
    expect(await found(given)).toMatchObject({
      code: 0,
      violations: [],
      undecided: ["hidden dynamodb-deletion-protection"],
    });
    expect((await found(given, { strict: true })).code).toBe(1);
    const plaintext = (value: unknown) => ({ ...secret, plaintext: JSON.stringify(value) });
    const shown = {
      ...strong,
      deletionProtectionEnabled: plaintext(true),
      tags: plaintext({ ...tags, Owner: "hunter2-owner" }),
    };
    const { code, out } = await command(exported(table("shown", shown)), { json: true, strict: true });
    expect(code).toBe(0);
    expect(out).not.toContain("hunter2-owner");
  });

  it("reads options, default tags, and what only the whole stack tells", async () => {
    const policyConfig = file(
      "policies.json",
      JSON.stringify({
        "dynamodb-protect": { enforcementLevel: "mandatory", forTags: { Environment: ["production"] } },
        "dynamodb-backup-plan": { enforcementLevel: "mandatory", forTags: { Environment: ["production"] } },
      }),
    );
    const selection = {
      urn: urnOf("aws:backup/selection:Selection", "nightly"),
      type: "aws:backup/selection:Selection",
      custom: true,
      inputs: { resources: ["*"] },
    };
    const given = exported(table("open"), table("kept", strong, { protect: true, ignoreChanges: ["tags"] }));
    expect((await found(given, { policyConfig })).violations).toEqual([
      "open dynamodb-protect",
      "kept dynamodb-ignore-changes",
      "open dynamodb-backup-plan",
      "kept dynamodb-backup-plan",
    ]);
    const backed = exported(table("kept", strong, { protect: true }), selection);
    expect((await found(backed, { policyConfig })).violations).toEqual([]);
  });

  it("leaves out what waits to be deleted and what the stack only refers to", async () => {
    const given = exported(
      table("old", {}, { delete: true }),
      table("others", {}, { external: true }),
      table("strong"),
    );
    expect(await found(given, { strict: true })).toMatchObject({ code: 0, violations: [] });
  });

  it("of nothing fails with --strict, and lists what it cannot see", async () => {
    expect((await found(exported())).code).toBe(0);
    expect((await found(exported(), { strict: true })).code).toBe(1);
    const dynamic = table(
      "made",
      {},
      { type: "pulumi-nodejs:dynamic:Resource", urn: urnOf("pulumi-nodejs:dynamic:Resource", "made") },
    );
    const { code, rest } = await found(exported(dynamic), { strict: true });
    expect([code, rest["notInspected"]]).toEqual([
      1,
      [expect.objectContaining({ type: "pulumi-nodejs:dynamic:Resource" })],
    ]);
  });
});

describe("an audit of a plan", () => {
  it("judges what there would be, and finds tables in production that go", async () => {
    const plan = planned(
      same(stack),
      same(provider),
      step("create", "new", { newState: table("new", {}), oldState: undefined }),
      step("delete", "orders"),
      step("delete", "test", { oldState: table("test", { ...strong, tags: { ...tags, Environment: "test" } }) }),
      step("delete", "retained", { oldState: table("retained", strong, { retainOnDelete: true }) }),
      step("replace", "replaced", { replaceReasons: ["hashKey"] }),
    );
    const { code, violations, undecided } = await found(undefined, { plan });
    expect(code).toBe(1);
    expect(violations).toEqual([
      "orders dynamodb-production-table-removal",
      "replaced dynamodb-production-table-removal",
      "new dynamodb-required-tags",
      "new dynamodb-deletion-protection",
      "new dynamodb-point-in-time-recovery",
      "new dynamodb-encryption",
    ]);
    expect(undecided).toEqual([]);
  });

  it("takes the tags of dynamodb-protect for production", async () => {
    const policyConfig = file(
      "policies.json",
      JSON.stringify({ "dynamodb-protect": { forTags: { Security: ["high"] } } }),
    );
    const oldState = table("test", { ...strong, tags: { ...tags, Environment: "test" } });
    const plan = planned(same(stack), step("delete", "test", { oldState }));
    expect((await found(undefined, { plan, policyConfig })).violations).toEqual([
      "test dynamodb-production-table-removal",
    ]);
  });

  it("says what a plan leaves out", async () => {
    const { undecided, rest } = await found(undefined, { plan: planned(step("update", "orders")) });
    expect(undecided).toEqual(["orders dynamodb-required-tags"]);
    expect(rest["notes"]).toEqual([expect.stringContaining("--show-sames")]);
  });

  it.each([
    ["[secret]", "undecided"],
    ["04da6b54-80e4-46f7-96ec-b56ff0331ba9", "undecided"],
  ])("does not pass a property that is %s", async (value) => {
    const state = table("orders", { ...strong, deletionProtectionEnabled: value });
    const plan = planned(same(stack), same(provider), step("create", "orders", { newState: state }));
    expect((await found(undefined, { plan })).undecided).toEqual(["orders dynamodb-deletion-protection"]);
  });
});

describe("removals", () => {
  const read = (...steps: State[]) => readPlan(JSON.stringify({ steps }));
  const kinds = (...steps: State[]) => {
    const { violations, undecided } = removals(read(...steps));
    return [violations.map(({ message }) => message), undecided.map(({ message }) => message)];
  };

  it("are each told once, with the reason", () => {
    const steps = ["create-replacement", "replace", "delete-replaced"].map((op) =>
      step(op, "orders", op === "replace" ? { replaceReasons: ["hashKey", "name"] } : {}),
    );
    expect(kinds(...steps)).toEqual([
      [expect.stringMatching(/^The plan replaces table "orders" with its items, because of hashKey, name: /)],
      [],
    ]);
    expect(kinds(step("delete", "orders"))[0]).toEqual([
      expect.stringMatching(/^The plan deletes table "orders" with its items: /),
    ]);
  });

  it.each(["same", "update", "create", "import", "refresh", "read", "read-replacement"])("are none by %s", (op) =>
    expect(kinds(step(op, "orders"))).toEqual([[], []]),
  );

  it("are found in whatever created the table, and undecided where that cannot be read", () => {
    const gone = (type: string, inputs: object) =>
      kinds({ op: "delete", urn: urnOf(type, "it"), oldState: { urn: urnOf(type, "it"), type, inputs } });
    const templateBody = JSON.stringify({
      Resources: { T: { Type: "AWS::DynamoDB::Table", Properties: { Tags: [{ Key: "Environment", Value: "prod" }] } } },
    });
    expect(gone("aws:cloudformation/stack:Stack", { templateBody })[0]).toHaveLength(1);
    expect(gone("aws:cloudformation/stack:Stack", { templateUrl: "https://s3/t" })[1]).toHaveLength(1);
    expect(gone(tableType, { tags: { Environment: { ...secret, ciphertext: "v1" } } })[1]).toHaveLength(1);
    expect(gone(tableType, { tags: { Environment: { ...secret, plaintext: '"prod"' } } })[0]).toHaveLength(1);
    expect(gone("aws:sqs/queue:Queue", { tags: { Environment: "prod" } })).toEqual([[], []]);
  });

  it("leave what is new in the plan", () => {
    const steps = read(step("create-replacement", "a"), step("delete-replaced", "a"), step("delete", "b"));
    expect(plannedStates(steps).map(({ id }) => id)).toEqual(["a"]);
    expect(removedStates(steps).map(({ state, replaced }) => [state["id"], replaced])).toEqual([
      ["a", true],
      ["b", false],
    ]);
  });

  it.each(["", "[]", "{}", '{"deployment":{}}', '{"steps":{}}'])("are read from plans alone, not from %j", (text) =>
    expect(() => readPlan(text)).toThrow(PlanError),
  );

  it("are none in a plan without steps", () => expect(readPlan('{"changeSummary":{}}')).toEqual([]));
});

describe("a report", () => {
  const weak = exported(
    table("weak", { ...strong, deletionProtectionEnabled: false }),
    table("hidden", { ...strong, pointInTimeRecovery: { enabled: { ...secret, ciphertext: "v1" } } }),
  );

  it("for people says where, what and how to mend it", async () => {
    const { code, out } = await command(weak);
    expect(code).toBe(1);
    expect(out).toContain("Audit of shop, stack prod (");
    expect(out).toContain(
      'weak  aws.dynamodb.Table\n  mandatory  dynamodb-deletion-protection\n    Table "weak" can be deleted with one call: set deletionProtectionEnabled: true.',
    );
    expect(out).toContain(
      "Undecided: these values cannot be read here\nhidden  aws.dynamodb.Table\n  undecided  dynamodb-point-in-time-recovery",
    );
    expect(out).toMatch(/Failed: 4 resources, 1 mandatory violation, 0 advisory, \d+ undecided, 0 not inspected\n$/);
  });

  it("in SARIF has a rule, a place and a level for each finding", async () => {
    const { code, out } = await command(weak, { sarif: true });
    const { version, runs } = JSON.parse(out);
    expect([code, version, runs.length]).toEqual([1, "2.1.0", 1]);
    const [{ results, tool }] = runs;
    const [result] = results;
    expect(tool.driver.rules[result.ruleIndex]).toMatchObject({
      id: "dynamodb-deletion-protection",
      helpUri: expect.stringMatching(/^https:/),
      properties: { "security-severity": "5.5" },
    });
    const line = result.locations[0].physicalLocation.region.startLine;
    expect(readFileSync(weak, "utf8").split("\n")[line - 1]).toContain(urnOf(tableType, "weak"));
    expect(result).toMatchObject({ ruleId: "dynamodb-deletion-protection", level: "error" });
    expect(new Set(results.map(({ level }: { level: string }) => level))).toEqual(new Set(["error", "note"]));
    const strict = JSON.parse((await command(weak, { sarif: true, strict: true })).out).runs[0].results;
    expect(new Set(strict.map(({ level }: { level: string }) => level))).toEqual(new Set(["error"]));
    const prints = results.map((each: { partialFingerprints: object }) => JSON.stringify(each.partialFingerprints));
    expect(new Set(prints).size).toBe(prints.length);
  });

  it("in JUnit has a case for each policy, and what is undecided skipped", async () => {
    const { out } = await command(weak, { junit: true });
    expect(out).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="dynamodb-detective" tests="\d+" failures="1" skipped="1" errors="0">/,
    );
    expect(out).toContain(
      `<testcase classname="dynamodb-deletion-protection" name="${urnOf(tableType, "weak")}">\n      <failure message="Table &quot;weak&quot; can be`,
    );
    expect(out).toContain('<testcase classname="dynamodb-encryption" name="every resource"/>');
    expect(out.match(/<testcase /g)).toHaveLength(Number(/tests="(\d+)"/.exec(out)![1]));
    expect((await command(weak, { junit: true, strict: true })).out).toContain('failures="2" skipped="0"');
  });

  it("in JUnit is XML whatever a resource is called", async () => {
    const nasty = exported(table(`a"<&>'\u0001\u001b[31m`, {}));
    const { out } = await command(nasty, { junit: true });
    expect(out).toContain("a&quot;&lt;&amp;&gt;&apos;\ufffd\ufffd[31m");
    expect(out.replace(/[\n\t]/g, "")).not.toMatch(/\p{Cc}/u);
  });

  it("knows lines by URN", () => {
    expect(linesOf('{\n "urn": "a",\n "x": 1,\n "urn": "b \\"q\\""\n}')('b "q"')).toBe(4);
    expect(linesOf("{}")("a")).toBe(1);
  });
});

describe("wrong usage", () => {
  it.each<[string, string | undefined, Parameters<typeof runAudit>[1], RegExp]>([
    ["nothing", undefined, {}, /nothing to audit/],
    ["both", "a.json", { plan: "b.json" }, /name one of them/],
    ["two formats", exported(), { json: true, sarif: true }, /--json and --sarif: choose one/],
    ["no such file", "none.json", {}, /none\.json: ENOENT/],
    ["a plan as an export", planned(step("create", "a")), {}, /For the output of pulumi preview --json use --plan/],
    ["an export as a plan", undefined, { plan: exported() }, /no "steps"/],
    [
      "a policy that there is none of",
      exported(),
      { policyConfig: file("p.json", '{"dynamodb-encrption":"advisory"}') },
      /unknown policy "dynamodb-encrption". Did you mean "dynamodb-encryption"/,
    ],
    [
      "a wrong key",
      exported(),
      { policyConfig: file("p.json", '{"dynamodb-encryption":{"tier":"x"}}') },
      /unknown property "tier"/,
    ],
    [
      "an exemption of everything",
      exported(table("a")),
      {
        policyConfig: file(
          "p.json",
          '{"dynamodb-encryption":{"exemptions":[{"resource":"*","reason":"r","expires":"2030-01-01"}]}}',
        ),
      },
      /lets everything off/,
    ],
    ["no time", exported(), { timeout: "0" }, /--timeout 0/],
  ])("is exit 2: %s", async (_, given, options, message) => {
    const { code, out, err } = await command(given, options);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
  });
});

it("the pipelines on the page are YAML that runs these commands", () => {
  const page = readFileSync(join(__dirname, "../../docs/ci.md"), "utf8");
  const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text!);
  expect(blocks).toHaveLength(2);
  for (const block of blocks) {
    expect(parseAllDocuments(block).flatMap((document) => ("errors" in document ? document.errors : []))).toEqual([]);
    expect(JSON.stringify(parse(block))).toMatch(
      /dynamodb-detective preview \. --strict.*dynamodb-detective audit .*--strict/,
    );
  }
});
