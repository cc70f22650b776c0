import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../tools/freshness";

/**
 * The policy pack as it is in an installed package: compiled, in its place, without the sources.
 *
 * @param folder where to install it, somewhere in this package, whose dependencies it finds.
 * @returns the folder of the pack.
 */
export function installPack(folder: string): string {
  execFileSync(process.execPath, [join(packageRoot, "tools", "build.mjs")], { stdio: "inherit" });
  const installed = join(folder, "package");
  for (const path of ["dist", "package.json", "policypack/package.json", "policypack/PulumiPolicy.yaml"]) {
    cpSync(join(packageRoot, path), join(installed, path), { recursive: true });
  }
  return join(installed, "policypack");
}
