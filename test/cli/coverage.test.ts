// Proves: what the coverage command prints for a stack export, as text and as JSON, and its answers to mistakes.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CoverageOptions, runCoverage } from "../../cli/coverage/command";
import { stackOf } from "../simulation/support/stack";

/** As `pulumi stack export` prints them. */
function exported(...ids: string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), "coverage-")), "stack.json");
  const resources = stackOf(...ids).map(({ urn, type, inputs, outputs, id }) => ({
    urn,
    type,
    id,
    custom: true,
    inputs,
    outputs,
  }));
  writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources } }));
  return file;
}

async function coverage(options: CoverageOptions) {
  const written = { out: "", err: "" };
  const stream = (to: "out" | "err") => ({
    isTTY: false,
    write: (text: string) => {
      written[to] += text;
      return true;
    },
  });
  const code = await runCoverage(options, { stdout: stream("out"), stderr: stream("err") });
  return { code, ...written };
}

describe("coverage", () => {
  const stackFile = exported("backup-deleted", "root-used");

  it("prints the lists with what covers each entry", async () => {
    const { code, out, err } = await coverage({ stackFile });
    expect([code, err]).toEqual([0, ""]);
    const lines = out.split("\n").map((line) => line.trim().replace(/ {2,}/g, " "));
    expect(lines).toContain("Published alerts: 1 OK, 0 PARTIAL, 9 N/A");
    expect(lines).toContain("OK backup-deleted Backup was deleted (backup-deleted)");
    expect(lines).toContain("N/A table-scanned A table was scanned - Not in force: table-scanned.");
    expect(lines).toContain("OK 37 Root user at work on tables (root-used)");
    expect(lines).toContain("2 detections in force; event shapes 1 documented, 0 observed, 1 inferred");
    for (const heading of [
      "AWS practices",
      "ATT&CK techniques",
      "CIS AWS Foundations Benchmark",
      "AWS Security Hub",
      "Known behaviours",
    ]) {
      expect(lines.some((line) => line.startsWith(`${heading}: `))).toBe(true);
    }
  });

  it("prints one JSON object", async () => {
    const { out } = await coverage({ stackFile, json: true });
    const parsed = JSON.parse(out);
    expect(Object.keys(parsed)).toEqual([
      "practices",
      "publishedAlerts",
      "attack",
      "cis",
      "securityHub",
      "survey",
      "evidence",
    ]);
    expect(parsed.evidence).toEqual({ documented: 1, observed: 0, inferred: 1 });
  });

  it("answers a mistake with exit code 2", async () => {
    const { code, out, err } = await coverage({ stackFile: "missing.json" });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("--stack-file missing.json: ENOENT");
  });
});
