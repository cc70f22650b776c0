// Proves: the bundle runs in Node.js as Lambda would start it, is small, and has the same bytes wherever the package is
// installed. Does not prove: the nodejs24.x runtime itself; it runs on the Node.js of the test.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import * as esbuild from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleFunction } from "../../components/functionBundle";
import { streamRecord } from "../functions/streamMonitor/streamRecord";

const root = dirname(createRequire(__filename).resolve("../../package.json"));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "function-bundle-"));
  // What the runtime brings along, and what the component puts beside the bundle.
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "tables.json"), "[]");
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("bundleFunction", () => {
  const bundle = bundleFunction("streamMonitor");

  it("gives an archive of the module and its source map", async () => {
    expect(Object.keys(bundle.files)).toEqual(["index.mjs", "index.mjs.map"]);
    expect(bundle.handler).toBe("index.handler");
    const assets = bundle.assets as Record<string, pulumi.asset.StringAsset>;
    expect(Object.keys(assets)).toEqual(["index.mjs", "index.mjs.map"]);
    expect(await assets["index.mjs"]?.text).toBe(bundle.files["index.mjs"]);
  });

  it("is built once per process", () => expect(bundleFunction("streamMonitor")).toBe(bundle));

  it("is small and names no folder of this machine", () => {
    const all = JSON.stringify(bundle.files);
    expect(all.length).toBeLessThan(200_000);
    expect(all).not.toContain(root);
    const sources = JSON.parse(bundle.files["index.mjs.map"]!).sources as string[];
    expect(sources).toContain("functions/streamMonitor/handler.ts");
    expect(sources.filter((source) => !/^(functions|detections|node_modules)\//.test(source))).toEqual([]);
  });

  it("handles a batch when Node.js imports it", () => {
    for (const [file, text] of Object.entries(bundle.files)) writeFileSync(join(folder, file), text);
    const bad = { ...streamRecord(), eventName: "NONE" };
    const event = { Records: [streamRecord({ keys: { id: { S: "v-hidden" } } }), bad] };
    const script = `
      import { handler } from "./index.mjs";
      const response = await handler(${JSON.stringify(event)}, { awsRequestId: "request-1" });
      console.log(JSON.stringify({ response }));`;
    const output = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      env: { POWERTOOLS_METRICS_NAMESPACE: "orders/test/stream-monitor", KEY_DISPLAY: "hashed" },
    });
    expect(
      output
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      expect.objectContaining({ message: "item change", table: "orders", kind: "MODIFY" }),
      expect.objectContaining({ TableName: "orders", ItemsModified: 1 }),
      { response: { batchItemFailures: [{ itemIdentifier: bad.dynamodb?.SequenceNumber }] } },
    ]);
    expect(output).not.toContain("v-hidden");
  });

  it("refuses to start with a wrong environment, and says which variable", () => {
    for (const [file, text] of Object.entries(bundle.files)) writeFileSync(join(folder, file), text);
    const start = () =>
      execFileSync(process.execPath, ["--input-type=module", "--eval", 'await import("./index.mjs")'], {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "ignore", "pipe"],
        env: { POWERTOOLS_METRICS_NAMESPACE: "orders", KEY_DISPLAY: "clear" },
      });
    expect(start).toThrow(/KEY_DISPLAY: "clear" is not one of hashed, plain, none/);
  });

  it("is the same from compiled code in an installed package, whose dependencies are beside it", () => {
    const modules = join(folder, "program", "node_modules");
    const installed = join(modules, "dynamodb-detective");
    mkdirSync(join(installed, "dist", "components"), { recursive: true });
    for (const sources of ["functions", "detections"]) {
      cpSync(join(root, sources), join(installed, sources), { recursive: true });
    }
    cpSync(join(root, "package.json"), join(installed, "package.json"));
    for (const scope of ["@aws-lambda-powertools", "@aws"]) {
      cpSync(join(root, "node_modules", scope), join(modules, scope), { recursive: true });
    }
    for (const tool of ["esbuild", "@pulumi"]) symlinkSync(join(root, "node_modules", tool), join(modules, tool));
    const source = readFileSync(join(root, "components", "functionBundle.ts"), "utf8");
    const compiled = esbuild.transformSync(source, { loader: "ts", format: "cjs" }).code;
    writeFileSync(join(installed, "dist", "components", "functionBundle.js"), compiled);
    // The caller's own settings for TypeScript must not reach the bundle.
    writeFileSync(
      join(folder, "program", "tsconfig.json"),
      '{ "compilerOptions": { "useDefineForClassFields": false } }',
    );

    const script = `
      const { bundleFunction } = require("dynamodb-detective/dist/components/functionBundle.js");
      console.log(JSON.stringify(bundleFunction("streamMonitor").files));`;
    const output = execFileSync(process.execPath, ["--eval", script], {
      cwd: join(folder, "program"),
      encoding: "utf8",
    });
    expect(JSON.parse(output)).toEqual(bundle.files);
  });
});
