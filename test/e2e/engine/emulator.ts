import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { inject } from "vitest";
import type { Forgotten } from "../provider/provider";

/** An emulated AWS of one account, on a loopback port of its own. */
export interface Emulator {
  endpoint: string;
  pid: number;
  /** Inputs that it takes and does not report, beside those of the rows, which are moto's. */
  forgets: Forgotten;
  /** Ends it, and waits until it has ended. */
  stop(): Promise<void>;
}

/** Starts moto, which knows most services and in which nothing flows. */
export const startMoto = (): Promise<Emulator> => start(inject("python"), "moto_server.py");

/**
 * Starts ministack, in which the records of a table's stream reach a function that runs in a process of its own.
 *
 * @param scratch folder for what it writes.
 */
export const startMinistack = (scratch: string): Promise<Emulator> =>
  start(inject("ministack"), "ministack_server.py", {
    env: { TMPDIR: scratch },
    forgets: {
      "aws:cloudwatch/metricAlarm:MetricAlarm": { metricQueries: "ministack forgets them" },
      "aws:lambda/eventSourceMapping:EventSourceMapping": { metricsConfig: "ministack forgets it" },
    },
  });

interface Settings {
  env?: NodeJS.ProcessEnv;
  forgets?: Forgotten;
}

/** Starts a server that prints its address, and ends when its standard input does: so also when this process is killed. */
async function start(python: string, script: string, { env, forgets = {} }: Settings = {}): Promise<Emulator> {
  const child = spawn(python, [join(__dirname, script)], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const endpoint = await firstLine(child);
  return {
    endpoint,
    pid: child.pid!,
    forgets,
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.stdin.end();
      const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await ended;
      clearTimeout(late);
    },
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let errors = "";
    child.stderr!.on("data", (text) => {
      errors = `${errors}${text}`.slice(-2_000);
    });
    child.stdout!.once("data", (text) => resolve(String(text).trim()));
    child.once("exit", (code) => reject(new Error(`the emulator ended with exit code ${code}: ${errors}`)));
  });
}
