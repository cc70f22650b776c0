import type { CloudTrailRecord } from "../detections/event/record";
import type { CountryOf } from "../functions/detector/observe";
import type { Alert } from "./alert";
import type { AlarmReadings } from "./cloudwatch/alarm";
import { type ResolvedResource, Stack } from "./delivery/stack";
import { type Effects, effectsOf } from "./effects";
import { type Call, type Needed, neededBy, oneOf } from "./logs/needed";
import { Run, type RunOptions, type Stopped } from "./run";
import { readWiring, type Wiring } from "./wiring";

export interface SimulationOptions {
  /** Readings of what AWS does not document. Default: a sliding window, no data point beyond the evaluation periods. */
  readings?: Partial<AlarmReadings>;
  /** Country of a public address. Default: no address has one, so that no new country is seen. */
  countryOf?: CountryOf;
}

export interface Report {
  /** Alerts that arrive, in order of time. */
  alerts: Alert[];
  /** Alerts that would have been, with the hop at which each stopped. */
  undelivered: Alert[];
  stopped: Stopped[];
  /** Events, and those that some filter matches. */
  events: number;
  relevant: number;
}

const defaultReadings: AlarmReadings = { alignment: "sliding", extraDataPoints: 0 };

/** A local model of the deployed data path: events in, alerts out. Holds no event; each run starts from nothing. */
export class Simulation {
  private readonly wiring: Wiring;
  private readonly readings: AlarmReadings;
  private readonly countryOf: CountryOf;

  /** Throws an InputError for inputs that are not resolved or that AWS would refuse. */
  constructor(resources: readonly ResolvedResource[], { readings, countryOf }: SimulationOptions = {}) {
    this.countryOf = countryOf ?? (() => undefined);
    this.readings = { ...defaultReadings, ...readings };
    this.wiring = readWiring(new Stack(resources));
  }

  /** Alarms and rules that are not simulated, with the reason. */
  get notSimulated(): Wiring["notSimulated"] {
    return this.wiring.notSimulated;
  }

  /** What the event does in a run, for `Run.take`; `undefined` where it does nothing and need not be held or ordered. */
  effectsOf(record: CloudTrailRecord): Effects | undefined {
    return effectsOf(this.wiring, record, this.countryOf);
  }

  /** What an event of this call must hold to do something here: others need not even be parsed. */
  neededOf(call: Call): Needed {
    const { detectors, filters, withDefault, rules, subscriptions } = this.wiring;
    return oneOf([
      withDefault.length > 0,
      ...filters.map(({ filter }) => neededBy(filter.pattern, call)),
      ...subscriptions.map(({ filter }) => filter.neededOf(call)),
      ...rules.map(({ rule }) => rule.sources?.has(call.eventSource) ?? true),
      ...detectors.map((way) => way.neededOf(call)),
    ]);
  }

  /** A run over events that are given one by one. */
  start(options: RunOptions = {}): Run {
    return new Run(this.wiring, this.readings, this.countryOf, options);
  }

  /** A run over events in order of `eventTime`. */
  run(events: Iterable<CloudTrailRecord>): Report {
    const { run, report } = this.collect();
    for (const event of events) run.push(event);
    return report();
  }

  /** As `run`, for events that arrive over time. */
  async runAsync(events: AsyncIterable<CloudTrailRecord> | Iterable<CloudTrailRecord>): Promise<Report> {
    const { run, report } = this.collect();
    for await (const event of events) run.push(event);
    return report();
  }

  private collect() {
    const alerts: Alert[] = [];
    const run = this.start({ onAlert: (alert) => alerts.push(alert) });
    const report = (): Report => {
      run.finish();
      alerts.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
      return {
        alerts: alerts.filter(({ stoppedAt }) => stoppedAt === undefined),
        undelivered: alerts.filter(({ stoppedAt }) => stoppedAt !== undefined),
        stopped: run.stopped,
        events: run.events,
        relevant: run.relevant,
      };
    };
    return { run, report };
  }
}
