import { basename, join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { vi } from "vitest";
import { packageRoot } from "../../../tools/freshness";
import { region, type StackSettings } from "./stack";

/** The program of a folder of this package, run in this process: its modules are loaded anew, as by the CLI. */
export const programOf =
  (folder = "."): PulumiFn =>
  async () => {
    vi.resetModules();
    const exports = (await import(join(packageRoot, folder, "index.ts"))) as { [output: string]: unknown };
    return { ...exports };
  };

/** The program at the root of this package. Configuration keys are those of docs/configuration.md. */
export const rootStack = (config: { [key: string]: unknown } = {}, stack = "dev"): StackSettings => ({
  project: "dynamodb-detective",
  stack,
  projectFile: join(packageRoot, "Pulumi.yaml"),
  program: programOf(),
  config: rootConfig(config),
});

/** Configuration as a stack file has it. */
export const rootConfig = (config: { [key: string]: unknown } = {}): { [key: string]: unknown } => ({
  "aws:region": region,
  ...Object.fromEntries(Object.entries(config).map(([key, value]) => [`dynamodb-detective:${key}`, value])),
});

/** The program of a folder of this package. */
export const folderStack = (folder: string): StackSettings => ({
  project: basename(folder),
  stack: "dev",
  projectFile: join(packageRoot, folder, "Pulumi.yaml"),
  program: programOf(folder),
});
