// Proves: that the real engine stops what the policy pack refuses, at preview and at deployment, before anything is
// made; that its verdicts are the offline preview's, word by word; and that every example does what it says.
// Does not prove: that the AWS provider's own checks come to the same inputs.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { preview } from "../../../offline/preview";
import { packageRoot } from "../../../tools/freshness";
import { differences, type Registered } from "../engine/equality";
import { exampleStack } from "../engine/programs";
import { Engine, type EngineStack, nameOf, type Outcome, region } from "../engine/stack";
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
    open: () => engine.stack(exampleStack("unprotected-table")),
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

describe("the example unprotected-table", () => {
  it("gets the same verdicts from the offline preview", async () => {
    const stack = await engine.stack({ ...exampleStack("unprotected-table"), stack: "compared" });
    const { verdicts } = await stack.preview();
    const offline = await preview({
      folder: join(packageRoot, "examples", "unprotected-table"),
      packFolder: inject("pack"),
    });
    const said = (policy: string, level: string, urn: string, message: string) =>
      `${level} ${policy} ${nameOf(urn)}: ${plain(message)}`;
    expect(verdicts.map(({ policy, level, urn, message }) => said(policy, level, urn, message)).sort()).toEqual(
      offline.violations
        .map(({ policy, enforcementLevel, urn, description, message }) =>
          said(policy, enforcementLevel, urn, `${description}\n${message}`),
        )
        .sort(),
    );
    expect(offline.undecided).toEqual([]);
  });
});

it("every example that is a program is tried here", () => {
  const examples = readdirSync(join(packageRoot, "examples")).filter((name) =>
    existsSync(join(packageRoot, "examples", name, "Pulumi.yaml")),
  );
  expect(examples.sort()).toEqual(["protected-table", "unprotected-table"]);
});

describe("the example protected-table", () => {
  it("is deployed without a violation, and cannot be destroyed", async () => {
    const stack = await engine.stack(exampleStack("protected-table"));
    const up = await stack.up();
    expect([up.succeeded, up.verdicts], up.text).toEqual([true, []]);
    const made = inventoryOf(awsResources(await stack.export()));
    expect([made["tables"]?.length, made["keys"]?.length]).toEqual([1, 2]);

    const offline = await preview({
      folder: join(packageRoot, "examples", "protected-table"),
      packFolder: inject("pack"),
      resolved: true,
    });
    expect([offline.violations, offline.undecided]).toEqual([[], []]);
    const registered = offline.resources.filter(({ type }) => type.startsWith("aws:"));
    expect(differences(awsResources(await stack.export()), registered as Registered[])).toEqual({});

    const destroy = await stack.destroy();
    expect(destroy.succeeded).toBe(false);
    expect(destroy.text).toContain("protected");
    const again = await stack.preview();
    expect([again.succeeded, again.steps], again.text).toEqual([true, {}]);
  });
});

const mandatoryOf = ({ verdicts }: Outcome): string[] =>
  verdicts
    .filter(({ level }) => level === "mandatory")
    .map(({ policy }) => policy)
    .sort();

/** Without the colours and blank lines that the engine puts around a message. */
const plain = (message: string): string =>
  message
    .replace(/<\{%.*?%\}>/g, "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
