// Proves: how Pulumi.yaml and a stack's configuration are read and checked. Does not prove: the CLI's exact wording.
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { chooseStack, providerSecrets, readConfiguration } from "../../offline/configuration";
import { childEnvironment, withPreload } from "../../offline/environment";
import { misspeltNamespaces } from "../../offline/namespaces";
import { PreviewError } from "../../offline/previewError";
import { readProject, splitWords } from "../../offline/project";
import { file, program } from "./support/programs";

const project = (yaml: string, more: Record<string, string> = {}) =>
  readProject(program({ "Pulumi.yaml": `name: shop\nruntime: nodejs\n${yaml}`, ...more }));

describe("a project", () => {
  it("may have its program in a folder or a file", () => {
    const files = { "src/app.ts": "", "index.ts": "" };
    expect(project("main: src", files)).toMatchObject({ entry: ".", programFolder: expect.stringMatching(/src$/) });
    expect(project("main: src/app.ts", files)).toMatchObject({
      entry: "app.ts",
      programFolder: expect.stringMatching(/src$/),
    });
    expect(project("")).toMatchObject({ entry: ".", typescript: true, nodeArguments: [] });
  });

  it("reads runtime options", () => {
    const folder = program({
      "Pulumi.yaml":
        "name: shop\nruntime: { name: nodejs, options: { typescript: false, nodeargs: --max-old-space-size=4096 --title 'a b' } }\n",
    });
    expect(readProject(folder)).toMatchObject({
      typescript: false,
      nodeArguments: ["--max-old-space-size=4096", "--title", "a b"],
    });
  });

  it.each([
    ["name: shop\nruntime: python\n", /runtime "python"/],
    ["runtime: nodejs\n", /"name" is missing/],
    ["name: shop\nruntime: nodejs\nmain: nowhere\n", /main "nowhere" does not exist/],
    ["name: shop\nruntime: nodejs\nmain: ..\n", /outside of the project/],
    ["name: [shop\n", /Pulumi\.yaml:\d+:\d+: /],
    ["name: *shop\n", /^[^\n]*Pulumi\.yaml: .*shop/],
    [
      `a: &a [x]\n${[..."bcdefg"].map((to, i) => `${to}: &${to} [${`*${"abcdef"[i]},`.repeat(10)}]`).join("\n")}\n`,
      /^[^\n]*Pulumi\.yaml: .*alias/,
    ],
  ])("that is wrong is an error: %j", (yaml, message) => {
    const folder = program({ "Pulumi.yaml": yaml });
    expect(() => readProject(folder)).toThrow(message);
  });

  it("has to be there", () => {
    const folder = dirname(file("README.md", ""));
    expect(() => readProject(folder)).toThrow(/no Pulumi\.yaml there/);
    expect(() => readProject(`${folder}/missing`)).toThrow(/no such folder/);
  });
});

