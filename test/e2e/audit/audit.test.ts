// Proves: that each check of Prowler that fails on a deployed stack has an answer, and that docs/audit.md says so. Does not
// prove: what Prowler would say in AWS, since it reads an emulator here.
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packageRoot } from "../../../tools/freshness";
import { makeTable } from "../engine/existing";
import { rootStack } from "../engine/programs";
import { Engine } from "../engine/stack";
import { explained } from "./explained";
import { auditPage } from "./page";
import { type Finding, runProwler } from "./prowler";

let engine: Engine;
let findings: Finding[];

beforeAll(async () => {
  engine = await Engine.start();
  const config = {
    emails: ["security@example.com"],
    createConfigServiceLinkedRole: true,
    streamMonitor: { tables: [{ streamArn: (await makeTable(engine, "orders")).streamArn }] },
  };
  const stack = await engine.stack(rootStack(config));
  const up = await stack.up();
  expect(up.succeeded, up.text).toBe(true);
  // The table is not the stack's: it was there before.
  findings = (await runProwler(engine.endpoint)).filter(({ resource }) => !resource.endsWith(":table/orders"));
}, 600_000);
afterAll(() => engine?.stop());

it("Prowler looked at what was deployed", () => {
  expect(findings.filter(({ status }) => status === "PASS").length).toBeGreaterThan(100);
});

it("every failing check is explained, and nothing else", () => {
  const failing = findings.filter(({ status }) => status === "FAIL").map(({ check }) => check);
  expect([...new Set(failing)].sort()).toEqual(Object.keys(explained).sort());
});

it("docs/audit.md is up to date (npm run audit:prowler -- -u writes it)", async () => {
  await expect(auditPage(findings)).toMatchFileSnapshot(join(packageRoot, "docs", "audit.md"));
});
