import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { vi } from "vitest";
import { packageRoot } from "../../../tools/freshness";

/** The program of a folder of this package, run in this process: its modules are loaded anew, as by the CLI. */
export const programOf =
  (folder = "."): PulumiFn =>
  async () => {
    vi.resetModules();
    const exports = (await import(join(packageRoot, folder, "index.ts"))) as { [output: string]: unknown };
    return { ...exports };
  };
