/** The pack as a process, compiled from the present sources into a folder of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { createInterface } from "node:readline";
import { type ChannelCredentials, credentials } from "@grpc/grpc-js";
import type { AnalyzerClient as Client } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import ts from "typescript";

// The typings declare a class that the module builds when it is loaded.
const { AnalyzerClient } = require("@pulumi/pulumi/proto/analyzer_grpc_pb") as {
  AnalyzerClient: new (address: string, credentials: ChannelCredentials) => Client;
};

const repository = join(__dirname, "../../..");

/** The rooms that the pack consists of. */
const compiledFrom = ["iam", "parsing", "policypack", "tools", "wording"];

/** Compiles the pack as `npm run build` does, laid out as a package that another repository installed. */
export function installPack(name: string): { root: string; remove(): void } {
  const home = join(repository, ".cache", `test-${name}-${process.pid}`);
  const root = join(home, "node_modules", "dynamodb-detective");
  for (const folder of compiledFrom) {
    cpSync(join(repository, folder), join(root, folder), {
      recursive: true,
      preserveTimestamps: true,
      // A tool may have packages of its own.
      filter: (path) => basename(path) !== "node_modules",
    });
  }
  cpSync(join(repository, "package.json"), join(root, "package.json"));
  const options = ts.readConfigFile(join(repository, "tsconfig.json"), ts.sys.readFile).config.compilerOptions;
  for (const source of sourcesOf(root)) {
    const compiled = join(root, "dist", source.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(compiled), { recursive: true });
    const { outputText } = ts.transpileModule(readFileSync(join(root, source), "utf8"), {
      fileName: source,
      compilerOptions: { ...options, sourceMap: false },
    });
    writeFileSync(compiled, outputText);
  }
  cpSync(join(root, "tools", "compiled.json"), join(root, "dist", "tools", "compiled.json"));
  return { root, remove: () => rmSync(home, { recursive: true, force: true }) };
}

/** Makes an installed pack look like a source checkout that was just built. */
export function asCheckout(root: string): void {
  writeFileSync(join(root, "package-lock.json"), "{}"); // never in a published package
  const sources = sourcesOf(root).map((source) => [source, statSync(join(root, source)).mtimeMs]);
  writeFileSync(join(root, "dist", "build.json"), JSON.stringify({ sources: Object.fromEntries(sources) }));
}

function sourcesOf(root: string): string[] {
  const files = compiledFrom.flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true, recursive: true }),
  );
  return files
    .filter((file) => file.isFile() && file.name.endsWith(".ts"))
    .map((file) => relative(root, join(file.parentPath, file.name)));
}

export interface RunningPack {
  client: Client;
  /** All that the process wrote to stdout so far. */
  stdout: string[];
  stop(): void;
}

/** Starts the pack as Pulumi's Node.js host does. Rejects with what it wrote to stderr if it ends without a port. */
export function startPack(root: string): Promise<RunningPack> {
  const launcher = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const pack: ChildProcess = spawn(process.execPath, [launcher, "127.0.0.1:1", "."], { cwd: join(root, "policypack") });
  const stdout: string[] = [];
  let stderr = "";
  pack.stderr?.on("data", (text) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    pack.on("exit", () => reject(new Error(stderr)));
    createInterface({ input: pack.stdout! }).on("line", (line) => {
      stdout.push(line);
      const client = new AnalyzerClient(`127.0.0.1:${line}`, credentials.createInsecure());
      const stop = () => {
        client.close();
        pack.kill();
      };
      resolve({ client, stdout, stop });
    });
  });
}
