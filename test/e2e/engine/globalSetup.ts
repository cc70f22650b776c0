import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installPack } from "./installedPack";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the emulated AWS. */
    endpoint: string;
    /** Python that has boto3. */
    python: string;
    /** The Pulumi executable. */
    pulumi: string;
    /** Folder of this run, which is removed when it ends. */
    folder: string;
    /** Folder of the policy pack. */
    pack: string;
  }
}

/** Starts the emulator for all tests; the function it returns ends it. */
type Provided = import("vitest", { with: { "resolution-mode": "import" }}).ProvidedContext;

export default async function setup(project: {
  provide<Key extends keyof Provided>(key: Key, value: Provided[Key]): void;
}): Promise<() => Promise<void>> {
  const { setup: prepare } = (await import("../../../tools/e2e/setup.mjs" as string)) as {
    setup(): { pulumi: string; python: string };
  };
  const { pulumi, python } = prepare();
  const folder = process.env["E2E_FOLDER"];
  if (folder === undefined) throw new Error("Run these tests with: npm run test:e2e");
  const believed = join(folder, "believed.txt");
  writeFileSync(believed, "");
  const emulator = spawn(python, [join(__dirname, "emulator.py")], { stdio: ["pipe", "pipe", "pipe"] });
  project.provide("endpoint", await firstLine(emulator));
  project.provide("python", python);
  project.provide("pulumi", pulumi);
  project.provide("pack", installPack(folder));
  project.provide("folder", folder);
  return async () => {
    const ended = new Promise((resolve) => emulator.once("exit", resolve));
    emulator.stdin.end();
    const late = setTimeout(() => emulator.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(late);
    const lines = [...new Set(readFileSync(believed, "utf8").split("\n"))].filter((line) => line !== "").sort();
    console.log(`Taken on trust, since the emulator does not say it:\n${lines.map((line) => `  ${line}`).join("\n")}`);
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let errors = "";
    child.stderr!.on("data", (text) => {
      errors = `${errors}${text}`.slice(-2_000);
    });
    child.stdout!.once("data", (text) => resolve(String(text).trim()));
    child.once("exit", (code) => reject(new Error(`the emulator ended with exit code ${code}: ${errors}`)));
  });
}
