// Proves: what the policies say of the resources that the example programs register at preview, where a key's ARN is not
// known yet, and that the README of the stopped example prints the reasons that are given.
// Does not prove: the command line, nor what the AWS provider's Check adds.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { workflow } from "../../examples/stream-workflow/workflow";
import { findingDetailType, findingSource } from "../../functions/finding";
import { policies } from "../../policypack/policies";
import { isUndecided } from "../../policypack/undecided";
import { analyze } from "./support/sdk";
import { type TestResource, unknown } from "./support/table";

const examples = join(__dirname, "../../examples");
let registered: TestResource[];

beforeEach(async () => {
  vi.resetModules();
  registered = [];
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ type, name, inputs }) => {
      registered.push({ type, name, props: JSON.parse(JSON.stringify(inputs), revive) });
      return { id: undefined, state: inputs };
    },
    call: () => ({}),
  };
  await pulumi.runtime.setMocks(mocks, "example", "test", true);
});

/** Mocks mark what is not known in their own way. */
function revive(_key: string, value: unknown): unknown {
  return typeof value === "object" && value !== null && "__pulumiUnknown" in value ? unknown : value;
}

async function run(example: string): Promise<void> {
  await import(join(examples, example, "index.ts"));
  await pulumi.runtime.disconnect();
}

describe("examples", () => {
  it("protected-table passes, and at the strictest configuration only its unknown keys are open", async () => {
    await run("protected-table");
    expect(registered.map(({ type }) => type).sort()).toEqual([
      "aws:dynamodb/table:Table",
      "aws:kms/key:Key",
      "aws:kms/key:Key",
    ]);
    const strictest = {
      "dynamodb-encryption": { minimumTier: "customer-managed" },
      "dynamodb-point-in-time-recovery": { minimumRecoveryDays: 35 },
      "dynamodb-required-tags": {
        requiredTags: { Security: ["high"], Confidentiality: [], Environment: ["production"] },
      },
    };
    const table = registered.find(({ type }) => type.includes("dynamodb"))!;
    for (const resource of registered) {
      expect(await analyze(resource)).toEqual([]);
      const open = resource === table ? ["dynamodb-encryption", "dynamodb-encryption"] : [];
      const found = await analyze(resource, strictest);
      expect(found.filter(({ message }) => isUndecided(message)).map(({ policy }) => policy)).toEqual(open);
      expect(found).toHaveLength(open.length);
    }
    expect(table.props["serverSideEncryption"]).toEqual({ enabled: true, kmsKeyArn: unknown });
  });

  it("unprotected-table is stopped by each policy, for the reasons that its README prints", async () => {
    await run("unprotected-table");
    expect(registered).toHaveLength(1);
    const found = await analyze(registered[0]!);
    const reasons = found.map(({ policy, message }) => `- \`${policy}\`: ${message.split("\n")[1]}`);
    expect(found.map(({ policy, level }) => [policy, level])).toEqual(policies.map(({ name }) => [name, "MANDATORY"]));
    const readme = readFileSync(join(examples, "unprotected-table", "README.md"), "utf8");
    expect(readme.split("\n").filter((line) => line.startsWith("- `"))).toEqual(reasons);
  });

  it("stream-workflow passes, and its rule takes what the stream monitor reports", async () => {
    await run("stream-workflow");
    for (const resource of registered) expect(await analyze(resource)).toEqual([]);
    const { props } = registered.find(({ type }) => type === "aws:cloudwatch/eventRule:EventRule")!;
    expect(JSON.parse(String(props["eventPattern"]))).toMatchObject({
      source: [findingSource],
      "detail-type": [findingDetailType],
    });
    const { StartAt, States } = JSON.parse(workflow("topic")) as {
      StartAt: string;
      States: Record<string, { Next?: string; End?: boolean }>;
    };
    const way = [StartAt];
    for (let next = States[StartAt]?.Next; next; next = States[next]?.Next) way.push(next);
    expect(way).toEqual(Object.keys(States));
    expect(States[way.at(-1)!]?.End).toBe(true);
  });
});
