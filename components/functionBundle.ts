import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type * as Esbuild from "esbuild";

/** The functions in `functions/`, by folder. */
export type FunctionName = "streamMonitor" | "detector" | "notifier";

/** A function of `functions/`, ready for Lambda. */
export interface FunctionBundle {
  /** What the archive that `aws.lambda.Function` takes as `code` is made of; more files may stand beside it. */
  assets: Record<string, pulumi.asset.Asset>;
  /** What `aws.lambda.Function` takes as `handler`. */
  handler: string;
  /** SHA-256 of the files in the archive, hexadecimal. */
  contentHash: string;
  /** The files in the archive, by name. */
  files: Record<string, string>;
}

const bundles = new Map<FunctionName, FunctionBundle>();

/**
 * Bundles a function with its dependencies, from its sources as they are now: a deployment never takes a stale build. The
 * same sources give the same bytes on every machine. Done once per process.
 */
export function bundleFunction(name: FunctionName): FunctionBundle {
  const known = bundles.get(name);
  if (known) return known;
  const bundle = build(name);
  bundles.set(name, bundle);
  return bundle;
}

function build(name: FunctionName): FunctionBundle {
  const root = packageRoot();
  const entry = join("functions", name, "handler.ts");
  if (!existsSync(join(root, entry))) throw new Error(`The package lacks ${entry}; install it again.`);
  // Loaded here, since a program without functions has no need of it.
  const esbuild = createRequire(__filename)("esbuild") as typeof Esbuild;
  const { outputFiles } = esbuild.buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: "index.mjs",
    bundle: true,
    write: false,
    platform: "node",
    target: "node24",
    format: "esm",
    minify: true,
    // Part of the managed runtime (AWS Lambda Developer Guide, "Runtime-included SDK versions").
    external: ["@aws-sdk/*"],
    legalComments: "none",
    sourcemap: "linked",
    sourcesContent: false,
    // Neither the caller's tsconfig.json nor ours changes what is built.
    tsconfigRaw: {},
    logLevel: "silent",
  });
  const text = (suffix: string) => outputFiles.find((file) => file.path.endsWith(suffix))?.text ?? "";
  const files = { "index.mjs": text("index.mjs"), "index.mjs.map": withoutFolders(text("index.mjs.map")) };
  return {
    assets: Object.fromEntries(
      Object.entries(files).map(([file, content]) => [file, new pulumi.asset.StringAsset(content)]),
    ),
    handler: "index.handler",
    contentHash: createHash("sha256").update(JSON.stringify(files)).digest("hex"),
    files,
  };
}

/** Where dependencies are installed differs between a checkout and an installed package; the source map must not. */
function withoutFolders(sourceMap: string): string {
  const map = JSON.parse(sourceMap) as { sources: string[] };
  const sources = map.sources.map((path) =>
    path.startsWith("functions/") ? path : path.replace(/^(.*node_modules\/|(\.\.\/)+)/s, "node_modules/"),
  );
  return JSON.stringify({ ...map, sources });
}

/** The folder of our package.json, from the sources and from dist/ alike. */
function packageRoot(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file) && JSON.parse(readFileSync(file, "utf8")).name === "dynamodb-detective") return folder;
  }
  throw new Error("functionBundle: found no package.json of dynamodb-detective above its own file");
}
