import {
  type Alert,
  type CloudTrailRecord,
  type Effects,
  type Simulation,
  type Stopped,
  timeOf,
} from "../../simulation";
import { Copies } from "./copies";
import { type Progress, readEvents } from "./input/read";
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
  const observe = (record: CloudTrailRecord, file: number): void => {
    const effects = simulation.effectsOf(record);
    if (!effects) return;
    if (copies.isCopy(record, file)) {
      outcome.copies++;
      return;
    }
    if (effects.isRelevant) summary.relevant++;
    const time = timeOf(record);
    outcome.from = Math.min(outcome.from ?? time, time);
    outcome.to = Math.max(outcome.to ?? time, time);
    window.add(effects, time, time + delayOf(record.eventID ?? "", settings.jitterSeconds, settings.seed));
  };

  const read = await readEvents(paths, {
    wants: (call) => simulation.mayConcern(call),
    onEvent: observe,
    onProblem: problem,
    onProgress: settings.onProgress,
  });
  window.finish();
  run.finish();
  summary.late = window.late;
  return { ...outcome, summary: { ...summary, ...read }, stopped: run.stopped };
}
