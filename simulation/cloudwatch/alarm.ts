import type { EventSummary } from "../../detections/event/summary";
import { type AlarmSettings, comparisons } from "./alarmInputs";
import { Listing, maxListedEvents } from "./listed";
import { minute, Series, startOf } from "./series";
import { type AlarmState, type Breach, evaluateState } from "./state";

/** Readings of what AWS does not document; see `readings.ts`. */
export interface AlarmReadings {
  /** `sliding` is AWS's default window; `clock`: periods begin at multiples of their length in UTC. */
  alignment: "sliding" | "clock";
  /** Data points that are looked at beyond `evaluationPeriods`. */
  extraDataPoints: number;
}

/** A stay in ALARM, from the change of state that notifies until the change back. */
export interface Episode {
  alarm: AlarmSettings;
  /** Values of the group's dimensions by name; empty for an alarm on one series. */
  group: Readonly<Record<string, string>>;
  /** When the alarm changed to ALARM: the end of the minute that made it change. */
  time: number;
  /** The data point that made it change; 0 where missing data did. */
  value: number;
  /** Events behind the data points that breached. */
  events: EventSummary[];
  /** Matching events later in the same stay: nothing notifies of these. */
  suppressed: number;
  suppressedEvents: EventSummary[];
}

interface Group {
  values: Readonly<Record<string, string>>;
  series: Series;
  state: AlarmState;
  episode?: Episode;
  /** The next evaluation; `undefined`: the state cannot change before new data arrives. */
  due?: number;
  /** The last evaluation. */
  evaluated: number;
}

/**
 * A metric alarm over a stream of values, in any order among those that `advance` has not passed. It is evaluated at the end of
 * every minute, over a window that slides by a minute (CloudWatch user guide, "Alarm evaluation"), and notifies only when it
 * changes state. Minutes in which nothing can change are skipped. `closed` is called with each stay in ALARM when it is over.
 * Holds counts by the minute and of each minute the first events, so that no flood fills the memory.
 */
export class Alarm {
  private readonly groups = new Map<string, Group>();
  private readonly period: number;
  /** How far an evaluation looks back. */
  private readonly range: number;
  private readonly points: number;
  /** No group is due before. */
  private due = Infinity;

  constructor(
    readonly settings: AlarmSettings,
    private readonly readings: AlarmReadings,
    private readonly closed: (episode: Episode) => void,
    private readonly listing = new Listing(),
  ) {
    this.period = settings.periodSeconds * 1000;
    const extra = readings.alignment === "clock" ? 0 : readings.extraDataPoints;
    this.points = settings.evaluationPeriods + extra;
    this.range = this.points * this.period;
  }

  /** An alarm without data is evaluated too: missing data may breach. Called with the time of the first event. */
  start(time: number): void {
    if (!this.settings.groupedBy) this.setDue(this.group([], {}), time);
  }

  /** A value at a time. `dimensions` are in the order of `names`. */
  add(time: number, value: number, event: EventSummary, names: readonly string[], dimensions: readonly string[]): void {
    const group = this.groupOf(names, dimensions);
    if (!group) return;
    group.series.add(time, value, event);
    this.setDue(group, time);
    // Its minute was judged already.
    if (group.episode && time < group.evaluated) this.suppress(group.episode, 1, [event]);
  }

  /** A minute with log events but without a match. */
  addDefault(time: number, value: number): void {
    const group = this.groupOf([], []);
    if (!group) return;
    group.series.addDefault(time, value);
    this.setDue(group, time);
  }

  /** Nothing before this time is added any more: evaluates what is due up to it, and forgets groups without data. */
  advance(time: number): void {
    if (this.due > time) return;
    this.due = Infinity;
    for (const [key, group] of this.groups) {
      this.advanceGroup(group, time);
      if (group.due !== undefined) this.due = Math.min(this.due, group.due);
      else if (group.series.isEmpty && !group.episode && this.settings.groupedBy) this.groups.delete(key);
    }
  }

  /** No more values: evaluates until nothing can change, and ends the stays in ALARM that last. */
  finish(): void {
    this.advance(Infinity);
    for (const group of this.groups.values()) this.close(group);
  }

