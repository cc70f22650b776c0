import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { createGunzip, gunzip } from "node:zlib";

/** A file to read, or standard input as `-`. */
export interface InputFile {
  path: string;
  /** Bytes on disk; 0 where it is not known. */
  size: number;
}

/** Why a file cannot be read to its end. What was read before is good. */
export class Unreadable extends Error {}

/** The content of a file, decompressed where it begins as gzip does, in chunks. Throws an `Unreadable`. */
export type Content = AsyncIterable<Buffer> | Iterable<Buffer>;

/** Contents up to this size are decompressed at once, larger ones in chunks of it: large buffers are collected late. */
const chunkSize = 256 * 1024;
/** No content of more bytes is that small. */
const smallFile = chunkSize;
const filesAhead = 1;
/** What is read at a time. Damaged gzip loses what was decompressed from the last piece. */
const [piece, smallPiece, finePiece] = [64 * 1024, 8 * 1024, 256];

/** Files with their contents, in order. `onRead` is told how many bytes of a file were read. */
export async function* contents(
  files: readonly InputFile[],
  onRead: (bytes: number) => void,
): AsyncGenerator<[InputFile, Content]> {
  const ahead: Promise<Content>[] = [];
  for (const [i, file] of files.entries()) {
    while (ahead.length <= filesAhead && i + ahead.length < files.length) {
      ahead.push(open(files[i + ahead.length]!, onRead));
    }
    yield [file, await ahead.shift()!];
  }
}

/** The content of one file. */
export async function open(file: InputFile, onRead: (bytes: number) => void): Promise<Content> {
  if (file.path === "-" || file.size > smallFile) return ahead(stream(file, onRead, piece));
  try {
    const bytes = await readFile(file.path);
    if (isGzip(bytes) && contentSize(bytes) > chunkSize) return ahead(stream(file, onRead, smallPiece));
    const content = isGzip(bytes) ? await decompress(bytes) : bytes;
    onRead(bytes.length);
    return [content];
  } catch {
    // Damaged, or larger than it says: read in pieces, which gives all that is readable.
    return stream(file, onRead, finePiece);
  }
}

const gunzipAll = promisify<Buffer, { chunkSize: number; maxOutputLength: number }, Buffer>(gunzip);
const decompress = (bytes: Buffer): Promise<Buffer> =>
  gunzipAll(bytes, { chunkSize: Math.max(1024, contentSize(bytes) + 1), maxOutputLength: 4 * chunkSize });

/** What gzip data says, at its end, of the size of its last part (RFC 1952, ISIZE). */
const contentSize = (bytes: Buffer): number => (bytes.length < 18 ? 0 : bytes.readUInt32LE(bytes.length - 4));

async function* stream(
  { path }: InputFile,
  onRead: (bytes: number) => void,
  highWaterMark: number,
): AsyncGenerator<Buffer> {
  let expand: Gunzip | undefined;
  try {
    const input = path === "-" ? process.stdin : createReadStream(path, { highWaterMark });
    let start: Buffer | undefined = Buffer.alloc(0);
    for await (const read of input as AsyncIterable<Buffer>) {
      let chunk = read;
      onRead(read.length);
      if (start) {
        chunk = Buffer.concat([start, chunk]);
        start = chunk.length < 2 ? chunk : undefined;
        if (start) continue;
        if (isGzip(chunk)) expand = new Gunzip();
      }
      if (expand) yield* expand.push(chunk);
      else yield chunk;
    }
    if (start?.length) yield start;
    if (expand) yield* expand.end();
  } catch (error) {
    throw new Unreadable(`${reasonOf(error)}${expand ? ` after byte ${expand.position}` : ""}`);
  }
}

/** The next chunk is made, on another core, while this one is read; the first one at once. */
function ahead(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const start = (): Promise<IteratorResult<Buffer>> => {
    const next = chunks.next();
    // It is waited for later; until then, a failure is not unhandled.
    next.catch(() => undefined);
    return next;
  };
  let next = start();
  return (async function* () {
    try {
      for (let { value, done } = await next; !done; { value, done } = await next) {
        next = start();
        yield value;
      }
    } finally {
      await next.catch(() => undefined);
      await chunks.return(undefined);
    }
  })();
}

/** Gives all that was decompressed before it fails; a stream's iterator would drop it. */
class Gunzip {
  private readonly stream = createGunzip({ chunkSize });
  private ready: Buffer[] = [];
  private failure: Error | undefined;
  private written = 0;
  /** A stream that failed answers no more calls. */
  private readonly closed: Promise<unknown>;

  constructor() {
    this.stream.on("data", (chunk: Buffer) => this.ready.push(chunk));
    this.stream.on("error", (error) => {
      this.failure = error;
    });
    this.closed = new Promise((resolve) => this.stream.on("close", resolve));
  }

  /** Compressed bytes that were read without a failure. */
  get position(): number {
    return (this.failure as NodeJS.ErrnoException | undefined)?.code === "Z_BUF_ERROR"
      ? this.written
      : this.stream.bytesWritten;
  }

  async *push(chunk: Buffer): AsyncGenerator<Buffer> {
    this.written += chunk.length;
    const written = new Promise((resolve) => this.stream.write(chunk, resolve));
    await Promise.race([written, this.closed]);
    yield* this.take();
  }

  async *end(): AsyncGenerator<Buffer> {
    this.stream.end();
    await this.closed;
    yield* this.take();
  }

  private *take(): Generator<Buffer> {
    const ready = this.ready;
    this.ready = [];
    yield* ready;
    if (this.failure) throw this.failure;
  }
}

export const isGzip = (start: Uint8Array): boolean => start[0] === 0x1f && start[1] === 0x8b;

export function reasonOf(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
      return "no such file or folder";
    case "EACCES":
      return "permission denied";
    case "Z_BUF_ERROR":
      return "the gzip data ends early";
    case "Z_DATA_ERROR":
      return `the gzip data is damaged (${(error as Error).message})`;
    default:
      return (error as Error).message;
  }
}
