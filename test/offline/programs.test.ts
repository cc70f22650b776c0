// Proves: how the offline preview runs programs of all kinds: look-ups, secrets, configuration, transforms, entries, errors.
// Does not prove: that AWS would answer as the look-ups here do.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Preview, type PreviewSettings, preview } from "../../offline/preview";
import { PreviewError } from "../../offline/previewError";
import { imports, pack, program } from "./support/programs";

const anything = () => pack("[]");
const run = (files: Record<string, string>, settings: Partial<PreviewSettings> = {}): Promise<Preview> =>
  preview({ folder: program(files), packFolder: settings.packFolder ?? anything(), ...settings });
const inputsOf = (result: Preview, name: string) => result.resources.find((resource) => resource.name === name)!.inputs;

async function failure(files: Record<string, string>, settings: Partial<PreviewSettings> = {}): Promise<PreviewError> {
  const error = await run(files, settings).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PreviewError);
  return error as PreviewError;
}

describe("a program", () => {
  it("gets look-ups answered, its configuration, and keeps its secrets", async () => {
    const planted = 'hunter2"with-quotes';
    const result = await run({
      "Pulumi.yaml": `name: shop
runtime: nodejs
config:
  size: { type: integer, default: 3 }
  shop:password: { secret: true }
`,
      "Pulumi.dev.yaml": `config:
  aws:region: eu-central-1
  shop:password: ${JSON.stringify(planted)}
  shop:token: { secure: v1:abc:def }
  shop:nested: { list: [1, { secure: v1:x:y }] }
`,
      "index.ts": `${imports}
          const config = new pulumi.Config();
          const password = config.requireSecret("password");
          console.log("printed " + config.require("password"), Buffer.from(config.require("password")).toString("base64"));
          pulumi.log.warn("logged " + JSON.stringify({ p: config.require("password") }));
          const caller = aws.getCallerIdentityOutput();
          const frankfurt = aws.getRegionOutput();
          const chinese = new aws.Provider("chinese", { region: "cn-north-1" });
          const partition = aws.getPartitionOutput({}, { provider: chinese });
          const vpc = aws.ec2.getVpcOutput({ default: true });
          const doc = aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["sqs:SendMessage"], resources: ["*"] }] });
          new aws.sns.Topic("topic", {
            displayName: pulumi.interpolate\`\${caller.accountId}/\${frankfurt.region}/\${partition.partition}/\${config.requireNumber("size")}\`,
            policy: doc.json,
            tags: { vpc: vpc.id, password, token: config.require("token") },
          });
          const other = new pulumi.StackReference("org/other/dev");
          new aws.lambda.Function("fn", {
            role: other.getOutput("role"),
            code: new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset("console.log('" + "code')") }),
          });
          export const list = config.requireObject<{ list: unknown[] }>("nested").list;
        `,
    });
    expect(inputsOf(result, "topic")).toMatchObject({
      displayName: "123456789012/eu-central-1/aws-cn/3",
      tags: { vpc: "[unknown]", password: "[secret]" },
    });
    expect(JSON.parse(inputsOf(result, "topic")["policy"] as string)).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" }],
    });
    expect(inputsOf(result, "fn")).toMatchObject({
      role: "[unknown]",
      code: expect.stringMatching(/^\[archive sha256:[0-9a-f]{12}\]$/),
    });
    expect(result.lookups.map(({ token }) => token).sort()).toEqual([
      "aws:ec2/getVpc:getVpc",
      "pulumi:pulumi:StackReference",
    ]);
    expect(result.placeholders).toEqual(["shop:token", "shop:nested"]);
    const everything = JSON.stringify(result);
    for (const form of [
      "hunter2",
      Buffer.from(planted).toString("base64").replace(/=+$/, ""),
      "placeholder-of",
      "console.log('code",
    ]) {
      expect(everything).not.toContain(form);
    }
    expect(result.log.map(({ message }) => message)).toEqual(
      expect.arrayContaining([expect.stringContaining("printed [secret]"), expect.stringContaining("logged ")]),
    );
  });

  it("runs as an ES module with an async entry, its transforms in the engine's order, and a protected parent", async () => {
    const result = await run({
      "package.json": JSON.stringify({ name: "shop", type: "module" }),
      "Pulumi.yaml": "name: shop\nmain: src/main.js\nruntime: { name: nodejs, options: { typescript: false } }\n",
      "src/main.js": `
        import * as aws from "@pulumi/aws";
        import * as pulumi from "@pulumi/pulumi";
        const mark = (who) => ({ props, opts }) => ({ props: { ...props, displayName: (props.displayName ?? "") + who }, opts });
        pulumi.runtime.registerStackTransform((args) => args.type.startsWith("aws:") ? mark("S")(args) : undefined);
        export default async () => {
          await new Promise((resolve) => setTimeout(resolve, 20));
          const parent = new pulumi.ComponentResource("shop:index:Parent", "parent", {}, {
            protect: true,
            transforms: [(args) => args.type.startsWith("aws:") ? mark("P")(args) : undefined],
          });
          const caller = await aws.getCallerIdentity({});
          new aws.sns.Topic("topic", { displayName: caller.accountId + ":" }, { parent, transforms: [mark("R")] });
          return { cwd: process.cwd().split("/").pop() };
        };
      `,
    });
    expect(inputsOf(result, "topic")["displayName"]).toBe("123456789012:RPS");
    expect(result.resources.find(({ name }) => name === "topic")?.protect).toBe(true);
    expect(result.outputs).toEqual({ cwd: "src" });
  });

  it("shows its wiring in resolved mode, still as a dry run", async () => {
    const index = `${imports}
      const topic = new aws.sns.Topic("alerts");
      const logs = new aws.cloudwatch.LogGroup("trail", { namePrefix: "trail-" });
      const table = new aws.dynamodb.Table("orders", { attributes: [{ name: "id", type: "S" }], hashKey: "id", streamEnabled: true, region: "eu-west-3" });
      new aws.cloudwatch.LogMetricFilter("filter", { logGroupName: logs.name, pattern: "x", metricTransformation: { name: "n", namespace: "ns", value: "1" } });
      new aws.cloudwatch.MetricAlarm("alarm", { comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1, alarmActions: [topic.arn], dimensions: { stream: table.streamArn } });
      export const dry = pulumi.runtime.isDryRun();
    `;
    const folder = program({ "index.ts": index });
    const packFolder = anything();
    const [result, again] = await Promise.all([
      preview({ folder, packFolder, resolved: true }),
      preview({ folder, packFolder, resolved: true }),
    ]);
    const resource = (name: string) => result.resources.find((candidate) => candidate.name === name)!;
    const topicArn = resource("alerts").outputs!["arn"];
    expect(topicArn).toMatch(/^arn:aws:sns:us-east-1:123456789012:alerts-[0-9a-f]{7}$/);
    expect(resource("alerts").id).toBe(topicArn);
    expect(resource("alarm").inputs["alarmActions"]).toEqual([topicArn]);
    expect(resource("filter").inputs["logGroupName"]).toBe(resource("trail").id);
    expect(resource("trail").inputs["name"]).toBe(resource("trail").id);
    expect(resource("trail").id).toMatch(/^trail-[0-9a-f]{26}$/);
    expect(resource("alarm").inputs["dimensions"]).toEqual({
      stream: expect.stringMatching(/^arn:aws:dynamodb:eu-west-3:123456789012:table\/orders-[0-9a-f]{7}\/stream\//),
    });
    expect(result.outputs).toEqual({ dry: true });
    const byUrn = ({ resources }: Preview) => [...resources].sort((a, b) => a.urn.localeCompare(b.urn));
    expect(byUrn(again)).toEqual(byUrn(result));
  });
});

