// Proves: the command as a process: on the program of this repository, from standard input, and in bounded memory.
// Does not prove: what it prints (replay.test.ts), nor its speed and its growth (bench/).
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalog, isStateful } from "../../detections";
import { data, management } from "../simulation/support/records";
import { stackOf } from "../simulation/support/stack";

const root = resolve(__dirname, "../..");
mkdirSync(join(root, ".cache"), { recursive: true });
const folder = mkdtempSync(join(root, ".cache", "replay-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const command = join(folder, "replay.cjs");
const stackFile = join(folder, "stack.json");
beforeAll(() => {
  // Peak memory is told last, on standard error.
  const contents = `
    import { runReplay } from "./cli/replay/command";
    const [paths, options] = JSON.parse(process.argv[2]);
    runReplay(paths, options).then((code) => {
      process.exitCode = code;
      process.stderr.write(\`\${process.resourceUsage().maxRSS}\\n\`);
    });`;
  buildSync({
    stdin: { contents, resolveDir: root },
    outfile: command,
    bundle: true,
    platform: "node",
    packages: "external",
  });
  const resources = stackOf(...catalog.filter((each) => !isStateful(each)).map(({ id }) => id));
  writeFileSync(stackFile, JSON.stringify({ version: 3, deployment: { resources } }));
});

function run(paths: string[], options: object, { input = "", heap = 512 } = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [`--max-old-space-size=${heap}`, command, JSON.stringify([paths, { json: true, ...options }])],
    { input, encoding: "utf8", cwd: root, maxBuffer: 1 << 28 },
  );
  const { summary } = JSON.parse(stdout.trimEnd().split("\n").at(-1) || "{}");
  return { status, stdout, stderr, summary, peakMegabytes: Number(stderr.trimEnd().split("\n").at(-1)) / 1024 };
}

it("reads standard input", () => {
  const input = `${JSON.stringify(data("Scan", "0"))}\n${JSON.stringify(data("GetItem", "1"))}\n`;
  expect(run(["-"], { stackFile }, { input })).toMatchObject({
    status: 0,
    summary: { files: 1, events: 2, relevant: 1, alerts: 1 },
  });
});

it("without a stack file: the resolved preview of the program in the current folder", () => {
  const config = join(folder, "Pulumi.test.yaml");
  writeFileSync(config, JSON.stringify({ config: { "dynamodb-detective:emails": ["security@example.com"] } }));
  const input = JSON.stringify(management("DeleteBackup", "0"));
  const { status, stdout } = run(["-"], { config, failOn: "high" }, { input });
  expect(status).toBe(1);
  expect(JSON.parse(stdout.split("\n")[0]!)).toMatchObject({ detection: "backup-deleted", severity: "high" });
});

describe("memory", () => {
  /** A day in one file of about 5 MB, of which one event in twenty is relevant. */
  const events = Array.from({ length: 4000 }, (_, i) => {
    const time = `${(i * 86_400) / 4000 / 60 - 600}`;
    const more = { userAgent: "x".repeat(300), requestParameters: { tableName: "orders", note: "y".repeat(200) } };
    return i % 20 === 0 ? data("Scan", time, more) : data("GetItem", time, more);
  });
  const text = JSON.stringify({ Records: events });

  function days(count: number): string {
    const path = join(folder, `days-${count}`);
    mkdirSync(path);
    for (let i = 0; i < count; i++) {
      const day = new Date(Date.UTC(2026, 0, 5 + i)).toISOString().slice(0, 10);
      writeFileSync(join(path, `${day}.json.gz`), gzipSync(text.replaceAll("2026-01-05", day), { level: 1 }));
    }
    return path;
  }

  it("stays small, whatever the folder holds", () => {
    const count = 30;
    expect(text.length * count).toBeGreaterThan(100e6);
    const { summary, peakMegabytes } = run([days(count)], { stackFile }, { heap: 64 });
    expect(summary).toMatchObject({ files: 30, events: 120_000, relevant: 6000, invalid: 0, late: 0 });
    expect(peakMegabytes).toBeLessThan(256);
  });
});
