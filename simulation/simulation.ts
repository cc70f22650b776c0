import { type CloudTrailRecord, timeOf } from "../detections/event/record";
import type { EventSummary } from "../detections/event/summary";
import type { CountryOf } from "../functions/detector/observe";
import type { Alert } from "./alert";
import { alertOf, ruleAlert } from "./alert";
import { Alarm, type AlarmReadings } from "./cloudwatch/alarm";
import { minute } from "./cloudwatch/series";
import { breakOf, broken, type Hop, type HopName } from "./delivery/hop";
import { type ResolvedResource, Stack } from "./delivery/stack";
import { DetectorRun } from "./detector/detector";
import { type Effects, effectsOf } from "./effects";
import { type Call, type Needed, neededBy, oneOf } from "./logs/needed";
import { type DetectorWay, type FilterWay, readWiring, type Wiring } from "./wiring";

export interface SimulationOptions {
  /** Readings of what AWS does not document. Default: a sliding window, no data point beyond the evaluation periods. */
  readings?: Partial<AlarmReadings>;
  /** Country of a public address. Default: no address has one, so that no new country is seen. */
  countryOf?: CountryOf;
}

/** Events that a filter matches and that do not reach an alarm, by the hop that stops them. */
export interface Stopped {
  detection: string;
  hop: HopName;
  at: string;
  reason: string;
  events: number;
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

/** What a run calls as it goes along. */
export interface RunOptions {
  /** Called when an alarm has left ALARM, or at the end, for delivered and undelivered alerts alike. */
  onAlert?(alert: Alert): void;
  /** Called for each event that a subscription filter sends on, with where to: a function's core can be run there. */
  onSubscribed?(destinationArn: string, record: CloudTrailRecord, time: number): void;
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

