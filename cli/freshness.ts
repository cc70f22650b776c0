import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { packageRoot, staleSources } from "../tools/freshness";

/**
 * Makes sure that a command does not run from a build that is older than its sources: builds again and runs the same
 * command from the new build. Does nothing in an installed package.
 */
export function ensureBuilt(): void {
  const stale = staleSources();
  if (stale.length === 0) return;
  process.stderr.write(`${stale[0]}${stale.length > 1 ? ` and ${stale.length - 1} more` : ""} changed: building.\n`);
  const built = node(join(packageRoot, "tools", "build.mjs"));
  process.exit(built === 0 ? node(...process.argv.slice(1)) : 2);
}

const node = (...args: string[]): number => spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 2;
