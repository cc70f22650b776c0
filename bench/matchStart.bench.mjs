// How long `match` takes to start, against Node.js alone.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

export default async function matchStart() {
  const node = (args, input = "") => spawnSync(process.execPath, args, { input });
  const match = [join(root, "dist", "cli", "main.js"), "match", '{ $.eventName = "Delete*" }'];
  return {
    ours: { label: "match", command: () => node(match, '{"eventName":"DeleteTable"}\n') },
    theirs: { label: "node -e 0", command: () => node(["-e", "0"]) },
    bound: 2,
  };
}
