import type { CloudTrailRecord } from "../../../simulation";
import { type Content, contents, type InputFile, Unreadable } from "./content";
import { listFiles } from "./files";
import { Held } from "./held";
import { type Batch, type Call, type Damage, Splitter } from "./splitter";

/** How far the reading is. */
export interface Progress {
  bytes: number;
  /** 0 where it is not known. */
  totalBytes: number;
  events: number;
}

export interface Reading {
  /** Whether events of such a call are wanted; others are counted and not parsed. */
  wants(call: Call): boolean;
  /** Called with each wanted event and the number of its file, from 1. */
  onEvent(record: CloudTrailRecord, file: number): void;
  /** Called with each part of the input that could not be read: where and why. */
  onProblem(text: string): void;
  /** Called now and then. */
  onProgress(progress: Progress): void;
}

/** What was read. */
export interface Read {
  /** Files, standard input included. */
  files: number;
  /** Events in them. */
  events: number;
  /** Parts of the input that are no event. */
  invalid: number;
}

/** Problems of one file that are told; further ones are counted. */
const mostProblems = 5;

/** Reads the CloudTrail events of files and folders, in the order in which the files begin. */
export async function readEvents(paths: readonly string[], reading: Reading): Promise<Read> {
  const read: Read = { files: 0, events: 0, invalid: 0 };
  const { files, unlisted } = await listFiles(paths);
  for (const { path, reason } of unlisted) reading.onProblem(`${path}: ${reason}`);
  const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
  let bytes = 0;
  const held = new Held();
  const onRead = (count: number): void => {
    bytes += count;
  };
  for await (const [file, content] of contents(files, onRead)) {
    read.files++;
    const problems = new Problems(file, reading.onProblem);
    for await (const batch of batches(content, new Splitter(reading.wants, held))) {
      if (batch instanceof Unreadable) {
        read.invalid++;
        problems.add(batch.message);
        continue;
      }
      read.events += batch.events.length + batch.skipped;
      read.invalid += batch.damages.length;
      for (const damage of batch.damages) problems.add(reasonOf(damage), damage);
      for (const event of batch.events) reading.onEvent(event as CloudTrailRecord, read.files);
      reading.onProgress({ bytes, totalBytes, events: read.events });
    }
    problems.end();
  }
  return read;
}

/** What a file holds, stretch by stretch; last, why the rest of it cannot be read. */
async function* batches(content: Content, splitter: Splitter): AsyncGenerator<Batch | Unreadable> {
  try {
    for await (const chunk of content) {
      yield splitter.push(chunk);
      if (splitter.isHopeless) return;
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    // That the text ends early then follows from it.
    yield error;
    return;
  }
  yield splitter.end();
}

const reasonOf = ({ reason, record }: Damage): string => (record ? `record ${record}: ${reason}` : reason);

/** Tells the first problems of a file. */
class Problems {
  private count = 0;

  constructor(
    private readonly file: InputFile,
    private readonly tell: (text: string) => void,
  ) {}

  add(reason: string, place?: Damage): void {
    if (this.count++ >= mostProblems) return;
    const name = this.file.path === "-" ? "standard input" : this.file.path;
    const position = place && place.reason !== "empty" ? `:${place.line}:${place.column}` : "";
    this.tell(`${name}${position}: ${reason}`);
  }

  end(): void {
    if (this.count > mostProblems) this.tell(`${this.file.path}: and ${this.count - mostProblems} more`);
  }
}
