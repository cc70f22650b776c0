// The stream monitor's bundle, imported with its tables, against a bare `node`. In Lambda the AWS SDK is part of the runtime;
// here it comes from node_modules, unbundled, which is the slower way.
import { spawnSync } from "node:child_process";
import { mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const root = dirname(require.resolve("../package.json"));

export default async function streamMonitorStart() {
  const { bundleFunction } = require("../dist/components/functionBundle.js");
  const folder = mkdtempSync(join(tmpdir(), "stream-monitor-"));
  for (const [name, content] of Object.entries(bundleFunction("streamMonitor").files)) {
    writeFileSync(join(folder, name), content);
  }
  writeFileSync(join(folder, "tables.json"), "[]");
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const variables = { LAMBDA_TASK_ROOT: folder, POWERTOOLS_METRICS_NAMESPACE: "bench", AWS_REGION: "eu-west-1" };
  const node = (args) => () => {
    const { status, stderr } = spawnSync(process.execPath, args, { env: { ...process.env, ...variables } });
    if (status !== 0) throw new Error(stderr.toString());
  };
  return {
    name: "stream-monitor-start",
    ours: {
      label: "import of the bundle",
      command: node(["-e", `import(${JSON.stringify(join(folder, "index.mjs"))})`]),
    },
    theirs: { label: "bare node", command: node(["-e", "0"]) },
    bound: 6,
  };
}