  private groupOf(names: readonly string[], dimensions: readonly string[]): Group | undefined {
    const { groupedBy, dimensions: wanted = {} } = this.settings;
    if (groupedBy) {
      const values = groupedBy.map((name) => dimensions[names.indexOf(name)]!);
      return this.group(values, Object.fromEntries(groupedBy.map((name, i) => [name, values[i]!])));
    }
    return names.every((name, i) => wanted[name] === dimensions[i]) ? this.group([], wanted) : undefined;
  }

  private group(key: readonly string[], values: Readonly<Record<string, string>>): Group {
    const id = key.length === 0 ? "" : JSON.stringify(key);
    let group = this.groups.get(id);
    if (!group) {
      group = { values, series: new Series(this.listing), state: "INSUFFICIENT_DATA", evaluated: -Infinity };
      this.groups.set(id, group);
    }
    return group;
  }

  /** The minute of a time is to be judged, unless it was already: then the next one. */
  private setDue(group: Group, time: number): void {
    const end = startOf(time) + minute;
    group.due = group.due === undefined ? end : Math.min(group.due, Math.max(end, group.evaluated + minute));
    this.due = Math.min(this.due, group.due);
  }

  private advanceGroup(group: Group, time: number): void {
    while (group.due !== undefined && group.due <= time) {
      const end = group.due;
      if (group.episode) {
        const from = end - minute;
        this.suppress(group.episode, group.series.matchesIn(from), group.series.eventsIn(from, end));
      }
      this.evaluate(group, end);
      group.evaluated = end;
      const next = end + minute;
      group.series.forgetBefore(next - this.reach(next));
      // Without data in any window the state is final until the next value.
      group.due = group.series.isEmpty && this.isSettled(group) ? undefined : next;
    }
  }

  /** How far before an evaluation its oldest data point begins. */
  private reach(end: number): number {
    return this.range + (this.readings.alignment === "clock" ? end % this.period : 0);
  }

  /** Another evaluation without data gives the same state again. */
  private isSettled(group: Group): boolean {
    return this.settings.groupedBy
      ? group.state === "OK"
      : evaluateState(Array<Breach>(this.points).fill(undefined), this.settings, group.state) === group.state;
  }

  private evaluate(group: Group, end: number): void {
    const { statistic, threshold, comparison } = this.settings;
    const newest = this.readings.alignment === "clock" ? Math.floor(end / this.period) * this.period : end;
    const values: (number | undefined)[] = [];
    for (let i = this.points; i > 0; i--) {
      const to = newest - (i - 1) * this.period;
      values.push(group.series.point(to - this.period, to, statistic));
    }
    const breaches = values.map((value) =>
      value === undefined ? undefined : comparisons[comparison](value, threshold),
    );
    // A time series that the query no longer returns is OK, however missing data is treated (CloudWatch user guide,
    // "Missing Data in CloudWatch Metrics Insights alarms").
    const isGone = this.settings.groupedBy !== undefined && values.every((value) => value === undefined);
    const state = isGone ? "OK" : evaluateState(breaches, this.settings, group.state);
    if (state === group.state) return;
    group.state = state;
    if (state !== "ALARM") {
      this.close(group);
      return;
    }
    const first = breaches.indexOf(true);
    const from = first < 0 ? newest : newest - (this.points - first) * this.period;
    const events = group.series.eventsIn(from, newest);
    group.episode = {
      alarm: this.settings,
      group: group.values,
      time: end,
      value: values[breaches.lastIndexOf(true)] ?? 0,
      events: events.slice(0, maxListedEvents),
      suppressed: 0,
      suppressedEvents: [],
    };
    this.listing.held += group.episode.events.length;
  }

  /** What matches while the alarm stays in ALARM. */
  private suppress(episode: Episode, matches: number, events: readonly EventSummary[]): void {
    episode.suppressed += matches;
    for (const event of events) {
      if (!this.listing.mayHold(episode.suppressedEvents.length + episode.events.length)) return;
      episode.suppressedEvents.push(event);
      this.listing.held++;
    }
  }

  private close(group: Group): void {
    if (!group.episode) return;
    this.listing.held -= group.episode.events.length + group.episode.suppressedEvents.length;
    this.closed(group.episode);
    delete group.episode;
  }
}
