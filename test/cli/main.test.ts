// Proves: usage of the command, before any project is read. Does not prove: how fast it answers (bench).
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";

const root = resolve(__dirname, "../..");
const folder = join(root, ".cache", `command-${process.pid}`);
mkdirSync(folder, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const main = join(folder, "main.js");
buildSync({
  entryPoints: [join(root, "cli/main.ts")],
  outfile: main,
  bundle: true,
  platform: "node",
  packages: "external",
});

/** Prints the packages that a run loaded when it ends. */
const lister = join(folder, "list.cjs");
writeFileSync(
  lister,
  'process.on("exit", () => process._rawDebug(Object.keys(require.cache).filter((file) => /node_modules/.test(file)).join("\\n")));',
);

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
}

describe("the command", () => {
  it("answers --help without loading Pulumi, gRPC, YAML or zod", () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ["--require", lister, main, "preview", "--help"], {
      encoding: "utf8",
    });
    expect(status).toBe(0);
    expect(stdout).toContain("Usage: dynamodb-detective preview [options] [dir]");
    expect(stdout).toContain("--policy-config <file>");
    expect(stdout).toContain("Exit code: 0 no mandatory violation");
    const packages = stderr
      .trim()
      .split("\n")
      .map((path) => path.replace(/^.*node_modules\/((@[^/]+\/)?[^/]+)\/.*$/, "$1"));
    expect([...new Set(packages)]).toEqual(["commander"]);
  });

  it.each([
    [["preview", "--stak", "dev"], /unknown option '--stak'\n\(Did you mean --stack\?\)/],
    [["previw"], /unknown command 'previw'\n\(Did you mean preview\?\)/],
    [["preview", "one", "two"], /too many arguments/],
    [[], /Usage: dynamodb-detective/],
  ])("refuses %j with exit code 2", (args, message) => {
    const { status, stderr } = run(...args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});
