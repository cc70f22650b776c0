import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** Input that holds no JSON, with the place. */
export class UnreadableInput extends Error {}

/**
 * The JSON values of a file, or of standard input for `-`: one per line, or one over several lines. A line that is no JSON
 * comes as an UnreadableInput, and the rest follows. Throws one where nothing more can be read.
 */
export async function* jsonValues(file: string): AsyncGenerator<unknown> {
  const name = file === "-" ? "standard input" : file;
  let number = 0;
  let first: { parsed: unknown } | undefined;
  /** The lines of an input whose first line is no JSON by itself. */
  const document: string[] = [];
  for await (const line of lines(bytes(file, name))) {
    number++;
    if (document.length === 0 && line.trim() === "") continue;
    const value = document.length === 0 ? parse(line) : undefined;
    first ??= value;
    if (value) yield value.parsed;
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
    yield whole.parsed;
    return;
  }
  const values = document.map(parse);
  const isLines = values.some((value) => typeof value?.parsed === "object" && value.parsed !== null);
  for (const [i, line] of document.entries()) {
    if (line.trim() === "") continue;
    if (isLines && values[i]) yield values[i].parsed;
    else {
      yield notJson(name, i + 1, line);
      if (!isLines) return;
    }
  }
}

/** JSON has no `undefined`: it stands for text that is not JSON. */
function parse(text: string): { parsed: unknown } | undefined {
  try {
    return { parsed: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function notJson(name: string, line: number, text: string): UnreadableInput {
  const start = text.trim().slice(0, 40);
  return new UnreadableInput(`${name}, line ${line}: not JSON, it begins with ${JSON.stringify(start)}`);
}

const lineFeed = 0x0a;
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
