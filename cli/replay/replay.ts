import {
  type Alert,
  type CloudTrailRecord,
  type Effects,
  type Simulation,
  type Stopped,
  timeOf,
} from "../../simulation";
import { Copies } from "./copies";
import { type Content, contents, type InputFile, Unreadable } from "./input/content";
import { listFiles } from "./input/files";
import { Held } from "./input/held";
import { type Batch, type Damage, Splitter } from "./input/splitter";
import { Wanted } from "./input/wanted";
import { delayOf } from "./jitter";
import { OrderWindow } from "./window";

export interface ReplaySettings {
  /** Longest delivery delay in seconds. 0: events are delivered when they occur. */
  jitterSeconds: number;
  /** The same seed gives the same delays. */
  seed: number;
  /** Called with each alert that arrives or is stopped, in no order. */
  onAlert(alert: Alert): void;
  /** Called with each part of the input that could not be read: where and why. */
  onProblem(text: string): void;
  /** Called now and then. */
  onProgress(progress: Progress): void;
}

/** How far a replay is. */
export interface Progress {
  bytes: number;
  /** 0 where it is not known. */
  totalBytes: number;
  events: number;
}

/** The last line of `--json`. */
export interface Summary {
  /** Files that were read, standard input included. */
  files: number;
  /** Events in them. */
  events: number;
  /** Events that some filter matches. */
  relevant: number;
  /** Parts of the input that are no event. */
  invalid: number;
  /** Relevant events that came more than an hour, in time of events, after newer ones; they are not evaluated. */
  late: number;
  /** Alerts that arrive. */
  alerts: number;
}

export interface Outcome {
  summary: Summary;
  /** Some input was not readable. */
  isUnreadable: boolean;
  /** Events that a filter matches and that do not arrive. */
  stopped: readonly Stopped[];
  /** Relevant events that an earlier file holds too. They count once. */
  copies: number;
  /** `eventTime` of the first and the last relevant event, in milliseconds. */
  from?: number;
  to?: number;
}

/** Problems of one file that are told; further ones are counted. */
const mostProblems = 5;

/** Runs the events of files through the simulation. Holds what the events of an hour do there, and nothing else. */
export async function replay(
  simulation: Simulation,
  paths: readonly string[],
  settings: ReplaySettings,
): Promise<Outcome> {
  const summary: Summary = { files: 0, events: 0, relevant: 0, invalid: 0, late: 0, alerts: 0 };
  const outcome: Outcome = { summary, isUnreadable: false, stopped: [], copies: 0 };
  const problem = (text: string): void => {
    outcome.isUnreadable = true;
    settings.onProblem(text);
  };
  const run = simulation.start({
    onAlert(alert) {
      if (!alert.stoppedAt) summary.alerts++;
      settings.onAlert(alert);
    },
  });
  const window = new OrderWindow<Effects>((effects, time) => run.take(effects, time));
  const copies = new Copies();
  const observe = (record: CloudTrailRecord): void => {
    const effects = simulation.effectsOf(record);
    if (!effects) return;
    if (copies.isCopy(record, summary.files)) {
      outcome.copies++;
      return;
    }
    if (effects.isRelevant) summary.relevant++;
    const time = timeOf(record);
    outcome.from = Math.min(outcome.from ?? time, time);
    outcome.to = Math.max(outcome.to ?? time, time);
    window.add(effects, time, time + delayOf(record.eventID ?? "", settings.jitterSeconds, settings.seed));
  };

  const { files, unlisted } = await listFiles(paths);
  for (const { path, reason } of unlisted) problem(`${path}: ${reason}`);
  const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
  let bytes = 0;
  const held = new Held();
  const wanted = new Wanted((call) => simulation.neededOf(call));
  const onRead = (read: number): void => {
    bytes += read;
  };
  for await (const [file, content] of contents(files, onRead)) {
    summary.files++;
    const problems = new Problems(file, problem);
    for await (const batch of batches(content, new Splitter(wanted, held))) {
      if (batch instanceof Unreadable) {
        summary.invalid++;
        problems.add(batch.message);
        continue;
      }
      summary.events += batch.events.length + batch.skipped;
      summary.invalid += batch.damages.length;
      for (const damage of batch.damages) problems.add(reasonOf(damage), damage);
      for (const event of batch.events) observe(event as CloudTrailRecord);
      settings.onProgress({ bytes, totalBytes, events: summary.events });
    }
    problems.end();
  }
  window.finish();
  run.finish();
  summary.late = window.late;
  return { ...outcome, stopped: run.stopped };
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
