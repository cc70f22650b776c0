// Peak memory of replay on a folder, and on one with ten times the events: ten days instead of one.
// Usage: node bench/replayMemory.mjs   Exit 1 where the second needs 1.3 times the memory of the first.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { cloudtrailFiles } from "./cloudtrailFiles.mjs";
import { catalogResources } from "./resources.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const bound = 1.3;

const day = cloudtrailFiles();
const ten = join(root, ".cache", "bench", "cloudtrail-ten-days");
if (!existsSync(join(ten, ".complete"))) {
  mkdirSync(ten, { recursive: true });
  for (const file of day) {
    const text = gunzipSync(readFileSync(file)).toString();
    for (let i = 1; i <= 10; i++) {
      const date = `2026-02-${String(i).padStart(2, "0")}`;
      writeFileSync(
        join(ten, `${date}-${basename(file)}`),
        gzipSync(text.replaceAll("2026-01-05", date), { level: 1 }),
      );
    }
  }
  writeFileSync(join(ten, ".complete"), "");
}

/** The command itself, which tells its peak last. */
const stackFile = join(root, ".cache", "bench", "stack.json");
writeFileSync(stackFile, JSON.stringify({ resources: catalogResources().resources }));
const atExit = `process.on("exit", () => console.error(process.resourceUsage().maxRSS / 1024))`;
const args = [
  "--import",
  `data:text/javascript,${encodeURIComponent(atExit)}`,
  join(root, "dist", "cli", "main.js"),
  ...["replay", "--stack-file", stackFile, "--json"],
];

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const peaks = [dirname(day[0]), ten].map((folder) => {
  const runs = [1, 2, 3].map(() => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...args, folder], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    const { summary } = JSON.parse(stdout.trimEnd().split("\n").at(-1));
    return { ...summary, megabytes: Number(stderr.trimEnd().split("\n").at(-1)) };
  });
  const peak = median(runs.map(({ megabytes }) => megabytes));
  const [{ files, events }] = runs;
  console.log(`${files} files, ${events.toLocaleString("en-US")} events: ${peak.toFixed(0)} MB`);
  return peak;
});
const ratio = peaks[1] / peaks[0];
console.log(`ratio ${ratio.toFixed(2)} (bound ${bound})`);
if (ratio > bound) process.exitCode = 1;
