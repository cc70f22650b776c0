// Proves: what the preload puts off is there when a program asks for it, with the same results as without it, and an SDK
// that is built otherwise is left as it is. Where resources are written is told by test/cli and test/offline/programs.
// Does not prove: that it saves time (bench/).
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { preview } from "../../offline/preview";
import { packageRoot } from "../../tools/freshness";
import { folderOf, pack, program } from "./support/programs";

/** Functions serialized, with what they capture, and one that cannot be; the packages of a program; the Automation API. */
const asked = `
const pulumi = require("@pulumi/pulumi");
const captured = { greeting: "hello", at: [1, 2], when: new Date(0) };
const helper = (name) => captured.greeting + name + captured.at.length;
class Counter { constructor() { this.n = 1; } add() { return ++this.n; } }
const counter = new Counter();
const native = Math.max.bind(null, 1);
exports.text = pulumi.runtime.serializeFunction(() => helper("x") + counter.add()).then(({ text }) => text);
exports.problem = pulumi.runtime.serializeFunction(function named() { return native(2); }).then(
  () => "none",
  (error) => error.message,
);
exports.paths = pulumi.runtime.computeCodePaths({ extraIncludePaths: ["asked.js"] }).then((paths) => [...paths.keys()].sort());
exports.automation = typeof pulumi.automation.LocalWorkspace.createStack;
`;
const files = { "asked.js": asked, "package.json": JSON.stringify({ name: "shop", main: "index.js" }) };

describe("what is put off", () => {
  it("is there when a program asks, as without the preload", async () => {
    const folder = program({ ...files, "index.js": `module.exports = require("./asked");` });
    // As the SDK's launcher does: first the debugger, then the program.
    const print = `require("@pulumi/pulumi/runtime/closure/v8Hooks").isInitializedAsync().then(async () => {
      const { automation, ...asked } = require("./asked");
      console.log(JSON.stringify([...(await Promise.all(Object.values(asked))), automation]));
    });`;
    const plain = execFileSync(process.execPath, ["-e", print], { cwd: folder, encoding: "utf8" });
    const { outputs } = await preview({ folder, packFolder: pack("[]") });
    const { text, problem, paths, automation } = outputs;
    expect([text, problem, paths, automation]).toEqual(JSON.parse(plain));
    expect(text).toContain("hello");
    expect(problem).toMatch(/named.*asked\.js/s);
    expect(paths).toContain("asked.js");
    expect(automation).toBe("function");
  });
});

describe("an SDK that is built otherwise", () => {
  it("is left as it is", () => {
    const sdk = (path: string) => `node_modules/@pulumi/pulumi/${path}`;
    const folder = folderOf({
      [sdk("index.js")]: `exports.automation = require("./other");`,
      [sdk("other.js")]: `exports.loaded = true;`,
      [sdk("resource.js")]: `exports.Resource = class { static stackTrace() { return "own"; } };`,
      [sdk("runtime/closure/v8Hooks.js")]: `exports.isInitializedAsync = "own";`,
    });
    const print = `const from = (path) => require("./node_modules/@pulumi/pulumi/" + path);
      console.log(from("index.js").automation.loaded, from("resource.js").Resource.stackTrace(), from("runtime/closure/v8Hooks.js").isInitializedAsync);`;
    const launcher = join(packageRoot, "offline", "launcher.cjs");
    const printed = execFileSync(process.execPath, ["--require", launcher, "-e", print], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(printed.trim()).toBe("true own own");
  });
});
