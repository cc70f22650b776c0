import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PreviewError } from "./previewError";
import { type Project, shownPath } from "./project";

/** Oldest SDK whose runtime the preview speaks to. */
const oldest = [3, 200] as const;

/** The program's own Pulumi SDK. */
export interface Installation {
  version: string;
  /** What the real language host runs. */
  runner: string;
}

/** Finds the SDK that the program itself would load. */
export function findSdk(project: Project): Installation {
  const own = nearestManifest(project.programFolder);
  const manifest = resolveFrom(project.programFolder, "@pulumi/pulumi/package.json");
  if (!manifest) {
    throw new PreviewError(
      `${shownPath(project.root)}: @pulumi/pulumi is not installed there. Run \`npm ci\` (or \`npm install\`) in ` +
        `${shownPath(dirname(own?.file ?? project.file))} first.`,
    );
  }
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    throw new PreviewError(
      `${shownPath(dirname(manifest))} is version ${version}; the offline preview needs ${oldest.join(".")}.0 or newer. ` +
        "Run `npm install @pulumi/pulumi@^3` there.",
    );
  }
  return { version, runner: join(dirname(manifest), "cmd", "run") };
}

/** A file of a package, as seen from a folder. */
export function resolveFrom(folder: string, request: string): string | undefined {
  try {
    return createRequire(join(folder, "index.js")).resolve(request);
  } catch {
    return undefined;
  }
}

/** What a `package.json` says of a program. */
export interface Manifest {
  file: string;
  main?: string;
  type?: string;
}

/** The nearest `package.json` upwards. */
export function nearestManifest(folder: string): Manifest | undefined {
  for (let current = folder; ; current = dirname(current)) {
    const file = join(current, "package.json");
    if (existsSync(file)) return { ...readManifest(file), file };
    if (current === dirname(current)) return undefined;
  }
}

function readManifest(file: string): Omit<Manifest, "file"> {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new PreviewError(`${shownPath(file)}: ${(error as Error).message}`);
  }
}
