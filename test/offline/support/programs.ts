import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { afterAll } from "vitest";

const root = resolve(__dirname, "../../..");
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function temporary(parent: string): string {
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "dynamodb-detective-"));
  folders.push(folder);
  return folder;
}

function write(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** A Pulumi program in a folder of its own that resolves the packages of this repository. */
export function program(files: Record<string, string>): string {
  const folder = temporary(tmpdir());
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  write(folder, {
    "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
    "package.json": JSON.stringify({ name: "shop", private: true }),
    ...files,
  });
  return folder;
}

/** Files in a folder of their own, with nothing installed there. */
export function folderOf(files: Record<string, string>): string {
  const folder = temporary(tmpdir());
  write(folder, files);
  return folder;
}

/** A file in a folder of its own. */
export function file(name: string, text: string): string {
  return join(folderOf({ [name]: text }), name);
}

/** The project's own pack, bundled from its sources: the tests do not depend on a build. */
export function ownPack(): string {
  const folder = temporary(join(root, ".cache"));
  buildSync({
    entryPoints: [join(root, "policypack/index.ts")],
    outfile: join(folder, "index.js"),
    bundle: true,
    platform: "node",
    external: ["@pulumi/*"],
    logLevel: "error",
  });
  write(folder, packFiles);
  return folder;
}

/** A pack of one's own: the policies, in JavaScript. */
export function pack(policies: string): string {
  const folder = temporary(tmpdir());
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  write(folder, {
    ...packFiles,
    "index.js": `const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("tiny", { policies: ${policies} });\n`,
  });
  return folder;
}

const packFiles = {
  "PulumiPolicy.yaml": "runtime: nodejs\n",
  "package.json": JSON.stringify({ name: "tiny", version: "1.0.0", main: "index.js" }),
};

/** Source of a table; what is not said is as the four policies want it. */
export function table(name: string, args: Record<string, string> = {}, options = "{}"): string {
  const all: Record<string, string> = {
    attributes: `[{ name: "id", type: "S" }]`,
    hashKey: `"id"`,
    billingMode: `"PAY_PER_REQUEST"`,
    deletionProtectionEnabled: "true",
    pointInTimeRecovery: "{ enabled: true }",
    serverSideEncryption: "{ enabled: true }",
    tags: `{ Security: "high", Confidentiality: "internal", Environment: "test" }`,
    ...args,
  };
  const body = Object.entries(all).map(([key, value]) => `${key}: ${value}`);
  return `new aws.dynamodb.Table("${name}", { ${body.join(", ")} }, ${options});`;
}

export const imports = `import * as aws from "@pulumi/aws";\nimport * as pulumi from "@pulumi/pulumi";\n`;
