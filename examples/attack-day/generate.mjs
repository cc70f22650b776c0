// Writes a day of CloudTrail files as S3 holds them. Usage: node examples/attack-day/generate.mjs [FOLDER] [SEED] [SCALE]
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { randomOf } from "./random.mjs";
import { account, recordsOf } from "./records.mjs";
import { attack, day, ordinaryTraffic } from "./story.mjs";

export const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "..", ".cache", "attack-day");

/** CloudTrail delivers about every five minutes. */
const delivery = 5 * 60_000;

/** Writes the files; returns the steps of the attack with their events, and how many events the day has. */
export function generate({ target = folder, seed = 1, scale = 1 } = {}) {
  const random = randomOf(seed);
  const records = recordsOf(random);
  const steps = attack(records).map(({ during, ...step }) => ({ ...step, events: during() }));
  const events = [...steps.flatMap((step) => step.events), ...ordinaryTraffic(records, random, scale)];
  const files = new Map();
  for (const event of events) {
    // Delivered within minutes, and not in order.
    const delivered = Math.ceil((Date.parse(event.eventTime) + random.below(delivery)) / delivery) * delivery;
    const key = `${event.awsRegion} ${delivered}`;
    if (!files.has(key)) files.set(key, []);
    files.get(key).push(event);
  }
  rmSync(target, { recursive: true, force: true });
  for (const [key, inFile] of files) {
    const [region, delivered] = key.split(" ");
    const stamp = new Date(Number(delivered))
      .toISOString()
      .replace(/[-:]|:\d\d\.\d+/g, "")
      .slice(0, 13);
    const path = join(target, "AWSLogs", account, "CloudTrail", region, ...day.split("-"));
    mkdirSync(path, { recursive: true });
    const name = `${account}_CloudTrail_${region}_${stamp}Z_${random.hex(16)}.json.gz`;
    writeFileSync(join(path, name), gzipSync(JSON.stringify({ Records: inFile })));
  }
  return { steps, events: events.length, files: files.size, folder: target };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [target = folder, seed = "1", scale = "1"] = process.argv.slice(2);
  const { events, files } = generate({ target, seed: Number(seed), scale: Number(scale) });
  console.log(`${events} events in ${files} files: ${target}`);
}
