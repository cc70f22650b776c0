// Time from starting a policy pack to its port line, against @pulumi/awsguard. That pack is no dependency: it is
// installed into a cache folder on first use.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

export default async function packStart() {
  const awsguard = installAwsguard();
  return {
    ours: { label: "our pack", command: () => firstLine(join(root, "policypack")) },
    theirs: { label: "awsguard", command: () => firstLine(awsguard) },
    bound: 0.75,
  };
}

/** Starts a pack as the engine does and resolves at its first line, which is the port. */
function firstLine(folder) {
  const launcher = createRequire(join(folder, "index.js")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  // Nothing listens there: a pack connects to the engine only to log.
  const pack = spawn(process.execPath, [launcher, "127.0.0.1:1", "."], {
    cwd: folder,
    // awsguard loads the AWS SDK v2, which says at each start that its support has ended.
    env: { ...process.env, AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    pack.stdout.once("data", (line) => {
      pack.kill("SIGKILL");
      Number(line) > 0 ? resolve() : reject(new Error(`${folder}: no port but ${line}`));
    });
    pack.once("error", reject);
    pack.once("exit", (code) => code && reject(new Error(`${folder}: exit ${code}`)));
  });
}

function installAwsguard() {
  const folder = join(root, ".cache", "bench", "awsguard");
  if (!existsSync(join(folder, "node_modules", "@pulumi", "awsguard"))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, "package.json"),
      JSON.stringify({ name: "bench-awsguard", version: "0.0.0", private: true, main: "index.js" }),
    );
    writeFileSync(
      join(folder, "index.js"),
      `const { AwsGuard } = require("@pulumi/awsguard");\nnew AwsGuard({ all: "advisory" });\n`,
    );
    writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
    spawnSync("npm", ["install", "--no-fund", "--no-audit", "@pulumi/awsguard@0.3.1"], {
      cwd: folder,
      stdio: "inherit",
    });
  }
  return folder;
}
