import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How a child process ended. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Child {
  /** Resolves when the process is gone and its output is read. */
  ended: Promise<Ending>;
  /** Ends the process: politely first, then for good. */
  kill(): void;
}

/** Time that a process gets to end after SIGTERM. */
const graceMilliseconds = 2_000;
const running = new Set<ChildProcess>();

// Whatever ends this process ends its children.
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts Node.js with these arguments, and hands over its output line by line. */
export function startNode(
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; onLine(line: string, stream: "stdout" | "stderr"): void },
): Child {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  for (const stream of ["stdout", "stderr"] as const) {
    createInterface({ input: child[stream], crlfDelay: Number.POSITIVE_INFINITY }).on("line", (line) =>
      options.onLine(line, stream),
    );
  }
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once("error", reject);
    // `close` comes after the last line; `exit` would lose some.
    child.once("close", (code, signal) => resolve({ code, signal }));
  }).finally(() => running.delete(child));
  // Whoever waits handles the error; nobody waiting must not crash the preview.
  ended.catch(() => undefined);
  return {
    ended,
    kill() {
      if (!running.has(child)) return;
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), graceMilliseconds).unref();
    },
  };
}
