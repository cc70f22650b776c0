// Proves: no secret of a program is in what its preview returns or throws, however the program came by it.
// Does not prove: anything about a value that the program computes from a secret, other than by an encoding.
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type PreviewSettings, preview } from "../../../offline/preview";
import { PreviewError } from "../../../offline/previewError";
import { imports, pack, program } from "../support/programs";

afterEach(() => vi.unstubAllEnvs());

/** A path that is shown without its beginning where it is no secret. */
const path = join(process.cwd(), "vault-hunter2", "key-hunter3.pem");
const lines = ["first-hunter4-line", "second-hunter5-line", "third-hunter6-line"];
const secretFiles = {
  "Pulumi.yaml": `name: shop
runtime: nodejs
config:
  path: { type: string, secret: true }
  pem: { type: string, secret: true }
`,
  "Pulumi.dev.yaml": `config:
  shop:path: ${path}
  shop:pem: ${JSON.stringify(lines.join("\n"))}
  shop:password: plain-hunter7
`,
};
const anyPart = /hunter\d/;

/** What the preview returns, or its error, as text. */
async function outcome(index: string, settings: Partial<PreviewSettings> = {}): Promise<string> {
  const folder = program({ ...secretFiles, "index.ts": index });
  try {
    return JSON.stringify(await preview({ folder, packFolder: pack("[]"), ...settings }));
  } catch (error) {
    expect(error).toBeInstanceOf(PreviewError);
    return [(error as PreviewError).message, ...(error as PreviewError).details].join("\n");
  }
}

describe("a secret", () => {
  it("that is a path, or goes over the last line of a long message, is not cut before it is taken out", async () => {
    const text = await outcome(`${imports}
      const config = new pulumi.Config();
      const before = Array.from({ length: 26 }, (_, i) => "line " + i).join("\\n");
      throw new Error("cannot read " + config.require("path") + "\\n" + before + "\\n" + config.require("pem"));
    `);
    expect(text).toContain("Error: cannot read [secret]\nline 0\n");
    expect(text).toContain("line 25\n[secret]");
    expect(text).not.toMatch(anyPart);
  });

  it("that the configuration does not call one, but the program does", async () => {
    const text = await outcome(`${imports}
      new pulumi.Config().requireSecret("password").apply((password) => { throw new Error("no " + password); });
    `);
    expect(text).toContain("Error: no [secret]");
    expect(text).not.toMatch(anyPart);
  });

  it("that a provider is configured with", async () => {
    const { "Pulumi.dev.yaml": stackFile } = secretFiles;
    const folder = program({
      ...secretFiles,
      "Pulumi.dev.yaml": `${stackFile}  aws:secretKey: key-hunter8\n`,
      "index.ts": `${imports} console.log(aws.config.secretKey); new aws.sns.Topic("topic", { displayName: aws.config.secretKey });`,
    });
    const text = JSON.stringify(await preview({ folder, packFolder: pack("[]") }));
    expect(text).toContain('"displayName":"[secret]"');
    expect(text).not.toMatch(anyPart);
  });

  it("of a program that prints it and leaves at once", async () => {
    const text = await outcome(`${imports}
      const config = new pulumi.Config();
      config.requireSecret("password");
      pulumi.secret("literal-hunter8");
      console.log("printed", config.require("password"), "literal-hunter8");
      console.log(config.require("pem"));
      process.exit(3);
    `);
    expect(text).toContain("ended with exit code 3");
    expect(text).toContain("printed [secret] [secret]\n[secret]");
    expect(text).not.toMatch(anyPart);
  });

  it("in assets, policies' messages, names, and a variable that was let in", async () => {
    vi.stubEnv("SHOP_TOKEN", "token-hunter9");
    const packFolder = pack(`[{ name: "tells", description: "d", enforcementLevel: "mandatory",
      validateResource: (args, report) => { if (args.type === "aws:sns/topic:Topic") report(args.props.displayName + " in " + args.props.tags.path); } }]`);
    const text = await outcome(
      `${imports}
      const config = new pulumi.Config();
      const path = config.require("path");
      new aws.s3.BucketObject("object", { bucket: "b", source: new pulumi.asset.FileAsset(path) });
      new aws.sns.Topic(path, { displayName: Buffer.from("user:" + config.require("pem")).toString("base64"), tags: { path } });
      pulumi.log.warn("token " + process.env["SHOP_TOKEN"]);
      export const out = { path };
      `,
      { packFolder, keepEnvironment: ["SHOP_TOKEN"] },
    );
    const result = JSON.parse(text);
    expect(result.violations).toMatchObject([{ message: "dXNlcj[secret]= in [secret]" }]);
    expect(result.resources.find(({ name }: { name: string }) => name === "object").inputs).toEqual({
      bucket: "b",
      source: "[asset [secret]]",
    });
    expect(result.log).toEqual([{ severity: "warning", message: "token [secret]" }]);
    expect(result.outputs).toEqual({ out: { path: "[secret]" } });
    expect(text).not.toMatch(anyPart);
  });

  it("that a policy quotes when it crashes", async () => {
    const packFolder = pack(`[{ name: "crash", description: "d", enforcementLevel: "mandatory",
      validateResource: (args) => { if (args.props.displayName) { console.error("reading " + args.props.displayName); throw new Error("no such file: " + args.props.displayName); } } }]`);
    const text = await outcome(
      `${imports} new aws.sns.Topic("topic", { displayName: new pulumi.Config().require("path") });`,
      { packFolder },
    );
    expect(text).toContain("no such file: [secret]");
    expect(text).toContain("reading [secret]");
    expect(text).not.toMatch(anyPart);
  });
});

describe("a path", () => {
  it("of an asset is shown as the program writes it", async () => {
    const text = await outcome(
      `${imports} new aws.s3.BucketObject("object", { bucket: "b", source: new pulumi.asset.FileAsset("./src/page.html") });`,
    );
    expect(text).toContain('"source":"[asset src/page.html]"');
  });
});
