import type { EventSummary } from "../../detections/event/summary";
import { FirstEvents, Listing } from "./listed";

export const minute = 60_000;
export type Statistic = "Sum" | "SampleCount" | "Average" | "Minimum" | "Maximum";

/** What one minute of a metric holds: CloudWatch aggregates the values of a metric filter every minute. */
interface Bucket {
  sum: number;
  count: number;
  minimum: number;
  maximum: number;
  /** Holds only the filter's default value, which a match in the same minute replaces. */
  isDefault: boolean;
  events: FirstEvents | undefined;
}

/**
 * One time series of a metric, in buckets of a minute, with the first events behind each. Values come in any order; it holds
 * what was not forgotten.
 */
export class Series {
  /** By start of the minute, in order of arrival. */
  private readonly buckets = new Map<number, Bucket>();
  /** No bucket is older. */
  private oldest = Infinity;

  constructor(private readonly listing = new Listing()) {}

  get isEmpty(): boolean {
    return this.buckets.size === 0;
  }

  add(time: number, value: number, event: EventSummary | undefined): void {
    const at = startOf(time);
    let bucket = this.buckets.get(at);
    if (!bucket || bucket.isDefault) {
      bucket = { sum: 0, count: 0, minimum: Infinity, maximum: -Infinity, isDefault: false, events: undefined };
      this.set(at, bucket);
    }
    bucket.sum += value;
    bucket.count += 1;
    bucket.minimum = Math.min(bucket.minimum, value);
    bucket.maximum = Math.max(bucket.maximum, value);
    if (!event) return;
    bucket.events ??= new FirstEvents(this.listing);
    bucket.events.add(time, event);
  }

  /** The value of a minute in which log events arrived, as long as none matches. */
  addDefault(time: number, value: number): void {
    const at = startOf(time);
    if (this.buckets.has(at)) return;
    this.set(at, { sum: value, count: 1, minimum: value, maximum: value, isDefault: true, events: undefined });
  }

  /** The data point of `[from, to)`; `undefined` without data. */
  point(from: number, to: number, statistic: Statistic): number | undefined {
    let [sum, count, minimum, maximum] = [0, 0, Infinity, -Infinity];
    for (const [, bucket] of this.between(from, to)) {
      sum += bucket.sum;
      count += bucket.count;
      minimum = Math.min(minimum, bucket.minimum);
      maximum = Math.max(maximum, bucket.maximum);
    }
    if (count === 0) return undefined;
    return { Sum: sum, SampleCount: count, Average: sum / count, Minimum: minimum, Maximum: maximum }[statistic];
  }

  /** Values of the minute that begins at a time which come from events. */
  matchesIn(at: number): number {
    const bucket = this.buckets.get(at);
    return bucket && !bucket.isDefault ? bucket.count : 0;
  }

  /** Events of `[from, to)` in order of time; of each minute the first ones. */
  eventsIn(from: number, to: number): EventSummary[] {
    return this.between(from, to)
      .sort(([a], [b]) => a - b)
      .flatMap(([, { events }]) => events?.inOrder() ?? []);
  }

  /** Forgets what is before a time. */
  forgetBefore(time: number): void {
    if (time <= this.oldest) return;
    this.oldest = Infinity;
    for (const [at, { events }] of this.buckets) {
      if (at >= time) this.oldest = Math.min(this.oldest, at);
      else {
        events?.release();
        this.buckets.delete(at);
      }
    }
  }

  private between(from: number, to: number): [at: number, bucket: Bucket][] {
    if (to - from === minute) {
      const bucket = this.buckets.get(from);
      return bucket ? [[from, bucket]] : [];
    }
    return [...this.buckets].filter(([at]) => at >= from && at < to);
  }

  private set(at: number, bucket: Bucket): void {
    this.buckets.set(at, bucket);
    this.oldest = Math.min(this.oldest, at);
  }
}

export const startOf = (time: number): number => Math.floor(time / minute) * minute;
