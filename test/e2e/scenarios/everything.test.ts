// Proves: with every part switched on, that what boto3 reads from the account is wired as meant, with policies that admit
// the intended services and nobody else; and that the checks which say so notice what is wrong.
// Does not prove: that AWS takes the same calls, or acts on them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Deployment, deployEverything } from "../engine/everything";
import { Engine } from "../engine/stack";
import { checks, type Deployed, failing } from "../reader/checks";
import { faults } from "../reader/faults";

let engine: Engine;
let deployment: Deployment;
let deployed: Deployed;

beforeAll(async () => {
  engine = await Engine.start();
  deployment = await deployEverything(engine);
  expect(deployment.up.succeeded, deployment.up.text).toBe(true);
  deployed = await deployment.read();
});
afterAll(() => engine?.stop());

describe("boto3 reads", () => {
  it.each(checks.map((check) => [check.what, check] as const))("%s", (_, check) => check.holds(deployed));
});

describe("what somebody breaks is noticed", () => {
  it.each(faults.map((fault) => [fault.what, fault] as const))("%s", async (_, { make, noticedBy }) => {
    const mend = await make(engine.provider.account, deployed);
    try {
      expect(failing(await deployment.read())).toEqual(noticedBy);
    } finally {
      await mend();
    }
  });

  it("and was mended each time, so that each was noticed by itself", async () => {
    expect(failing(await deployment.read())).toEqual([]);
  });

  it("by every check", () => {
    const noticing = new Set(faults.flatMap(({ noticedBy }) => noticedBy));
    expect(checks.map(({ what }) => what).filter((what) => !noticing.has(what))).toEqual([]);
  });
});
