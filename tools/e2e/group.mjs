import { spawn } from "node:child_process";

/** Signals that ask this process to end. */
const endings = ["SIGINT", "SIGTERM", "SIGHUP"];

/** npm passes SIGTERM on to a shell, which ends and does not pass it on. */
const shell = process.env.npm_lifecycle_event === undefined ? undefined : process.ppid;
const abandoned = () => shell !== undefined && process.ppid !== shell;

/**
 * Runs a command in a process group of its own, and ends the whole group when it has ended or when this process is asked to
 * end.
 *
 * @returns its exit code, or null after a signal.
 */
export function runGroup(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], ...options, detached: true });
  const end = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch (error) {
      if (error.code !== "ESRCH") throw error; // it is gone already
    }
  };
  const asked = () => {
    end("SIGTERM");
    setTimeout(() => end("SIGKILL"), 5_000).unref();
  };
  for (const signal of endings) process.on(signal, asked);
  const watch = setInterval(() => {
    if (abandoned()) asked();
  }, 500).unref();
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      for (const signal of endings) process.off(signal, asked);
      clearInterval(watch);
      end("SIGKILL"); // what outlived it
      resolve(code);
    });
  });
}
