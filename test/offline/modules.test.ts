// Proves: programs that are ES modules, or that other loaders compile, are previewed like all others; what is said of one
// that does nothing.
// Does not prove: every loader there is; tsx and ts-node were tried by hand.
import { describe, expect, it } from "vitest";
import { type Preview, preview } from "../../offline/preview";
import { PreviewError } from "../../offline/previewError";
import { pack, program } from "./support/programs";

const run = (files: Record<string, string>): Promise<Preview> =>
  preview({ folder: program(files), packFolder: pack("[]") });
const failure = (files: Record<string, string>): Promise<PreviewError> =>
  run(files).then(
    () => expect.unreachable(),
    (error: unknown) => {
      expect(error).toBeInstanceOf(PreviewError);
      return error as PreviewError;
    },
  );
const sourceOf = ({ resources }: Preview, name: string) =>
  resources.find((resource) => resource.name === name)?.source?.replace(/^.*\//, "");

const yaml = "name: shop\nruntime: nodejs\n";
const esm = { "package.json": JSON.stringify({ name: "shop", type: "module" }) };
const topic = (name: string) => `new aws.sns.Topic(${JSON.stringify(name)});`;

describe("an ES module", () => {
  it("says where resources are written: outside of functions, and in those of other modules", async () => {
    const result = await run({
      ...esm,
      "index.js": `import * as aws from "@pulumi/aws";\nimport { make } from "./make.js";\n\n${topic("outside")}\nmake();\nawait Promise.resolve();\n${topic("late")}`,
      "make.js": `import * as aws from "@pulumi/aws";\nexport function make() {\n  ${topic("inside")}\n}\n`,
    });
    expect(sourceOf(result, "outside")).toBe("index.js:4");
    expect(sourceOf(result, "inside")).toBe("make.js:3");
    expect(sourceOf(result, "late")).toBe("index.js:7");
  });

  it("stops where it reads a look-up that has no answer", async () => {
    const error = await failure({
      ...esm,
      "index.js": `import * as aws from "@pulumi/aws";\nconsole.log((await aws.ec2.getVpc({ default: true })).id);\n`,
    });
    expect(error.message).toContain('UnansweredLookup: The program reads "id" of the look-up aws:ec2/getVpc:getVpc');
    expect(error.message).toMatch(/at .*index\.js:2:\d+/);
  });

  it("in TypeScript that Node.js cannot run: what to install", async () => {
    // No Node.js runs .tsx; those before 22.18 run no TypeScript at all.
    const error = await failure({
      ...esm,
      "Pulumi.yaml": `${yaml}main: index.tsx\n`,
      "index.tsx": "export {};",
    });
    expect(error.message).toContain('TypeError: Unknown file extension ".tsx" for ');
    expect(error.message).toContain("{\n  code: 'ERR_UNKNOWN_FILE_EXTENSION'\n}");
    expect(error.details.join("\n")).toMatch(/run `npm install --save-dev ts-node typescript` in /);
  });
});

describe("a loader in the place of Node.js's own", () => {
  const loaded = {
    "Pulumi.yaml": `name: shop\nruntime: { name: nodejs, options: { nodeargs: "--require ./loader.cjs" } }\n`,
    // As tsx does it.
    "loader.cjs": `
      const { readFileSync } = require("node:fs");
      require("node:module")._extensions[".js"] = (module, filename) =>
        module._compile(readFileSync(filename, "utf8"), filename);`,
  };

  it("does not let a look-up pass that has no answer", async () => {
    const error = await failure({
      ...loaded,
      "index.ts": `import * as aws from "@pulumi/aws";\nexport = async () => (await aws.ec2.getVpc({ default: true })).id;\n`,
    });
    expect(error.message).toContain('UnansweredLookup: The program reads "id" of the look-up aws:ec2/getVpc:getVpc');
  });

  it("may move lines: the file alone is said of TypeScript", async () => {
    const result = await run({
      ...loaded,
      "index.ts": `import * as aws from "@pulumi/aws";\nimport "./plain";\n${topic("typed")}`,
      "plain.js": `const aws = require("@pulumi/aws");\n${topic("plain")}`,
    });
    expect(sourceOf(result, "typed")).toBe("index.ts");
    expect(sourceOf(result, "plain")).toBe("plain.js:2");
  });
});

describe("a program that registers nothing", () => {
  const manifest = (main: string) => ({ "package.json": JSON.stringify({ name: "shop", main }) });
  const nothing = "The program registered no resource.";
  it.each<[string, Record<string, string>, string]>([
    ["is said to", { "index.ts": "" }, `^${nothing}$`],
    [
      "may not be the one that is meant",
      { ...manifest("dist/main.js"), "dist/main.js": "", "index.ts": "" },
      `^${nothing} .*Pulumi\\.yaml has no "main", so Pulumi ran the "main" of .*package\\.json: dist/main\\.js\\. If that is not the program, write main: index\\.ts\\.$`,
    ],
    ["may have a main that is not there", { ...manifest("dist/main.js"), "index.ts": "" }, `^${nothing}$`],
    [
      "may be told what to run",
      { ...manifest("main.js"), "main.js": "", "Pulumi.yaml": `${yaml}main: main.js\n` },
      `^${nothing}$`,
    ],
    [
      "may export a default",
      { "index.ts": "export default async () => { throw new Error(); };" },
      `^${nothing} It exports a "default", which Pulumi does not call in a CommonJS program: write export = async`,
    ],
  ])("%s", async (_, files, note) => {
    const { notes } = await run(files);
    expect(notes).toEqual([expect.stringMatching(note)]);
  });

  it("has a package.json that can be read", async () => {
    const error = await failure({ "package.json": '{ "name": "shop", ', "index.ts": "" });
    expect(error.message).toMatch(/package\.json: .*JSON/);
  });
});
