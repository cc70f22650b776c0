import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import { timeOf } from "../../../simulation";
import { type InputFile, isGzip, reasonOf } from "./content";
import { isToCome } from "./future";

/** A path that cannot be listed, with the reason. */
export interface Unlisted {
  path: string;
  reason: string;
}

/**
 * What CloudTrail writes beside events of calls (CloudTrail user guide, "Finding your CloudTrail log files"), and CloudWatch
 * Logs to try its permission, in the folders of their exports.
 */
const noEvents =
  /(^|[\\/])CloudTrail-(Digest|Insight|Aggregated)([\\/]|$)|_CloudTrail-(Digest|Insight|Aggregated)_|(^|[\\/])aws-logs-write-test$/;

/**
 * The files of these paths, folders with all that is in them, ordered by when their events begin: CloudTrail's keys sort by
 * Region first, and what is read an hour too late is lost.
 */
export async function listFiles(paths: readonly string[]): Promise<{ files: InputFile[]; unlisted: Unlisted[] }> {
  const found: Found = { files: new Map(), unlisted: [] };
  const { unlisted } = found;
  for (const path of paths) {
    if (path === "-") found.files.set(path, { path, size: 0 });
    else await visit(path, found);
  }
  const files = [...found.files.values()];
  if (files.length < 2) return { files, unlisted };
  const begins = new Map<InputFile, number>();
  for (const file of files) begins.set(file, timeInName(file.path) ?? (await firstTime(file)) ?? -Infinity);
  files.sort((a, b) => difference(begins.get(a)!, begins.get(b)!) || (a.path < b.path ? -1 : 1));
  return { files, unlisted };
}

const difference = (a: number, b: number): number => (a === b ? 0 : a - b);

interface Found {
  /** By what makes a file the same when it is found twice. */
  files: Map<string, InputFile>;
  unlisted: Unlisted[];
}

async function visit(path: string, found: Found): Promise<void> {
  if (noEvents.test(path)) return;
  try {
    const entry = await stat(path, { bigint: true });
    if (!entry.isDirectory()) {
      const key = keyOf(path, entry);
      if (!found.files.has(key)) found.files.set(key, { path, size: Number(entry.size) });
      return;
    }
    const names = await readdir(path);
    for (const name of names.sort()) if (!name.startsWith(".")) await visit(join(path, name), found);
  } catch (error) {
    found.unlisted.push({ path, reason: reasonOf(error) });
  }
}

/** CloudTrail gives each file a name of its own, so a copy is known by it; others are the same where they lie in one place. */
const keyOf = (path: string, { dev, ino, size }: { dev: bigint; ino: bigint; size: bigint }): string =>
  timeInName(path) === undefined ? `${dev} ${ino}` : `${basename(path)} ${size}`;

/** `…_CloudTrail_us-east-1_20260105T1000Z_Xy.json.gz` (CloudTrail user guide, "CloudTrail log file name format"). */
const timestamp = /_CloudTrail_[a-z0-9-]+_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_/;

/** When CloudTrail delivered a file, in milliseconds; `undefined` for other names. */
export function timeInName(path: string): number | undefined {
  const [, year, month, day, hour, minute] = timestamp.exec(basename(path))?.map(Number) ?? [];
  return year === undefined ? undefined : Date.UTC(year, month! - 1, day, hour, minute);
}

const peeked = 8 * 1024;
const eventTimes = /eventTime\\?"\s*:\s*\\?"([^"\\]+)/g;

/** The time of the first event, from the beginning of the file. */
async function firstTime({ path }: InputFile): Promise<number | undefined> {
  if (path === "-") return undefined;
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of createReadStream(path, { end: peeked - 1 })) chunks.push(chunk as Buffer);
    const start = Buffer.concat(chunks);
    const text = isGzip(start) ? gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH }) : start;
    const times = [...text.toString("latin1").matchAll(eventTimes)].map(([, eventTime]) => timeOf({ eventTime }));
    return times.find((time) => !Number.isNaN(time) && !isToCome(time));
  } catch {
    // Said when the file is read.
    return undefined;
  }
}