describe("configuration", () => {
  const declared =
    "config:\n  size: { type: integer, default: 3 }\n  aws:region: eu-west-1\n  enabled: { type: boolean }\n";

  it("is the stack's, else the project's, each under its full key", () => {
    const shop = project(declared, {
      "Pulumi.dev.yaml":
        "config:\n  enabled: true\n  list: [1, a]\n  key: { secure: v1:a:b }\n  deep: { a: { secure: v1:a:b } }\n",
    });
    expect(chooseStack(shop)).toBe("dev");
    expect(readConfiguration(shop, "dev")).toEqual({
      stack: "dev",
      values: {
        "shop:size": "3",
        "aws:region": "eu-west-1",
        "shop:enabled": "true",
        "shop:list": '[1,"a"]',
        "shop:key": "placeholder-of-encrypted-shop-key",
        "shop:deep": '{"a":"placeholder-of-encrypted-shop-deep"}',
      },
      secretKeys: ["shop:key", "shop:deep"],
      placeholders: ["shop:key", "shop:deep"],
      notes: [],
    });
  });

  it.each(["yaml", "yml", "json"])("is read from Pulumi.<stack>.%s", (end) => {
    const shop = project("", { [`Pulumi.dev.${end}`]: '{ "config": { "enabled": true } }' });
    expect(readConfiguration(shop, "dev").values).toEqual({ "shop:enabled": "true" });
  });

  it("comes from another file if one is given", () => {
    const shop = project(declared, { "Pulumi.dev.yaml": "config: { enabled: true }" });
    const other = file("other.yaml", "config: { shop:enabled: false }");
    expect(readConfiguration(shop, "dev", other).values["shop:enabled"]).toBe("false");
    expect(() => readConfiguration(shop, "dev", "missing.yaml")).toThrow("--config missing.yaml: no such file.");
  });

  it.each([
    ["", /config key shop:enabled has no value for stack dev/],
    ["config: { shop:enabled: perhaps }", /config key shop:enabled: "perhaps" is not a boolean/],
    ["config: { shop:enabled: true, size: big }", /config key shop:size: "big" is not an integer/],
    ["config: [1]", /"config" must be a mapping/],
    ["confg: { enabled: true }", /Pulumi\.dev\.yaml: unknown key "confg"\. Did you mean "config"\? Known: config, /],
    [
      "shop:enabled: true",
      /unknown key "shop:enabled"\. Configuration stands under config:\n\n {2}config:\n {4}shop:enabled: …/,
    ],
  ])("is checked against its declaration: %j", (stackFile, message) => {
    const shop = project(declared, { "Pulumi.dev.yaml": stackFile });
    expect(() => readConfiguration(shop, "dev")).toThrow(PreviewError);
    expect(() => readConfiguration(shop, "dev")).toThrow(message);
  });

  it("does not print a secret of the wrong type", () => {
    const shop = project("config:\n  size: { type: integer, secret: true }\n", {
      "Pulumi.dev.yaml": "config: { size: hunter2 }",
    });
    expect(() => readConfiguration(shop, "dev")).toThrow("config key shop:size: the value is not an integer");
  });

  it("may have what Pulumi keeps beside it", () => {
    const shop = project("", {
      "Pulumi.dev.yaml": "secretsprovider: awskms://x\nencryptedkey: x\nencryptionsalt: v1:x\nconfig: { a: 1 }\n",
    });
    expect(readConfiguration(shop, "dev").values).toEqual({ "shop:a": "1" });
  });

  it.each([
    ["aws:secretKey", true],
    ["aws:accessKey", true],
    ["aws:token", true],
    ["datadog:apiKey", true],
    ["rabbitmq:password", true],
    ["aws:region", false],
    ["aws:tokenBucketRateLimiterCapacity", false],
    ["shop:token", false],
  ])("holds what providers call secret: %s %s", (key, isSecret) => {
    const shop = project("", { "Pulumi.dev.yaml": `config: { "${key}": hunter2 }` });
    expect(providerSecrets(shop, readConfiguration(shop, "dev"))).toEqual(isSecret ? ["hunter2"] : []);
  });

  describe("under a namespace that nothing reads", () => {
    const misspelt = (yaml: string, stackFile: string, used: string[] = []) => {
      const shop = project(yaml, { "Pulumi.dev.yaml": `config: ${stackFile}` });
      return misspeltNamespaces(shop, readConfiguration(shop, "dev"), new Set(used));
    };

    it.each([
      ["shp:size", [], "shop:size"],
      ["aw:region", [], "aws:region"],
      ["kubernets:context", ["kubernetes"], "kubernetes:context"],
      ["shopp:a:b", [], "shop:a:b"],
    ])("%s is told with the right one", (key, used, right) => {
      expect(misspelt("", `{ "${key}": x }`, used)).toEqual([
        `config key ${key}: nothing reads the namespace "${key.split(":")[0]}". Did you mean ${right}?`,
      ]);
    });

    it.each([
      ["", "{ shop:a: x, aws:region: y, b: z }", []],
      ["", "{ k8s:context: x, gcp:project: y, warehouse:size: z }", []],
      ["", "{ shops:size: x }", ["shops"]],
      ["config:\n  shops:size: 3\n", "{ shops:size: 4 }", []],
    ])("is left alone where it is read, declared, or like no other: %j %s", (yaml, stackFile, used) => {
      expect(misspelt(yaml, stackFile, used)).toEqual([]);
    });
  });

  it.each([
    [["Pulumi.prod.yaml"], "prod"],
    [["Pulumi.prod.json", "Pulumi.json"], "prod"],
    [["Pulumi.prod.yaml", "Pulumi.dev.yaml"], "dev"],
    [[], "dev"],
  ])("is that of the only stack, else of dev: %j", (files, stack) => {
    const shop = project("", Object.fromEntries(files.map((name) => [name, "config: {}"])));
    expect(chooseStack(shop)).toBe(stack);
  });

  it("is that of the stack that is asked for, which needs a file where others have one", () => {
    expect(chooseStack(project(""), "org/shop/asked")).toBe("asked");
    const shop = project("", { "Pulumi.prod.yaml": "", "Pulumi.test.yml": "" });
    expect(chooseStack(shop, "org/shop/test")).toBe("test");
    expect(chooseStack(shop, "prd", "other.yaml")).toBe("prd");
    expect(() => chooseStack(shop, "org/shop/prd")).toThrow(
      /^--stack org\/shop\/prd: there is no Pulumi\.prd\.yaml in .*\. Did you mean "prod"\? Stacks with a file: prod, test\. For a stack without one, write --config FILE\.$/,
    );
    expect(() => chooseStack(shop)).toThrow(
      /which stack\? Choose one with --stack NAME\. Stacks with a file: prod, test\.$/,
    );
  });
});