describe("configuration that nothing reads", () => {
  const misspelt = { "Pulumi.dev.yaml": "config: { shopp:size: 3, sho:size: 4 }\n" };

  it("under a namespace that looks like the program's is an error", async () => {
    const error = await failure({ ...misspelt, "index.ts": `${imports} new pulumi.Config("sho").require("size");` });
    expect(error.message).toBe('config key shopp:size: nothing reads the namespace "shopp". Did you mean shop:size?');
  });

  it("is told with the error of the program that misses it", async () => {
    const error = await failure({ ...misspelt, "index.ts": `${imports} new pulumi.Config().require("size");` });
    expect(error.message).toContain("Missing required configuration variable 'shop:size'");
    expect(error.details.join("\n")).toContain("config key shopp:size: nothing reads");
  });
});

describe("what a preview cannot see into", () => {
  it("is listed: components of another language, dynamic resources", async () => {
    const result = await run({
      "index.ts": `${imports}
        class Remote extends pulumi.ComponentResource {
          declare readonly arn: pulumi.Output<string>;
          constructor(name: string) {
            super("python:index:Remote", name, { arn: undefined, size: 3 }, {}, true);
          }
        }
        const remote = new Remote("remote");
        class Dynamic extends pulumi.dynamic.Resource {
          constructor(name: string) {
            super({ create: async () => ({ id: "x", outs: {} }) }, name, { given: "yes" });
          }
        }
        new Dynamic("dynamic");
        new aws.sns.Topic("topic", { displayName: remote.arn });
      `,
    });
    expect(result.notInspected.map(({ urn, type }) => [urn.split("::").pop(), type])).toEqual([
      ["remote", "python:index:Remote"],
      ["dynamic", "pulumi-nodejs:dynamic:Resource"],
    ]);
    expect(inputsOf(result, "dynamic")).toEqual({ given: "yes" });
    expect(inputsOf(result, "topic")["displayName"]).toBe("[unknown]");
  });
});

