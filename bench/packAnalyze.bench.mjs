// Time to judge 1,000 resources of a mixed stack, as the engine sends them, against a pack with one policy that does
// nothing: what the SDK and gRPC take by themselves. Both packs are processes; prints how their memory grew, too.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);
const { credentials } = require("@grpc/grpc-js");
const { AnalyzerClient } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
const { AnalyzeRequest, AnalyzerProviderResource, AnalyzerResource, AnalyzerResourceOptions, AnalyzeStackRequest } =
  require("@pulumi/pulumi/proto/analyzer_pb");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb");

const count = 1000;
/** Resources in flight, as with Pulumi's default parallelism. */
const parallel = 16;

export default async function packAnalyze() {
  const [ours, theirs] = await Promise.all([start(join(root, "policypack")), start(onePolicy())]);
  return {
    ours: { label: ours.label, command: () => judge(ours.client) },
    theirs: { label: theirs.label, command: () => judge(theirs.client) },
    bound: 1.5,
    finish: () => {
      for (const { label, pack, client, memory } of [ours, theirs]) {
        console.log(`packAnalyze: ${label} takes ${memory()} MB at the end`);
        client.close();
        pack.kill();
      }
    },
  };
}

async function judge(client) {
  const requests = resources().map((resource) => fill(new AnalyzeRequest(), resource));
  const call = (method, request) =>
    new Promise((resolve, reject) => {
      client[method](request, (error, response) => (error ? reject(error) : resolve(response)));
    });
  let next = 0;
  const worker = async () => {
    while (next < requests.length) await call("analyze", requests[next++]);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  const stack = new AnalyzeStackRequest();
  stack.setResourcesList(resources().map((resource) => fill(new AnalyzerResource(), resource)));
  await call("analyzeStack", stack);
}

/** A stack as they are: one table in ten, the rest of other types. */
function resources() {
  const tags = { Security: "high", Confidentiality: "internal", Environment: "production" };
  const table = {
    type: "aws:dynamodb/table:Table",
    props: {
      hashKey: "id",
      attributes: [{ name: "id", type: "S" }],
      billingMode: "PAY_PER_REQUEST",
      deletionProtectionEnabled: true,
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      replicas: [
        { regionName: "eu-west-1", deletionProtectionEnabled: true, pointInTimeRecovery: true, propagateTags: true },
      ],
      tags,
      tagsAll: tags,
    },
  };
  const others = [
    { type: "aws:s3/bucket:Bucket", props: { bucket: "logs", tags, tagsAll: tags, forceDestroy: false } },
    { type: "aws:iam/role:Role", props: { assumeRolePolicy: "x".repeat(600), tags, tagsAll: tags } },
    {
      type: "aws:lambda/function:Function",
      props: { runtime: "nodejs24.x", environment: { variables: tags }, tagsAll: tags },
    },
    {
      type: "aws:cloudwatch/metricAlarm:MetricAlarm",
      props: { threshold: 1, dimensions: tags, alarmActions: ["arn"] },
    },
    { type: "kubernetes:core/v1:ConfigMap", props: { metadata: { labels: tags }, data: tags } },
  ];
  return Array.from({ length: count }, (_, index) => ({
    ...(index % 10 === 0 ? table : others[index % others.length]),
    name: `r${index}`,
  }));
}

function fill(request, { type, name, props }) {
  request.setType(type);
  request.setName(name);
  request.setUrn(`urn:pulumi:bench::bench::${type}::${name}`);
  request.setProperties(Struct.fromJavaScript(props));
  request.setOptions(new AnalyzerResourceOptions());
  const provider = new AnalyzerProviderResource();
  provider.setType("pulumi:providers:aws");
  provider.setName("default");
  provider.setUrn("urn:pulumi:bench::bench::pulumi:providers:aws::default");
  provider.setProperties(Struct.fromJavaScript({ region: "eu-west-1" }));
  request.setProvider(provider);
  return request;
}

/** A pack whose only policy applies to every resource, and reads one property. */
function onePolicy() {
  const folder = join(root, ".cache", "bench", "one-policy");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "one-policy", version: "0.0.1", main: "index.js" }),
  );
  writeFileSync(
    join(folder, "index.js"),
    `const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("one", { policies: [{
  name: "one", description: "Checks whether tables are named.", enforcementLevel: "advisory",
  validateResource: (args, report) => { if (args.type === "aws:dynamodb/table:Table" && !args.props.hashKey) report("no"); },
}] });\n`,
  );
  return folder;
}

function start(folder) {
  const launcher = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const pack = spawn(process.execPath, [launcher, "127.0.0.1:1", "."], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const label = folder.endsWith("policypack") ? "our pack" : "one policy";
  return new Promise((resolve, reject) => {
    pack.once("error", reject);
    pack.once("exit", (code) => code && reject(new Error(`${folder}: exit ${code}`)));
    pack.stdout.once("data", (line) => {
      const client = new AnalyzerClient(`127.0.0.1:${String(line).trim()}`, credentials.createInsecure());
      resolve({ label, pack, client, memory: () => residentMegabytes(pack.pid) });
    });
  });
}

/** Linux only; elsewhere nothing is printed of it. */
function residentMegabytes(pid) {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024);
  } catch {
    return "?";
  }
}