  /** How an event that is worth the haste reaches people before its alarm does: the hops, by rule. */
  fastWays(record: CloudTrailRecord): { rule: string; path: readonly Hop[] }[] {
    return this.wiring.fastRules
      .filter(({ rule }) => rule.matches(record))
      .map(({ rule, upstream, downstream }) => ({ rule: rule.resource, path: [...upstream(record), ...downstream] }));
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

/** Alarms are asked to forget quiet groups this often, in time of events. */
const housekeeping = 60 * minute;

/**
 * One run. Memory is bounded by the open windows: of an event that a filter matches, a summary is held until it leaves the
 * windows of its alarms.
 */
export class Run {
  /** Events so far. */
  events = 0;
  /** Events that some filter matched. */
  relevant = 0;
  /** By alarm and by what broke the way of the events to it: lost events are evaluated apart, to say what was lost. */
  private readonly alarms = new Map<string, Alarm>();
  private readonly stops = new Map<string, Stopped>();
  private readonly detectors: ReadonlyMap<DetectorWay, DetectorRun>;
  private started = false;
  private tidyAt = Infinity;

  constructor(
    private readonly wiring: Wiring,
    private readonly readings: AlarmReadings,
    private readonly countryOf: CountryOf,
    private readonly options: RunOptions,
  ) {
    this.detectors = new Map(wiring.detectors.map((way) => [way, new DetectorRun()]));
  }

  get stopped(): Stopped[] {
    return [...this.stops.values()];
  }

  /**
   * One event, not earlier than the ones before, or by less than a window. `time`: when it counts, in milliseconds;
   * default: its `eventTime`. Returns whether a filter or rule matches it. An event without a time counts nowhere.
   */
  push(record: CloudTrailRecord, time?: number): boolean {
    this.events++;
    const effects = effectsOf(this.wiring, record, this.countryOf);
    // Most events do nothing and end here.
    if (!effects && this.started) return false;
    const at = time ?? timeOf(record);
    if (Number.isNaN(at)) return false;
    if (!this.started) this.begin(at);
    if (effects) this.take(effects, at, record);
    return effects?.isRelevant ?? false;
  }

  /**
   * What an event does, at a time in milliseconds; as `push`, for an event that was looked at before its turn. `record`: the
   * event, for `onSubscribed`, which is not called without.
   */
  take(effects: Effects, time: number, record?: CloudTrailRecord): void {
    const { isRelevant, event, counted, followed, subscribed, detected, defaults } = effects;
    if (!this.started) this.begin(time);
    if (isRelevant) this.relevant++;
    for (const each of counted) this.deliver(each, time, event);
    for (const each of followed) this.follow(each, time, event);
    for (const each of subscribed) this.subscribe(each, time, record);
    for (const each of detected) this.detect(each, time, event);
    for (const each of defaults) this.addDefault(each, time);
    if (time >= this.tidyAt) {
      for (const alarm of this.alarms.values()) alarm.advance(time - minute);
      this.tidyAt = time + housekeeping;
    }
  }

  /** No more events: ends what is open. */
  finish(): void {
    for (const alarm of this.alarms.values()) alarm.finish();
  }

  private begin(time: number): void {
    this.started = true;
    this.tidyAt = time + housekeeping;
    // Alarms on which missing data breaches go off without any event.
    for (const { alarms, upstream } of this.wiring.filters) {
      for (const index of alarms) {
        const { treatMissingData } = this.wiring.alarms[index]!.settings;
        if (treatMissingData === "breaching") this.alarm(index, upstream(), "").start(time);
      }
    }
  }

  private deliver({ way, path, value }: Effects["counted"][number], time: number, event: EventSummary): void {
    const lost = breakOf(path) ?? (way.alarms.length === 0 ? noAlarm(way) : undefined);
    if (lost) this.stop(way.filter.metricName, lost);
    if (!value) return;
    for (const index of way.alarms) {
      const alarm = this.alarm(index, path, lost ? `${lost.hop}\n${lost.reason}` : "");
      alarm.add(time, value.value, event, way.filter.dimensionNames, value.dimensions);
    }
  }

  private follow({ way, path }: Effects["followed"][number], time: number, event: EventSummary): void {
    const alert = ruleAlert(way.rule, time, event, path);
    if (alert.stoppedAt) this.stop(alert.detection, alert.stoppedAt);
    this.options.onAlert?.(alert);
  }

  private subscribe({ way, path }: Effects["subscribed"][number], time: number, record?: CloudTrailRecord): void {
    const { name, destinationArn } = way.filter;
    const lost = breakOf(path);
    const feedsDetector = this.wiring.detectors.some(({ detector }) => detector.arn === destinationArn);
    if (lost && !feedsDetector) this.stop(name, lost);
    if (!lost && record) this.options.onSubscribed?.(destinationArn, record, time);
  }

  /** The detector is run where its events do not arrive, too, to say what is lost. */
  private detect({ way, path, sightings }: Effects["detected"][number], time: number, event: EventSummary): void {
    const { watched, resource } = way.detector;
    const detections = this.detectors.get(way)!.observe(sightings, time);
    // What cannot be read finds nothing: its events are lost.
    const unread = watched.length === 0 ? breakOf(path) : undefined;
    if (unread) this.stop(resource.name, unread);
    for (const detection of detections) {
      const onMetric = way.alarms.get(detection) ?? [];
      const lost = breakOf(path) ?? (onMetric.length === 0 ? withoutAlarm(detection) : undefined);
      if (lost) this.stop(detection, lost);
      for (const index of onMetric) {
        this.alarm(index, path, lost ? `${lost.hop}\n${lost.reason}` : "").add(time, 1, event, [], []);
      }
    }
  }

  private addDefault({ way, path }: Effects["defaults"][number], time: number): void {
    for (const index of way.alarms) this.alarm(index, path, "").addDefault(time, way.filter.defaultValue!);
  }

  private alarm(index: number, upstream: readonly Hop[], lost: string): Alarm {
    const key = `${index}\n${lost}`;
    let alarm = this.alarms.get(key);
    if (!alarm) {
      const { settings, downstream } = this.wiring.alarms[index]!;
      const path = [...upstream, ...downstream];
      alarm = new Alarm(settings, this.readings, (episode) => this.options.onAlert?.(alertOf(episode, path)));
      this.alarms.set(key, alarm);
    }
    return alarm;
  }

  private stop(detection: string, { hop, at, reason = "" }: Hop): void {
    const key = `${detection}\n${hop}\n${reason}`;
    const known = this.stops.get(key);
    if (known) known.events++;
    else this.stops.set(key, { detection, hop, at, reason, events: 1 });
  }
}

const withoutAlarm = (detection: string): Hop =>
  broken("alarm", detection, `no alarm measures the metric ${detection} that the detector writes`);

const noAlarm = ({ filter }: FilterWay): Hop =>
  broken("alarm", filter.name, `no alarm measures ${filter.namespace} ${filter.metricName}`);
