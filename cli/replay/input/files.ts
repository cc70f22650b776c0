import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import { type InputFile, isGzip, reasonOf } from "./content";

/** A path that cannot be listed, with the reason. */
export interface Unlisted {
  path: string;
  reason: string;
}

/** What CloudTrail writes beside events, and CloudWatch Logs to try its permission, in the folders of their exports. */
const noEvents = /(^|\/)(CloudTrail-Digest|CloudTrail-Insight)(\/|$)|(^|\/)aws-logs-write-test$/;

/**
 * The files of these paths, folders with all that is in them, ordered by when their events begin: CloudTrail's keys sort by
 * Region first, and what is read an hour too late is lost.
 */
export async function listFiles(paths: readonly string[]): Promise<{ files: InputFile[]; unlisted: Unlisted[] }> {
  const found = new Map<string, InputFile>();
  const unlisted: Unlisted[] = [];
  for (const path of paths) {
    if (path === "-") found.set(path, { path, size: 0 });
    else await visit(path, found, unlisted);
  }
  const files = [...found.values()];
  if (files.length < 2) return { files, unlisted };
  const begins = new Map<InputFile, number>();
  for (const file of files) begins.set(file, timeInName(file.path) ?? (await firstTime(file)) ?? -Infinity);
  files.sort((a, b) => difference(begins.get(a)!, begins.get(b)!) || (a.path < b.path ? -1 : 1));
  return { files, unlisted };
}

const difference = (a: number, b: number): number => (a === b ? 0 : a - b);

async function visit(path: string, found: Map<string, InputFile>, unlisted: Unlisted[]): Promise<void> {
  try {
    const entry = await stat(path);
    if (!entry.isDirectory()) {
      found.set(path, { path, size: entry.size });
      return;
    }
    const names = await readdir(path);
    for (const name of names.sort()) {
      const inner = join(path, name);
      if (!name.startsWith(".") && !noEvents.test(inner)) await visit(inner, found, unlisted);
    }
  } catch (error) {
    unlisted.push({ path, reason: reasonOf(error) });
  }
}

/** `…_CloudTrail_us-east-1_20260105T1000Z_Xy.json.gz` (CloudTrail user guide, "CloudTrail log file name format"). */
const timestamp = /_CloudTrail_[a-z0-9-]+_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z_/;

/** When CloudTrail delivered a file, in milliseconds; `undefined` for other names. */
export function timeInName(path: string): number | undefined {
  const [, year, month, day, hour, minute] = timestamp.exec(basename(path))?.map(Number) ?? [];
  return year === undefined ? undefined : Date.UTC(year, month! - 1, day, hour, minute);
}

const peeked = 8 * 1024;
const eventTime = /eventTime\\?"\s*:\s*\\?"([^"\\]+)/;

/** The time of the first event, from the beginning of the file. */
async function firstTime({ path }: InputFile): Promise<number | undefined> {
  if (path === "-") return undefined;
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of createReadStream(path, { end: peeked - 1 })) chunks.push(chunk as Buffer);
    const start = Buffer.concat(chunks);
    const text = isGzip(start) ? gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH }) : start;
    const time = Date.parse(eventTime.exec(text.toString("latin1"))?.[1] ?? "");
    return Number.isNaN(time) ? undefined : time;
  } catch {
    // Said when the file is read.
    return undefined;
  }
}
