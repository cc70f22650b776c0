import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../../tools/freshness";
import { programOf } from "../engine/programs";
import { Engine, type EngineStack } from "../engine/stack";

describe("default", () => {
  let engine: Engine;
  let stack: EngineStack;
  beforeAll(async () => {
    engine = await Engine.start();
    stack = await engine.stack({
      project: "dynamodb-detective",
      stack: "dev",
      projectFile: join(packageRoot, "Pulumi.yaml"),
      program: programOf(),
      config: {"dynamodb-detective:createConfigServiceLinkedRole": true, "dynamodb-detective:emails": ["a@example.com"], "dynamodb-detective:tags": {Team: "x"}}
    });
  });
  afterAll(() => engine.stop());
  it("ups", async () => {
    const outcome = await stack.up();
    console.log(outcome.text);
    expect(outcome.succeeded).toBe(true);
  });
  it("no changes", async () => {
    const outcome = await stack.preview();
    console.log(outcome.text, outcome.steps);
    const outcome2 = await stack.refresh();
    console.log(outcome2.text, outcome2.steps);
    expect(outcome.succeeded).toBe(true);
  });
  it("destroys", async () => {
    const outcome = await stack.destroy();
    console.log(outcome.text, outcome.steps);
    expect(outcome.succeeded).toBe(true);
  });
});
