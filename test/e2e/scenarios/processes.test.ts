// Proves: on Linux, that every server of a deployment listens on the loopback interface only; and that a run which is
// interrupted ends everything below it, says how many tests passed and failed, and leaves no folder behind.
// Does not prove: what a run leaves that is killed with SIGKILL; other operating systems.
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import * as aws from "@pulumi/aws";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { packageRoot } from "../../../tools/freshness";
import { isAlive, isLoopback, listensAt, type Process, processesBelow } from "../engine/processes";
import { Engine, region } from "../engine/stack";

const onLinux = process.platform === "linux";

describe("the servers of a deployment", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.start();
  });
  afterAll(() => engine?.stop());

  it.runIf(onLinux)("listen on the loopback interface only", async () => {
    const servers: { [server: string]: string[] } = {};
    const stack = await engine.stack({
      project: "listening",
      stack: "dev",
      config: { "aws:region": region },
      // When the topic is there, the engine has asked the policy pack and the provider.
      program: async () => {
        const { arn } = new aws.sns.Topic("topic");
        await new Promise((resolve) => arn.apply(resolve));
        servers["program and provider"] = listensAt(process.pid);
        for (const { pid, command } of processesBelow(process.pid)) {
          const server = Object.keys(commands).find((name) => commands[name]!.test(command));
          if (server) servers[server] = listensAt(pid);
          else expect([command, listensAt(pid)]).toEqual([command, []]);
        }
      },
    });
    const up = await stack.up();
    expect(up.succeeded, up.text).toBe(true);

    expect(Object.keys(servers).sort()).toEqual([...Object.keys(commands), "program and provider"].sort());
    for (const [server, addresses] of Object.entries(servers)) {
      expect(addresses.length, server).toBeGreaterThan(0);
      expect([server, addresses.filter((address) => !isLoopback(address))]).toEqual([server, []]);
    }
  });

  const commands: { [server: string]: RegExp } = {
    emulator: /emulator\.py/,
    engine: /\bpulumi up\b/,
    "policy pack": /run-policy-pack/,
  };

  it.runIf(onLinux)("would be noticed on another interface", async () => {
    // Not connected to by anybody, and closed at once.
    const [open, closed] = await Promise.all(["0.0.0.0", "127.0.0.1"].map(listening));
    try {
      const found = listensAt(process.pid);
      expect(found).toContain(`0.0.0.0:${open!.port}`);
      expect(found).toContain(`127.0.0.1:${closed!.port}`);
      expect([`0.0.0.0:${open!.port}`, "[::]:80", "10.0.0.1:80", "[::ffff:10.0.0.1]:80"].filter(isLoopback)).toEqual(
        [],
      );
      expect(["127.0.0.1:80", "[::1]:80", "[::ffff:127.0.0.1]:80"].filter((one) => !isLoopback(one))).toEqual([]);
    } finally {
      open!.close();
      closed!.close();
    }
  });
});

describe("a run that is interrupted", () => {
  it.runIf(onLinux).each([
    { signal: "SIGINT" as const, command: [process.execPath, join(packageRoot, "test/e2e/run.mjs"), "lifecycle"] },
    // npm hands it to a shell, which ends and leaves the run behind.
    { signal: "SIGTERM" as const, command: ["npm", "run", "test:e2e", "--", "lifecycle"] },
  ])("by $signal ends everything that it started", async ({ signal, command: [file, ...args] }) => {
    const before = runFolders();
    const run = spawn(file!, args, {
      cwd: packageRoot,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, E2E_PACK: inject("pack") },
    });
    let text = "";
    for (const stream of [run.stdout, run.stderr]) stream.on("data", (more) => (text += more));
    const started = await deploying(run, () => text);
    // Its output is closed when everything that writes there has ended.
    const ended = new Promise((resolve) => run.once("close", resolve));
    run.kill(signal);
    await ended;

    expect(text.trimEnd().split("\n").pop()).toMatch(/^\d+ passed, [1-9]\d* failed$/);
    // The policy pack looks for its parent twice a second.
    const left = await settled(() => started.filter(({ pid }) => isAlive(pid)));
    expect(left.map(({ command }) => command)).toEqual([]);
    expect(runFolders()).toEqual(before);
  });
});

/** Waits until there is everything that a run starts, and returns it. */
async function deploying(run: ChildProcess, text: () => string): Promise<Process[]> {
  const wanted = [/vitest/, /emulator\.py/, /\bpulumi (preview|up)\b/, /run-policy-pack/];
  const deadline = Date.now() + 240_000;
  while (Date.now() < deadline && run.exitCode === null) {
    const started = processesBelow(run.pid!);
    if (wanted.every((pattern) => started.some(({ command }) => pattern.test(command)))) return started;
    await pause(50);
  }
  throw new Error(`the run inside did not come to a deployment:\n${text()}`);
}

/** What is left after a while; at once where there is nothing. */
async function settled<T>(left: () => T[]): Promise<T[]> {
  const deadline = Date.now() + 30_000;
  while (left().length > 0 && Date.now() < deadline) await pause(100);
  return left();
}

const runFolders = (): string[] => readdirSync(dirname(inject("folder"))).filter((name) => name.startsWith("run-"));
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function listening(host: string): Promise<{ port: number; close(): void }> {
  const server = createServer();
  return new Promise((resolve) =>
    server.listen(0, host, () =>
      resolve({ port: (server.address() as { port: number }).port, close: () => server.close() }),
    ),
  );
}
