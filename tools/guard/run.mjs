// Judges configuration items by the Guard texts of the catalog, with a real Guard. It is installed in .cache/ when it is first
// asked for, so that nothing else of the project depends on it. Arguments are vitest's.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const root = join(folder, "../..");
const installed = join(root, ".cache/guard");

function run(command, args, options) {
  const { status } = spawnSync(command, args, { stdio: "inherit", ...options });
  if (status !== 0) process.exit(status ?? 1);
}

const system = { linux: "ubuntu", darwin: "macos" }[process.platform];
const machine = { x64: "x86_64", arm64: "aarch64" }[process.arch];
if (!system || !machine) {
  console.error(
    `There is no Guard for ${process.platform} on ${process.arch}. Run this on Linux or macOS, x64 or arm64.`,
  );
  process.exit(1);
}
const guard = join(installed, "node_modules/@cdklabs/cdk-validator-cfnguard/bin", system, machine, "cfn-guard");

mkdirSync(installed, { recursive: true });
for (const name of ["package.json", "package-lock.json", ".npmrc"]) {
  copyFileSync(join(folder, name), join(installed, name));
}
run("npm", ["ci", "--ignore-scripts", "--prefer-offline"], { cwd: installed });
if (!existsSync(guard)) {
  console.error(`The package holds no Guard at ${guard}.`);
  process.exit(1);
}
const vitest = join(root, "node_modules/vitest/vitest.mjs");
run(process.execPath, [vitest, "run", "--config=test/guard/vitest.config.mts", ...process.argv.slice(2)], {
  cwd: root,
  env: { ...process.env, GUARD: guard },
});
