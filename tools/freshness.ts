import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { compiledFolders } from "./compiled.json";

/** The folder of the package, whether this runs compiled or from the sources. */
export const packageRoot: string = (function find(folder: string): string {
  const manifest = join(folder, "package.json");
  const found = existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).name === "dynamodb-detective";
  return found ? folder : find(dirname(folder));
})(__dirname);

/**
 * Sources that differ from those that dist/ was compiled from, as paths relative to the package. Empty in an installed
 * package, which cannot be compiled, and where the code runs from its sources.
 */
export function staleSources(root = packageRoot): string[] {
  const compiled = __dirname.startsWith(join(root, "dist"));
  if (!compiled || !existsSync(join(root, "package-lock.json"))) return [];
  const stamp = join(root, "dist", "build.json");
  const built: Record<string, number> = JSON.parse(readFileSync(stamp, "utf8")).sources;
  const stale: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name === "node_modules") continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (path.endsWith(".ts")) {
        const name = relative(root, path);
        if (built[name] !== statSync(path).mtimeMs) stale.push(name);
        delete built[name];
      }
    }
  };
  for (const folder of compiledFolders) if (existsSync(join(root, folder))) visit(join(root, folder));
  return [...stale, ...Object.keys(built)];
}
