import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rootStack } from "../engine/programs";
import { Engine } from "../engine/stack";
import { makeTable } from "../engine/tables";
import { emptyAccount } from "../reader/account";
import { runProwler } from "./prowler";

let engine: Engine;
beforeAll(async () => {
  await emptyAccount();
  engine = await Engine.start();
});
afterAll(() => engine?.stop());

it("x", async () => {
  const stack = await engine.stack(
    rootStack({
      emails: ["security@example.com"],
      createConfigServiceLinkedRole: true,
      streamMonitor: { tables: [{ streamArn: await makeTable(engine, "orders") }] },
    }),
  );
  const up = await stack.up();
  expect(up.succeeded, up.text).toBe(true);
  const findings = await runProwler();
  writeFileSync("/tmp/findings.json", JSON.stringify(findings, null, 1));
});
