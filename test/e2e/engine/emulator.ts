import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { inject } from "vitest";

/** An emulated AWS of one account, on a loopback port of its own. */
export interface Emulator {
  endpoint: string;
  pid: number;
  /** Ends it, and waits until it has ended. */
  stop(): Promise<void>;
}

/** Starts moto, which knows most services and in which nothing flows. */
export const startMoto = (): Promise<Emulator> => start(inject("python"), [join(__dirname, "emulator.py")]);

/** Starts a server that prints its address, and ends when its standard input does: so also when this process is killed. */
async function start(command: string, args: string[]): Promise<Emulator> {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
  const endpoint = await firstLine(child);
  return {
    endpoint,
    pid: child.pid!,
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
