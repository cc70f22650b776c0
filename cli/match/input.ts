import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Scanner, skipSpace } from "../replay/input/json";

/** Input that holds no JSON, with the place. */
export class UnreadableInput extends Error {}

/**
 * The JSON values of a file, or of standard input for `-`: on lines, also after a timestamp as CloudWatch Logs exports them,
 * over several lines, or one after the other. A line that is no JSON comes as an UnreadableInput, and the rest follows.
 * Throws one where nothing more can be read.
 */
export async function* jsonValues(file: string): AsyncGenerator<unknown> {
  const name = file === "-" ? "standard input" : file;
  let number = 0;
  let first: readonly unknown[] | undefined;
  /** The lines of an input whose first line is no JSON by itself. */
  const document: string[] = [];
  for await (const line of lines(bytes(file, name))) {
    number++;
    if (document.length === 0 && line.trim() === "") continue;
    const values = document.length === 0 ? parse(line) : undefined;
    first ??= values;
    if (values) yield* values;
    else if (first) yield notJson(name, number, line);
    else {
      if (document.length === 0) document.push(...Array<string>(number - 1).fill(""));
      document.push(line);
    }
  }
  if (document.length > 0) yield* documentValues(document, name);
}

/** One value over several lines, or lines of which the first is damaged. */
function* documentValues(document: readonly string[], name: string): Generator<unknown> {
  const whole = parse(document.join("\n"));
  if (whole) {
    yield* whole;
    return;
  }
  const values = document.map(parse);
  const isLines = values.some((value) => typeof value?.[0] === "object" && value[0] !== null);
  for (const [i, line] of document.entries()) {
    if (line.trim() === "") continue;
    if (isLines && values[i]) yield* values[i];
    else {
      yield notJson(name, i + 1, line);
      if (!isLines) return;
    }
  }
}

/** The values in a text, or `undefined` where it is not JSON. */
function parse(text: string): readonly unknown[] | undefined {
  try {
    return [JSON.parse(text)];
  } catch {
    return several(Buffer.from(text.replace(timestamp, "")));
  }
}

const timestamp = /^\s*\d{4}-\d\d-\d\dT[\d:.]+Z\s+(?=\{)/;

/** Objects and arrays without a line break between them, such as CloudTrail's files as `zcat` joins them. */
function several(bytes: Buffer): readonly unknown[] | undefined {
  const scanner = new Scanner();
  const values: unknown[] = [];
  for (let at = skipSpace(bytes, 0); at < bytes.length; at = skipSpace(bytes, at)) {
    const end = opens.has(bytes[at]!) ? scanner.value(bytes, at, true) : -1;
    if (end < 0) return undefined;
    values.push(JSON.parse(bytes.toString("utf8", at, end)));
    at = end;
  }
  return values.length > 0 ? values : undefined;
}

function notJson(name: string, line: number, text: string): UnreadableInput {
  const start = text.trim().slice(0, 40);
  return new UnreadableInput(`${name}, line ${line}: not JSON, it begins with ${JSON.stringify(start)}`);
}

const lineFeed = 0x0a;
/** `{` and `[`. */
const opens = new Set([0x7b, 0x5b]);
const byteOrderMark = "\ufeff";

async function* lines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let isFirst = true;
  const text = (last: Buffer): string => {
    const line = (parts.length === 0 ? last : Buffer.concat([...parts, last])).toString("utf8");
    parts = [];
    const start = isFirst && line.startsWith(byteOrderMark) ? 1 : 0;
    isFirst = false;
    return line.slice(start);
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, from)) {
      yield text(chunk.subarray(from, at));
      from = at + 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (parts.length > 0) yield text(Buffer.alloc(0));
}

/** The content of a file, decompressed where it begins as gzip does, whatever its name. */
async function* bytes(file: string, name: string): AsyncGenerator<Buffer> {
  try {
    if (file !== "-" && (await stat(file)).isDirectory()) {
      throw new UnreadableInput(`${name}: a folder. Name the files, for example ${name.replace(/\/$/, "")}/*.json.gz`);
    }
    const input: Readable = file === "-" ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 });
    const chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    let start = Buffer.alloc(0);
    while (start.length < 2) {
      const { value, done } = await chunks.next();
      if (done) break;
      start = Buffer.concat([start, value]);
    }
    if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)) {
      throw new UnreadableInput(`${name}: UTF-16, not UTF-8. Convert it, for example with: iconv -f UTF-16 -t UTF-8`);
    }
    const whole = rest(start, chunks);
    yield* isGzip(start) ? pipeline(Readable.from(whole), createGunzip(), () => undefined) : whole;
  } catch (error) {
    throw error instanceof UnreadableInput ? error : new UnreadableInput(`${name}: ${reasonOf(error)}`);
  }
}

const isGzip = (start: Buffer): boolean => start[0] === 0x1f && start[1] === 0x8b;

async function* rest(start: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (start.length > 0) yield start;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}

function reasonOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
      return "no such file";
    case "EACCES":
      return "permission denied";
    case "Z_BUF_ERROR":
      return "the gzip data ends early";
    default:
      return (error as Error).message;
  }
}