describe("the environment of the program", () => {
  it("holds no credentials, and what the language host sets", () => {
    const shop = project("");
    const names = [
      ...["AWS_SECRET_ACCESS_KEY", "aws_session_token", "AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_CONFIG_FILE"],
      ...["PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE", "PULUMI_BACKEND_URL"],
      ...["AZURE_CLIENT_ID", "ARM_SUBSCRIPTION_ID", "GOOGLE_PROJECT", "gcp_project", "CLOUDSDK_CONFIG", "VAULT_ADDR"],
      ...[
        "OCI_CLI_USER",
        "DIGITALOCEAN_PAT",
        "GITHUB_TOKEN",
        "npm_config_authToken",
        "DB_PASSWORD",
        "Passwd",
        "MySecret",
      ],
      ...["APP_CREDENTIALS", "SSH_PRIVATE_KEY", "DATADOG_API_KEY", "stripe_apikey", "ACCESS_KEY"],
    ];
    const env = childEnvironment(shop, readConfiguration(shop, "dev"), [], {
      PATH: "/bin",
      AWS_REGION: "eu-west-1",
      ...Object.fromEntries(names.map((name) => [name, "x"])),
    });
    expect(Object.entries(env).filter(([, value]) => value === "x")).toEqual([]);
    expect(env).toMatchObject({
      PATH: "/bin",
      AWS_REGION: "eu-west-1",
      PULUMI_CONFIG: "{}",
      PULUMI_NODEJS_TYPESCRIPT: "true",
    });
  });

  it("holds what looks like a credential if it is kept by name", () => {
    const shop = project("");
    const env = childEnvironment(shop, readConfiguration(shop, "dev"), ["TOKEN_COUNT"], {
      TOKEN_COUNT: "3",
      TOKEN_COUNTS: "3",
    });
    expect(env["TOKEN_COUNT"]).toBe("3");
    expect(env).not.toHaveProperty("TOKEN_COUNTS");
  });

  it("leaves it to the user whether types are checked", () => {
    const shop = project("");
    const configuration = readConfiguration(shop, "dev");
    expect(childEnvironment(shop, configuration, [], {})).not.toHaveProperty("PULUMI_NODEJS_TRANSPILE_ONLY");
    for (const PULUMI_NODEJS_TRANSPILE_ONLY of ["true", "false"]) {
      expect(childEnvironment(shop, configuration, [], { PULUMI_NODEJS_TRANSPILE_ONLY })).toMatchObject({
        PULUMI_NODEJS_TRANSPILE_ONLY,
      });
    }
  });

  it("keeps the user's NODE_OPTIONS", () => {
    expect(withPreload("--max-old-space-size=99", '/a "b"/preload.cjs')).toBe(
      '--max-old-space-size=99 --require "/a \\"b\\"/preload.cjs"',
    );
    expect(withPreload(undefined, "/p.cjs")).toBe('--require "/p.cjs"');
  });

  it("splits Node.js arguments at spaces outside quotes", () => {
    expect(splitWords(`--a  "b c" --d='e f'`)).toEqual(["--a", "b c", "--d=e f"]);
  });
});
