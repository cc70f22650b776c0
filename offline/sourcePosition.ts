import { join } from "node:path";
import { nearestManifest, resolveFrom } from "./installation";
import type { Project } from "./project";
import type { Registration } from "./registration";

/**
 * Where the program writes a resource: `file:line`, or the file alone where lines are those of compiled code. Takes the
 * source as the SDK says it: `project:///index.ts` or `file:///…`. Undefined for what a package makes.
 */
export function sourcePositions(
  project: Project,
  shown: (path: string) => string,
): (source: Registration["source"]) => string | undefined {
  const compiled = compiledByLoader(project);
  return (source) => {
    if (source === undefined || source.file.includes("/node_modules/")) return undefined;
    const path = decodeURIComponent(source.file.replace(/^(project|file):\/\//, ""));
    const place = shown(source.file.startsWith("project:") ? join(project.root, path) : path);
    return compiled && /\.[cm]?tsx?$/.test(path) ? place : `${place}:${source.line}`;
  };
}

/** The SDK reads the source maps of what its own ts-node compiles, and Node.js itself moves no line; other loaders do. */
function compiledByLoader(project: Project): boolean {
  if (project.nodeArguments.some((argument) => /^--(experimental-)?(loader|import|require)\b|^-r$/.test(argument))) {
    return true;
  }
  const isModule = nearestManifest(project.programFolder)?.type === "module";
  return isModule && resolveFrom(project.programFolder, "ts-node/esm") !== undefined;
}
