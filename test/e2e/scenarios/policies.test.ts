// Proves: that the real engine stops what the policy pack refuses, at preview and at deployment, before anything is made;
// that each verdict, also where none can be reached, is the offline preview's, word by word; and that every example does
// what it says. Does not prove: that the AWS provider's own checks come to the same inputs; explicit providers.
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { packageRoot } from "../../../tools/freshness";
import { differences } from "../engine/equality";
import { judgedIn, objections, offlinePreview, registeredIn } from "../engine/offline";
import { folderStack } from "../engine/programs";
import { Engine, type EngineStack, type Outcome, region } from "../engine/stack";
import { awsResources, inventoryOf } from "../engine/state";
import { emptyAccount, inventory, readAccount } from "../reader/account";

let engine: Engine;
beforeAll(async () => {
  engine = await Engine.start();
});
afterAll(() => engine?.stop());
beforeEach(() => emptyAccount(engine));

const untagged = async () => {
  new aws.dynamodb.Table("orders", {
    billingMode: "PAY_PER_REQUEST",
    hashKey: "id",
    attributes: [{ name: "id", type: "S" }],
    deletionProtectionEnabled: true,
    pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 },
    serverSideEncryption: { enabled: true, kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/of-the-orders" },
  });
};

describe.each([
  {
    what: "an unprotected table",
    open: () => engine.stack(folderStack("examples/unprotected-table")),
    mandatory: [
      "dynamodb-deletion-protection",
      "dynamodb-encryption",
      "dynamodb-point-in-time-recovery",
      "dynamodb-required-tags",
    ],
  },
  {
    what: "an untagged table",
    open: () =>
      engine.stack({ project: "untagged", stack: "dev", config: { "aws:region": region }, program: untagged }),
    mandatory: ["dynamodb-required-tags"],
  },
])("$what", ({ open, mandatory }) => {
  let stack: EngineStack;
  beforeAll(async () => {
    stack = await open();
  });

  it.each([
    ["preview", () => stack.preview()],
    ["up", () => stack.up()],
  ])("is blocked at %s with the CLI's report, and nothing is made", async (_, run) => {
    const outcome = await run();
    expect(outcome.succeeded).toBe(false);
    expect(mandatoryOf(outcome)).toEqual(mandatory);
    for (const policy of mandatory) expect(outcome.text).toMatch(new RegExp(`\\[mandatory\\].* ${policy} `));
    expect(inventory(await readAccount(engine))).toEqual({});
  });
});

describe("engine and offline preview come to the same verdict by every policy on every table", () => {
  const tables = "test/e2e/programs/tables";
  const policyConfig = join(packageRoot, tables, "policies.json");
  const tagged = { "aws:region": region, "aws:defaultTags": { tags: { Environment: "test", Owner: "orders" } } };

  it.each([
    { what: "the example unprotected-table", folder: "examples/unprotected-table", levels: ["mandatory"] },
    { what: "tables of every strength", folder: tables, levels: ["mandatory", "undecided"] },
    {
      what: "the same by a stricter configuration of the pack",
      folder: tables,
      policyConfig,
      levels: ["advisory", "mandatory", "undecided"],
    },
    {
      what: "the same with default tags of the stack",
      folder: tables,
      config: tagged,
      levels: ["mandatory", "undecided"],
    },
  ])("$what", async ({ folder, policyConfig, config, levels }) => {
    const stack = await engine.stack({ ...folderStack(folder), stack: "compared", ...(config && { config }) });
    const [outcome, offline] = [await stack.preview(policyConfig), await offlineWith({ folder, policyConfig, config })];
    expect(objections.ofEngine(outcome)).toEqual(objections.ofPreview(offline));
    expect(levelsOf(objections.ofEngine(outcome))).toEqual(levels);
    expect(outcome.judged).toEqual(judgedIn(offline));
  });
});

it("every example that is a program is tried here", () => {
  const examples = readdirSync(join(packageRoot, "examples")).filter((name) =>
    existsSync(join(packageRoot, "examples", name, "Pulumi.yaml")),
  );
  expect(examples.sort()).toEqual(["protected-table", "stream-workflow", "unprotected-table"]);
});

describe.each(["protected-table", "stream-workflow"])("the example %s", (example) => {
  it("is deployed without a violation, and cannot be destroyed", async () => {
    const stack = await engine.stack(folderStack(`examples/${example}`));
    const up = await stack.up();
    expect([up.succeeded, up.verdicts], up.text).toEqual([true, []]);
    const made = inventoryOf(awsResources(await stack.export()));
    expect([made["tables"]?.length, made["keys"]?.length]).toEqual([1, 2]);

    const folder = join(packageRoot, "examples", example);
    const offline = await offlinePreview({ folder, resolved: true });
    expect([offline.violations, offline.undecided]).toEqual([[], []]);
    expect(up.judged).toEqual(judgedIn(offline));
    expect(differences(awsResources(await stack.export()), registeredIn(offline))).toEqual({});

    const again = await stack.preview();
    expect([again.succeeded, again.steps], again.text).toEqual([true, {}]);

    // What no protected resource needs is destroyed; the table and its key are not.
    const destroy = await stack.destroy();
    expect(destroy.succeeded).toBe(false);
    expect(destroy.text).toContain("protected");
    expect(inventoryOf(awsResources(await stack.export()))["tables"]).toEqual(made["tables"]);
  });
});

async function offlineWith({
  folder,
  config,
  policyConfig,
}: {
  folder: string;
  config?: object;
  policyConfig?: string;
}) {
  const scratch = mkdtempSync(join(tmpdir(), "e2e-config-"));
  const configFile = join(scratch, "Pulumi.compared.yaml");
  writeFileSync(configFile, JSON.stringify({ config: config ?? {} }));
  try {
    return await offlinePreview({
      folder: join(packageRoot, folder),
      stack: "compared",
      configFile,
      ...(policyConfig !== undefined && { policyConfigFile: policyConfig }),
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const levelsOf = (objecting: string[]): string[] => [...new Set(objecting.map((line) => line.split(" ")[0]!))].sort();

const mandatoryOf = ({ verdicts }: Outcome): string[] =>
  verdicts
    .filter(({ level }) => level === "mandatory")
    .map(({ policy }) => policy)
    .sort();
