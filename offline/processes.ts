import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** How a child process ended. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface Child {
  /** Resolves when the process is gone and its output is read. */
  ended: Promise<Ending>;
  /** Ends the process and what it started: politely first, then for good. */
  kill(): void;
}

/** Time that a process gets to end after SIGTERM. */
const graceMilliseconds = 2_000;
/** Time for output that is still on its way when the process is gone. A process that it left behind holds the pipes open for ever. */
const outputGraceMilliseconds = 500;
/** A process group of its own holds what the child starts, too. On Windows there are none, and `detached` opens a window. */
const ownGroup = process.platform !== "win32";
const endingSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const running = new Set<ChildProcess>();

// Whatever ends this process ends its children.
process.on("exit", killAll);

function killAll(): void {
  for (const child of running) signalTree(child, "SIGKILL");
}

/** Ctrl-C reaches the terminal's own process group only, so it is passed on; then the signal does what it would have done. */
function passOn(signal: NodeJS.Signals): void {
  killAll();
  for (const name of endingSignals) process.off(name, passOn);
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(ownGroup ? -child.pid : child.pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

/** Hears what a process writes, line by line. */
export interface Listener {
  onLine(line: string, stream: "stdout" | "stderr"): void;
  /** What the process writes to `reportsDescriptor`. */
  onReport?(line: string): void;
}

/** File descriptor beside standard input, output and error. */
export const reportsDescriptor = 3;

/** Starts Node.js with these arguments, and hands over its output line by line. */
export function startNode(args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv } & Listener): Child {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe", options.onReport ? "pipe" : "ignore"],
    detached: ownGroup,
  });
  if (running.size === 0) for (const name of endingSignals) process.on(name, passOn);
  running.add(child);
  const { stdout, stderr } = child as { stdout: Readable; stderr: Readable };
  const reports = child.stdio[reportsDescriptor] as Readable | null;
  const listen = (input: Readable, onLine: (line: string) => void) =>
    createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }).on("line", onLine);
  listen(stdout, (line) => options.onLine(line, "stdout"));
  listen(stderr, (line) => options.onLine(line, "stderr"));
  if (reports) listen(reports, (line) => options.onReport?.(line));
  const closeOutput = (): void => {
    for (const stream of [stdout, stderr, reports]) stream?.destroy();
  };
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once("error", reject);
    // `close` comes after the last line; `exit` would lose some.
    child.once("close", (code, signal) => resolve({ code, signal }));
    // `setImmediate`: after a busy spell, what arrived meanwhile is read first.
    child.once("exit", () => setTimeout(() => setImmediate(closeOutput), outputGraceMilliseconds).unref());
  }).finally(() => {
    signalTree(child, "SIGKILL");
    running.delete(child);
    if (running.size === 0) for (const name of endingSignals) process.off(name, passOn);
  });
  // Whoever waits handles the error; nobody waiting must not crash the preview.
  ended.catch(() => undefined);
  return {
    ended,
    kill() {
      if (!running.has(child)) return;
      closeOutput();
      signalTree(child, "SIGTERM");
      setTimeout(() => running.has(child) && signalTree(child, "SIGKILL"), graceMilliseconds).unref();
    },
  };
}