describe("a broken program", () => {
  it("that throws: its message and its own lines only", async () => {
    const error = await failure({ "index.ts": `function deep() { throw new Error("no bucket today"); }\n\ndeep();` });
    expect(error.message).toContain("shop: the program failed.\n\nError: no bucket today");
    expect(error.message).toMatch(/at deep \(.*index\.ts:1:/);
    expect(error.message).not.toMatch(/node_modules|node:internal|preload/);
  });

  it("that blames a resource: which one, and nothing of its inside", async () => {
    const error = await failure({
      "index.ts": `${imports} throw new pulumi.ResourceError("wrong topic", new aws.sns.Topic("topic"));`,
    });
    expect(error.message).toMatch(
      /^shop: the program failed\.\n\nError: wrong topic\n {4}at .*index\.ts:3:\d+\)\n\nIt is about the resource "topic" \(aws:sns\/topic:Topic\)\.$/,
    );
  });

  it("whose async entry throws ends soon", async () => {
    const started = Date.now();
    const error = await failure({
      "index.ts": `${imports} export = async () => { await pulumi.output(1).apply(() => 2); throw new Error("async"); };`,
    });
    expect(error.message).toContain("Error: async");
    expect(Date.now() - started).toBeLessThan(20_000);
  });

  it("that refuses the placeholder of an encrypted value: which values, and what to do", async () => {
    const error = await failure({
      "Pulumi.dev.yaml": "config: { emails: [{ secure: v1:a:b }], plain: x }\n",
      "index.ts": `${imports}
        const [email] = new pulumi.Config().requireObject<string[]>("emails");
        if (!email.includes("@")) throw new Error("the secret value is not an e-mail address");`,
    });
    expect(error.message).toContain("the secret value is not an e-mail address");
    expect(error.details.join("\n")).toMatch(/replaced by placeholders.*: shop:emails\.\n.*--config FILE/);
  });

  it("with a syntax error: file and line", async () => {
    const error = await failure({ "index.ts": "\nconst broken = ;" });
    expect(error.message).toMatch(/index\.ts\(2,16\): error TS1109: Expression expected/);
  });

  describe("with a type error", () => {
    const files = { "index.ts": `import * as pulumi from "@pulumi/pulumi";\nexport const size: number = "three";` };
    beforeEach(() => void vi.stubEnv("PULUMI_NODEJS_TRANSPILE_ONLY", undefined));
    afterEach(() => void vi.unstubAllEnvs());

    it("fails as under Pulumi's own CLI, with file and line", async () => {
      const error = await failure(files);
      expect(error.message).toMatch(
        /index\.ts\(2,14\): error TS2322: Type 'string' is not assignable to type 'number'/,
      );
    });

    it("runs where its tsconfig.json says that types are not checked", async () => {
      const { outputs } = await run({ ...files, "tsconfig.json": `{ "compilerOptions": { "noCheck": true } }` });
      expect(outputs).toEqual({ size: "three" });
    });
  });

  it.each([
    ["leaves", "process.exit(0);"],
    [
      "waits for itself",
      "let b; const a = new aws.sns.Topic('a', { displayName: pulumi.output(Promise.resolve().then(() => b.arn)) }); b = new aws.sns.Topic('b', { displayName: a.arn });",
    ],
  ])("that %s while the SDK is at work: what that may be", async (_, code) => {
    const error = await failure({ "index.ts": `${imports} new aws.sns.Topic("topic"); ${code}` });
    expect(error.message).toBe("shop: the program ended with exit code 1.");
    expect(error.details.join("\n")).toMatch(
      /promises were still active[\s\S]*\n\nDoes the program call process\.exit\(\)\?/,
    );
  });

  it("that leaves before its resources are registered is not a pass", async () => {
    const error = await failure({ "index.ts": "setImmediate(() => process.reallyExit(0));\nexport {};" });
    expect(error.message).toContain("Does it call process.exit()?");
  });

  describe("that awaits what never comes", () => {
    const never = "did not come to its end: something that it awaits never comes";
    const weak = "new aws.sns.Topic('after');";

    it.each([
      [
        "in its async entry",
        { "index.ts": `${imports} export = async () => { await new Promise(() => {}); ${weak} };` },
      ],
      [
        "at the top of an ES module",
        {
          "package.json": JSON.stringify({ name: "shop", type: "module", main: "index.js" }),
          "index.js": `import * as aws from "@pulumi/aws";\nnew aws.s3.Bucket("before");\nawait new Promise(() => {});\n${weak}`,
        },
      ],
      ["as an output of the stack", { "index.ts": `export const open = new Promise(() => {});` }],
    ])("%s is not a pass", async (_, files) => {
      const error = await failure(files);
      expect(error.message).toContain(`shop: the program ${never}`);
      expect(error.details.join("\n")).toContain("--resolved gives them made-up values");
    });

    const unknown = (value: string) => ({
      "index.ts": `${imports} export = async () => {
        const topic = new aws.sns.Topic("before");
        await new Promise((resolve) => ${value}.apply(resolve)); ${weak}
      };`,
    });

    it("since it is only known after deployment, is seen with --resolved", async () => {
      expect((await failure(unknown("topic.arn"))).message).toContain(never);
      const result = await run(unknown("topic.arn"), { resolved: true });
      expect(result.resources.map(({ name }) => name)).toContain("after");
    });

    it("since a look-up has no answer, is told which", async () => {
      const error = await failure(unknown("aws.ec2.getVpcOutput({ default: true }).id"));
      expect(error.message).toContain(never);
      expect(error.details.join("\n")).toContain('"aws:ec2/getVpc:getVpc":\n  - args: {"default":true}');
    });
  });

  it("that registers a resource twice", async () => {
    const error = await failure({ "index.ts": `${imports} new aws.sns.Topic("twice"); new aws.sns.Topic("twice");` });
    expect(error.message).toContain("Duplicate resource URN 'urn:pulumi:dev::shop::aws:sns/topic:Topic::twice'");
  });

  it("that never ends", async () => {
    const error = await failure({ "index.ts": "setInterval(() => undefined, 1000);" }, { timeoutSeconds: 8 });
    expect(error.message).toContain("did not end within 8 seconds");
  });
});

