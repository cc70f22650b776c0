// Proves: a child process ends with everything that it started, and nothing that it left behind holds up the preview.
// Does not prove: process groups on Windows, which has none.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { afterEach, describe, expect, it } from "vitest";
import { type Child, reportsDescriptor, startNode } from "../../offline/processes";
import { folderOf } from "./support/programs";

const folder = folderOf({});
const started: Child[] = [];
const left: number[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill();
  for (const pid of left.splice(0)) if (isAlive(pid)) process.kill(pid, "SIGKILL");
});

function run(script: string): { child: Child; lines: string[]; pid(): Promise<number> } {
  const lines: string[] = [];
  let first: (line: string) => void;
  const firstLine = new Promise<string>((resolve) => {
    first = resolve;
  });
  const child = startNode(["-e", script], {
    cwd: folder,
    env: process.env,
    onLine: (line) => {
      lines.push(line);
      first(line);
    },
  });
  started.push(child);
  return { child, lines, pid: async () => left[left.push(Number(await firstLine)) - 1]! };
}

/** Prints the id of a process that outlives this one and holds its output open. */
const background = (options: object) =>
  `const sleeper = require("child_process").spawn("sleep", ["60"], ${JSON.stringify({ stdio: "inherit", ...options })});
   sleeper.unref(); console.log(sleeper.pid);`;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
const gone = (pid: number) => expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);

describe("a child process", () => {
  it("reports apart from its output, until its end", async () => {
    const heard: string[] = [];
    const script = `console.log("out"); fs.writeSync(${reportsDescriptor}, "one\\ntwo\\n"); console.error("err"); process.exit(3);`;
    const child = startNode(["-e", script], {
      cwd: folder,
      env: process.env,
      onLine: (line, stream) => heard.push(`${stream} ${line}`),
      onReport: (line) => heard.push(`report ${line}`),
    });
    started.push(child);
    await expect(child.ended).resolves.toEqual({ code: 3, signal: null });
    expect(heard.sort()).toEqual(["report one", "report two", "stderr err", "stdout out"]);
  });

  it("has ended although a process of its own goes on and holds its output", async () => {
    const { child, lines, pid } = run(`${background({ detached: true })} console.log("last");`);
    const before = Date.now();
    await expect(child.ended).resolves.toEqual({ code: 0, signal: null });
    expect(Date.now() - before).toBeLessThan(10_000);
    await pid();
    expect(lines[1]).toBe("last");
  });

  it("that ends takes what it started in its own group with it", async () => {
    const { child, pid } = run(background({}));
    await child.ended;
    await gone(await pid());
  });

  it("that is ended takes what it started with it, even if it does not listen", async () => {
    const { child, pid } = run(`process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); ${background({})}`);
    const sleeper = await pid();
    child.kill();
    await expect(child.ended).resolves.toEqual({ code: null, signal: "SIGKILL" });
    await gone(sleeper);
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "ends when %s ends its parent, which ends by it",
    async (signal) => {
      const bundle = join(folder, "processes.js");
      buildSync({
        entryPoints: [join(__dirname, "../../offline/processes.ts")],
        outfile: bundle,
        platform: "node",
        bundle: true,
      });
      const script = `require(${JSON.stringify(bundle)}).startNode(
      ["-e", "console.log(process.pid); setInterval(() => {}, 1000)"], { cwd: ".", env: process.env, onLine: console.log });`;
      const parent = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
      const [line] = await once(parent.stdout, "data");
      const child = Number(line);
      left.push(child);
      parent.kill(signal);
      expect(await once(parent, "exit")).toEqual([null, signal]);
      await gone(child);
    },
  );
});
