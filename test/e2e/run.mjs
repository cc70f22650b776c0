// Runs the scenarios and ends with "N passed, M failed". Whatever was started is ended, also when this is interrupted.
// Arguments are vitest's; `--suite=audit` runs the tests of that folder instead.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runGroup } from "../../tools/e2e/group.mjs";
import { SetupError, setup } from "../../tools/e2e/setup.mjs";

const suite = /^--suite=(.*)$/.exec(process.argv[2] ?? "")?.[1];
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
try {
  await setup();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  console.log("0 passed, 1 failed");
  process.exit(1);
}

// Everything that a run writes. In this package, since the installed policy pack finds its dependencies there.
const folder = mkdtempSync(join(root, ".cache", "e2e", "run-"));
const report = join(folder, "report.json");
const code = await runGroup(
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
  { cwd: root, env: { ...process.env, E2E_FOLDER: folder, ...(suite !== undefined && { E2E_SUITE: suite }) } },
);

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
