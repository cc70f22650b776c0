import { type CloudTrailRecord, timeOf } from "../detections/event/record";
import type { EventSummary } from "../detections/event/summary";
import { type GroupSightings, grouped } from "../functions/detector/document";
import type { CountryOf, Sighting } from "../functions/detector/observe";
import { type Alert, alertOf, ruleAlert } from "./alert";
import { Alarm, type AlarmReadings } from "./cloudwatch/alarm";
import { Listing } from "./cloudwatch/listed";
import { startOf } from "./cloudwatch/series";
import { breakOf, broken, type Hop, type HopName } from "./delivery/hop";
import { DetectorRun } from "./detector/detector";
import { Notes } from "./detector/notes";
import { type Noted, Waiting } from "./detector/waiting";
import { type Effects, effectsOf } from "./effects";
import type { DetectorWay, FilterWay, Wiring } from "./wiring";

type Detected = Effects["detected"][number];

/** Events that a filter matches and that do not reach an alarm, by the hop that stops them. */
export interface Stopped {
  detection: string;
  hop: HopName;
  at: string;
  reason: string;
  events: number;
}

/** What a run calls as it goes along. */
export interface RunOptions {
  /** Called when an alarm has left ALARM, or at the end, for delivered and undelivered alerts alike. */
  onAlert?(alert: Alert): void;
  /** Called for each event that a subscription filter sends on, with where to: a function's core can be run there. */
  onSubscribed?(destinationArn: string, record: CloudTrailRecord, time: number): void;
  /** Estimate of the memory for events that wait for their turn at a detector, in bytes. Default: 96 MB. */
  maxWaitingBytes?: number;
}

const defaultWaitingBytes = 96 * 1024 * 1024;

/**
 * One run. Alarms count events in whatever order they come, among those that `advance` has not passed; detectors see them in
 * order of time. Memory is bounded: alarms hold counts and the first events of each minute, and what waits for a detector is
 * small and limited.
 */
export class Run {
  /** Events so far. */
  events = 0;
  /** Events that some filter matched. */
  relevant = 0;
  /** By alarm and by what broke the way of the events to it: lost events are evaluated apart, to say what was lost. */
  private readonly alarms = new Map<string, Alarm>();
  private readonly listing = new Listing();
  private readonly stops = new Map<string, Stopped>();
  private readonly detectors: ReadonlyMap<DetectorWay, DetectorRun>;
  private readonly waiting: Waiting;
  private readonly notes = new Notes();
  private first = Infinity;
  private started = false;
  private advanced = -Infinity;

  constructor(
    private readonly wiring: Wiring,
    private readonly readings: AlarmReadings,
    private readonly countryOf: CountryOf,
    private readonly options: RunOptions,
  ) {
    this.detectors = new Map(wiring.detectors.map((way) => [way, new DetectorRun()]));
    this.waiting = new Waiting((noted) => this.noted(noted), options.maxWaitingBytes ?? defaultWaitingBytes);
  }

  get stopped(): Stopped[] {
    return [...this.stops.values()];
  }

  /** Events that a detector saw after later ones, since more would have had to wait than may. */
  get unordered(): number {
    return this.waiting.unordered;
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
    if (effects) {
      this.count(effects, at, record);
      for (const each of effects.detected) this.show(each, grouped(each.sightings), at, effects.event);
    }
    this.first = Math.min(this.first, at);
    this.advance(at);
    return effects?.isRelevant ?? false;
  }

  /**
   * What an event does, at a time in milliseconds, in any order among those that `advance` has not passed: as `push`, for an
   * event that was looked at before its turn. Does not call `onSubscribed`.
   */
  take(effects: Effects, time: number): void {
    this.count(effects, time);
    for (const each of effects.detected) this.note(each, time, effects.event);
  }

  /** No event before this time comes any more: detectors see what waits until then, and alarms are evaluated. */
  advance(time: number): void {
    if (!this.started && time >= this.first) this.begin();
    this.waiting.advance(time);
    if (startOf(time) <= this.advanced) return;
    this.advanced = startOf(time);
    for (const alarm of this.alarms.values()) alarm.advance(time);
  }

  /** No more events: ends what is open. */
  finish(): void {
    if (!this.started && this.first < Infinity) this.begin();
    this.waiting.advance(Infinity);
    for (const alarm of this.alarms.values()) alarm.finish();
  }

  /** What needs no order. */
  private count(effects: Effects, time: number, record?: CloudTrailRecord): void {
    const { isRelevant, event, counted, followed, subscribed, detected, defaults } = effects;
    this.first = Math.min(this.first, time);
    if (isRelevant) this.relevant++;
    for (const each of counted) this.deliver(each, time, event);
    for (const each of followed) this.follow(each, time, event);
    for (const each of subscribed) this.subscribe(each, time, record);
    for (const { way, path } of detected) {
      this.detectors.get(way)!.begins(time);
      // What cannot be read finds nothing: its events are lost.
      const unread = way.detector.watched.length === 0 ? breakOf(path) : undefined;
      if (unread) this.stop(way.detector.resource.name, unread);
    }
    for (const each of defaults) this.addDefault(each, time);
  }

  private begin(): void {
    this.started = true;
    // Alarms on which missing data breaches go off without any event.
    for (const { alarms, upstream } of this.wiring.filters) {
      for (const index of alarms) {
        const { treatMissingData } = this.wiring.alarms[index]!.settings;
        if (treatMissingData === "breaching") this.alarm(index, upstream(), "").start(this.first);
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

  private note(detected: Detected, time: number, event: EventSummary): void {
    const [sighting] = detected.sightings;
    if (!sighting) return;
    const { note, isNew } = this.notes.noteOf(detected, event);
    this.waiting.add(note, isNew, event, sighting.observation.time, time);
  }

  private noted({ note, time, occurred, id, written, sourceIp }: Noted): void {
    const groups = note.groups.map((group) => ({
      ...group,
      sightings: group.sightings.map((sighting) => ({
        ...sighting,
        observation: { ...sighting.observation, id, time: occurred },
      })),
    }));
    this.show(note, groups, time, { id, time: written, sourceIp, ...note.event });
  }

  /** The detector is run where its events do not arrive, too, to say what is lost. */
  private show(
    { way, path }: Pick<Detected, "way" | "path">,
    groups: readonly GroupSightings<Sighting>[],
    time: number,
    event: EventSummary,
  ): void {
    for (const detection of this.detectors.get(way)!.observe(groups, time)) {
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
      alarm = new Alarm(
        settings,
        this.readings,
        (episode) => this.options.onAlert?.(alertOf(episode, path)),
        this.listing,
      );
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
