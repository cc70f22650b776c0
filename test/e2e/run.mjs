// Runs the scenarios and ends with "N passed, M failed". Whatever was started is ended, also when this is interrupted.
// Arguments are vitest's; `--suite=audit` runs the tests of that folder instead.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { SetupError, setup } from "../../tools/e2e/setup.mjs";

const suite = /^--suite=(.*)$/.exec(process.argv[2] ?? "")?.[1];
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
try {
  setup();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  console.log("0 passed, 1 failed");
  process.exit(1);
}

// Everything that a run writes. In this package, since the installed policy pack finds its dependencies there.
const folder = mkdtempSync(join(root, ".cache", "e2e", "run-"));
const report = join(folder, "report.json");
const vitest = spawn(
  process.execPath,
  [
    join(root, "node_modules", "vitest", "vitest.mjs"),
    "run",
    "--config=test/e2e/vitest.config.mts",
    "--reporter=verbose",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...process.argv.slice(suite === undefined ? 2 : 3),
  ],
  // A group of its own, so that it can be ended with everything below it.
  {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
    env: { ...process.env, E2E_FOLDER: folder, ...(suite !== undefined && { E2E_SUITE: suite }) },
  },
);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => {
    endGroup("SIGTERM");
    setTimeout(() => endGroup("SIGKILL"), 5_000).unref();
  });
}

function endGroup(signal) {
  try {
    process.kill(-vitest.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error; // it is gone already
  }
}

vitest.once("exit", (code) => {
  endGroup("SIGKILL"); // what outlived the tests
  let [passed, failed] = [0, 1];
  try {
    const { numPassedTests, numFailedTests, success } = JSON.parse(readFileSync(report, "utf8"));
    passed = numPassedTests;
    failed = success && code === 0 ? numFailedTests : Math.max(numFailedTests, 1);
  } catch {
    // No report: the run did not come to its end.
  }
  rmSync(folder, { recursive: true, force: true });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
});
