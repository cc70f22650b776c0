// Compares times in one run, as ratios: the two sides of each comparison take turns, and the medians are compared.
// Usage: npm run bench [-- NAME…]   Each is printed when it is done. Exit 1 where a ratio is over its bound, or one fails.
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const rounds = 9;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const suffix = ".bench.mjs";
const names = readdirSync(here).flatMap((file) => (file.endsWith(suffix) ? [file.slice(0, -suffix.length)] : []));
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(", ")}. Known: ${names.join(", ")}.`);
  process.exit(2);
}

for (const name of names.filter((name) => wanted.length === 0 || wanted.includes(name))) {
  try {
    if (!(await compare(name))) process.exitCode = 1;
  } catch (error) {
    console.error(`${name}: ${error.stack}`);
    process.exitCode = 1;
  }
}

/** Prepares and runs one comparison, prints it, and says whether it keeps its bound. */
async function compare(name) {
  const { ours, theirs, bound } = await (await import(join(here, name + suffix))).default();
  const times = { ours: [], theirs: [] };
  for (let round = 0; round <= rounds; round++) {
    for (const [side, run] of [
      ["ours", ours],
      ["theirs", theirs],
    ]) {
      const start = performance.now();
      await run.command();
      // The first round warms the file cache and is not counted.
      if (round > 0) times[side].push(performance.now() - start);
    }
  }
  const [a, b] = [median(times.ours), median(times.theirs)];
  const ratio = a / b;
  const verdict = ratio <= bound ? "ok" : "OVER";
  console.log(
    `${name}: ${ours.label} ${a.toFixed(0)} ms, ${theirs.label} ${b.toFixed(0)} ms, ratio ${ratio.toFixed(2)} (bound ${bound}) ${verdict}`,
  );
  return ratio <= bound;
}