describe("a policy pack", () => {
  const topic = {
    "index.ts": `${imports} const key = new aws.kms.Key("key"); new aws.sns.Topic("topic", { kmsMasterKeyId: key.arn });`,
  };

  it("that crashes fails the preview", async () => {
    const crashing = pack(
      `[{ name: "crash", description: "d", enforcementLevel: "mandatory", validateResource: () => { throw new Error("policy bug"); } }]`,
    );
    const error = await failure(topic, { packFolder: crashing });
    expect(error.message).toMatch(/^policy pack failed \(tiny@v1\.0\.0\): .*policy bug/s);
  });

  it("that does not start fails the preview", async () => {
    const error = await failure(topic, { packFolder: pack("(() => { throw new Error('no pack'); })()") });
    expect(error.message).toContain("policy pack failed");
    expect(error.details.join("\n")).toContain("no pack");
  });

  it("remediates, judges stacks, and is undecided about unknown values", async () => {
    const packFolder = pack(`[
      { name: "named", description: "Names topics.", enforcementLevel: "remediate", configSchema: { properties: { name: { type: "string", default: "from-default" } } },
        remediateResource: (args) => { if (args.type === "aws:sns/topic:Topic") { args.props.displayName = args.getConfig().name; return args.props; } } },
      { name: "reads-key", description: "Reads the key.", enforcementLevel: "mandatory",
        validateResource: (args, report) => { if (args.props.kmsMasterKeyId === "x") report("x"); } },
      { name: "whole", description: "Sees all.", enforcementLevel: "advisory",
        validateStack: (args, report) => report(args.resources.filter((r) => r.isType !== undefined && r.provider).map((r) => r.name + "@" + r.provider.name.slice(0, 7) + " " + (r.props.displayName ?? "-")).sort().join()) },
    ]`);
    const result = await run(topic, { packFolder });
    expect(result.remediations).toMatchObject([{ policy: "named", urn: expect.stringContaining("::topic") }]);
    expect(result.undecided).toMatchObject([
      { policy: "reads-key", enforcementLevel: "mandatory", urn: expect.stringContaining("::topic") },
    ]);
    expect(result.violations).toMatchObject([
      { policy: "whole", enforcementLevel: "advisory", message: "key@default -,topic@default from-default" },
    ]);
  });
});
