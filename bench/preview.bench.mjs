// The whole offline preview of the root program, against importing the two Pulumi packages in a bare Node.js process.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

const run = (...args) => {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")}: exit ${status}\n${stderr}`);
};

export default async function preview() {
  return {
    ours: { label: "preview", command: () => run("dist/cli/main.js", "preview") },
    theirs: { label: "imports", command: () => run("-e", 'require("@pulumi/pulumi"); require("@pulumi/aws")') },
    bound: 5,
  };
}
