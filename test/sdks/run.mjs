// Proves: the package as `npm pack` makes it, installed beside the oldest Pulumi SDK that it works with and the newest that it
// was tried with, previews programs: components of this library, look-ups, questions and unknown secrets.
// Does not prove: versions between and after them. `npm test` runs on the one of package.json.
// Usage: npm run test:sdks [-- VERSION…]. Needs the package registry; ends with "N passed, M failed".
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const versions = process.argv.length > 2 ? process.argv.slice(2) : ["3.200.0", "3.270.0"];
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "dynamodb-detective-sdks-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const head = `import * as aws from "@pulumi/aws";\nimport * as pulumi from "@pulumi/pulumi";\n`;

/** A program, the arguments of its preview, its exit code, and what else holds of its JSON. */
const programs = {
  components: {
    index: `import { DetectiveControls } from "dynamodb-detective";\nnew DetectiveControls("controls", {});\n`,
    arguments: ["--strict"],
    code: 0,
    holds: ({ coverage }) =>
      assert.ok(coverage.some(({ id, kind, covered }) => kind === "alert" && id === "backup-deleted" && covered)),
  },
  "look-ups": {
    index: `${head}export = async () => {
      const { accountId } = await aws.getCallerIdentity({});
      new aws.sns.Topic("topic", { name: pulumi.interpolate\`t-\${accountId}-\${aws.getRegionOutput().region}\` });
      new aws.ec2.Subnet("subnet", { vpcId: aws.ec2.getVpcOutput({ default: true }).id });
    };`,
    arguments: ["--strict"],
    code: 1,
    holds({ resources, lookups }) {
      assert.equal(inputsOf(resources, "topic").name, "t-123456789012-us-east-1");
      assert.equal(inputsOf(resources, "subnet").vpcId, "[unknown]");
      assert.deepEqual(
        lookups.map(({ token }) => token),
        ["aws:ec2/getVpc:getVpc"],
      );
    },
  },
  "a look-up that the program waits for": {
    index: `${head}export = async () => ({ id: (await aws.ec2.getVpc({ default: true })).id });`,
    code: 2,
    says: /UnansweredLookup: .*aws:ec2\/getVpc:getVpc[\s\S]*--lookups FILE/,
  },
  "unknown secrets": {
    index: `${head}const bucket = new aws.s3.Bucket("bucket");
      new aws.dynamodb.Table("orders", {
        attributes: [{ name: "id", type: "S" }], hashKey: "id", deletionProtectionEnabled: true,
        pointInTimeRecovery: { enabled: true }, serverSideEncryption: { enabled: true },
        tags: pulumi.secret(bucket.arn).apply((arn) => ({ arn })),
      });`,
    arguments: ["--strict"],
    code: 1,
    holds({ policies, undecided }) {
      assert.deepEqual(policies, []);
      assert.deepEqual(
        undecided.map(({ policy }) => policy),
        ["dynamodb-required-tags"],
      );
    },
  },
  // The SDK refuses what the monitor does not say that it does; there is nothing to migrate in a preview.
  "state migrations": {
    index: `${head}new aws.s3.Bucket("bucket", {}, { stateMigrations: [async () => undefined] } as any);`,
    arguments: ["--strict"],
    code: 0,
  },
  // Only newer SDKs ask.
  "whether a resource exists": {
    index: `${head}const ask = (pulumi.runtime as any).existsResource ?? require("@pulumi/pulumi/runtime/resource").existsResource;
      export const exists = ask?.("aws:s3/bucket:Bucket", "assets") ?? "cannot ask";`,
    code: 0,
    holds({ outputs, lookups }) {
      const asked = outputs.exists !== "cannot ask";
      if (asked) assert.equal(outputs.exists, "[unknown]");
      assert.deepEqual(
        lookups.map(({ token, args }) => [token, args]),
        asked ? [["pulumi:pulumi:existsResource", { type: "aws:s3/bucket:Bucket", id: "assets" }]] : [],
      );
    },
  },
};
const inputsOf = (resources, name) => resources.find((resource) => resource.name === name).inputs;

function run(command, args, cwd) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: exit ${status}\n${stdout}${stderr}`);
  return stdout;
}

function check(installed, name, { index, arguments: options = [], code, says, holds }) {
  const cwd = join(installed, name.replaceAll(" ", "-"));
  mkdirSync(cwd);
  writeFileSync(join(cwd, "Pulumi.yaml"), "name: tried\nruntime: nodejs\nmain: index.ts\n");
  writeFileSync(join(cwd, "index.ts"), index);
  const command = join(installed, "node_modules", "dynamodb-detective", "dist", "cli", "main.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, "preview", ".", "--json", ...options], {
    cwd,
    encoding: "utf8",
  });
  assert.equal(status, code, `exit ${status}\n${stderr}${stdout.slice(0, 2_000)}`);
  if (says) assert.match(stderr, says);
  holds?.(JSON.parse(stdout));
}

let [passed, failed] = [0, 0];
const tarball = join(folder, run("npm", ["pack", "--silent", "--pack-destination", folder], root).trim());
for (const version of versions) {
  const installed = join(folder, version);
  mkdirSync(installed);
  writeFileSync(join(installed, "package.json"), JSON.stringify({ name: "tried", private: true }));
  const packages = [tarball, `@pulumi/pulumi@${version}`, `@pulumi/aws@${devDependencies["@pulumi/aws"]}`];
  run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", ...packages], installed);
  for (const [name, program] of Object.entries(programs)) {
    try {
      check(installed, name, program);
      passed += 1;
      console.log(`ok      ${version}: ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${version}: ${name}\n${error.message}`);
    }
  }
  rmSync(installed, { recursive: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
