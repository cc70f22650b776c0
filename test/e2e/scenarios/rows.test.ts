// Proves: for the resource types that components may use, that the stand-in provider makes, reads, changes in place and
// removes them with the settings that programs/allRows.ts gives, and that each arrives in the account.
// Does not prove: that AWS or the AWS provider takes these settings.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../../tools/freshness";
import { Engine, type EngineStack, region } from "../engine/stack";
import { awsResources, inventoryOf } from "../engine/state";
import { allRows } from "../programs/allRows";
import { inventory, readAccount } from "../reader/account";

describe("resources of the types that components may use", () => {
  let engine: Engine;
  let stack: EngineStack;
  let second = false;
  /** A protected table could not be removed again. */
  const policyConfig = join(packageRoot, "test/e2e/programs/allRows.policies.json");

  beforeAll(async () => {
    engine = await Engine.start();
    const config = { "aws:region": region };
    stack = await engine.stack({ project: "rows", stack: "dev", config, program: () => allRows(second) });
  });
  afterAll(() => engine?.stop());

  async function agreesWithItself(): Promise<void> {
    const preview = await stack.preview(policyConfig);
    expect([preview.succeeded, preview.steps], preview.text).toEqual([true, {}]);
    const refresh = await stack.refresh();
    expect([refresh.succeeded, refresh.steps], refresh.text).toEqual([true, {}]);
    expect(inventory(await readAccount(engine))).toEqual(inventoryOf(awsResources(await stack.export())));
  }

  it("are made, as the program wrote them", async () => {
    const up = await stack.up();
    expect([up.succeeded, Object.keys(up.steps)], up.text).toEqual([true, ["create"]]);
    await agreesWithItself();
  });

  it("are changed in place, all that have something to change", async () => {
    second = true;
    const up = await stack.up(policyConfig);
    expect([up.succeeded, Object.keys(up.steps)], up.text).toEqual([true, ["update"]]);
    const untouched = ["key", "lambda", "firehose", "log-stream", "logs-invokes", "once", "role", "sms", "sns-invokes"];
    const names = awsResources(await stack.export()).map(({ urn }) => urn.split("::").pop()!);
    expect(names.filter((name) => !up.steps.update!.includes(name)).sort()).toEqual(untouched.sort());
    await agreesWithItself();
  });

  it("keep no secret in plain text in the state", async () => {
    expect(engine.stateOnDisk()).toContain("/detective/salt");
    expect(engine.stateOnDisk()).not.toMatch(/pepper|paprika/);
  });

  it("are removed, all of them", async () => {
    const destroy = await stack.destroy();
    expect(destroy.succeeded, destroy.text).toBe(true);
    expect(inventory(await readAccount(engine))).toEqual({});
  });
});
