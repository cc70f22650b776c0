// Mutation testing of detections/ and simulation/, or with `catalog` first of the catalog's data. The tool is installed in
// .cache/ when it is first asked for, so that nothing else of the project depends on it. Arguments go to `stryker run`.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const root = join(folder, "../..");
const installed = join(root, ".cache/mutation");

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

mkdirSync(installed, { recursive: true });
for (const name of ["package.json", "package-lock.json", ".npmrc"]) {
  copyFileSync(join(folder, name), join(installed, name));
}
run("npm", ["install", "--ignore-scripts", "--prefer-offline"], installed);
const stryker = join(installed, "node_modules/@stryker-mutator/core/bin/stryker.js");
const [first, ...others] = process.argv.slice(2);
const [config, args] = first === "catalog" ? ["catalog", others] : ["stryker", process.argv.slice(2)];
run(process.execPath, [stryker, "run", `tools/mutation/${config}.config.mjs`, ...args], root);
