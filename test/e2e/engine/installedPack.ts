import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../../tools/freshness";

/**
 * The policy pack as it is in an installed package: compiled, in its place, without the sources. Returns the folder of the
 * package and of the pack in it. It lies in this package, whose dependencies it finds.
 */
export function installPack(): { folder: string; pack: string } {
  execFileSync(process.execPath, [join(packageRoot, "tools", "build.mjs")], { stdio: "inherit" });
  mkdirSync(join(packageRoot, ".cache", "e2e"), { recursive: true });
  const folder = mkdtempSync(join(packageRoot, ".cache", "e2e", "package-"));
  const pack = join(folder, "policypack");
  for (const path of ["dist", "package.json", "policypack/package.json", "policypack/PulumiPolicy.yaml"]) {
    cpSync(join(packageRoot, path), join(folder, path), { recursive: true });
  }
  return { folder, pack };
}
