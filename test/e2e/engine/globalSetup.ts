import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installPack } from "./installedPack";

declare module "vitest" {
  interface ProvidedContext {
    /** Python that has the emulator and boto3. */
    python: string;
    /** The Pulumi executable. */
    pulumi: string;
    /** Folder of this run, which is removed when it ends. */
    folder: string;
    /** Folder of the policy pack. */
    pack: string;
  }
}

type Provided = import("vitest", { with: { "resolution-mode": "import" }}).ProvidedContext;

/** Prepares what all test files share; the function that it returns prints what they took on trust. */
export default async function setup(project: {
  provide<Key extends keyof Provided>(key: Key, value: Provided[Key]): void;
}): Promise<() => void> {
  const { setup: prepare } = (await import("../../../tools/e2e/setup.mjs" as string)) as {
    setup(): Promise<{ pulumi: string; python: string }>;
  };
  const { pulumi, python } = await prepare();
  const folder = process.env["E2E_FOLDER"];
  if (folder === undefined) throw new Error("Run these tests with: npm run test:e2e");
  const believed = join(folder, "believed.txt");
  writeFileSync(believed, "");
  project.provide("python", python);
  project.provide("pulumi", pulumi);
  // A run inside a run takes the pack that is there.
  project.provide("pack", process.env["E2E_PACK"] ?? installPack(folder));
  project.provide("folder", folder);
  return () => {
    const lines = [...new Set(readFileSync(believed, "utf8").split("\n"))].filter((line) => line !== "").sort();
    console.log(`Taken on trust, since the emulator does not say it:\n${lines.map((line) => `  ${line}`).join("\n")}`);
  };
}
