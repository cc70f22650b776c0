import type { EventSummary } from "../../detections/event/summary";

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
  events: EventSummary[];
}

/** One time series of a metric, in buckets of a minute, with the events behind it. Holds what is in a window. */
export class Series {
  /** By start of the minute, in order of arrival. */
  private readonly buckets = new Map<number, Bucket>();

  get isEmpty(): boolean {
    return this.buckets.size === 0;
  }

  add(time: number, value: number, event: EventSummary | undefined): void {
    const at = startOf(time);
    let bucket = this.buckets.get(at);
    if (!bucket || bucket.isDefault) {
      bucket = { sum: 0, count: 0, minimum: Infinity, maximum: -Infinity, isDefault: false, events: [] };
      this.buckets.set(at, bucket);
    }
    bucket.sum += value;
    bucket.count += 1;
    bucket.minimum = Math.min(bucket.minimum, value);
    bucket.maximum = Math.max(bucket.maximum, value);
    if (event) bucket.events.push(event);
  }

  /** The value of a minute in which log events arrived, as long as none matches. */
  addDefault(time: number, value: number): void {
    const at = startOf(time);
    if (this.buckets.has(at)) return;
    this.buckets.set(at, { sum: value, count: 1, minimum: value, maximum: value, isDefault: true, events: [] });
  }

  /** The data point of `[from, to)`; `undefined` without data. */
  point(from: number, to: number, statistic: Statistic): number | undefined {
    let [sum, count, minimum, maximum] = [0, 0, Infinity, -Infinity];
    for (const [at, bucket] of this.buckets) {
      if (at < from || at >= to) continue;
      sum += bucket.sum;
      count += bucket.count;
      minimum = Math.min(minimum, bucket.minimum);
      maximum = Math.max(maximum, bucket.maximum);
    }
    if (count === 0) return undefined;
    return { Sum: sum, SampleCount: count, Average: sum / count, Minimum: minimum, Maximum: maximum }[statistic];
  }

  /** Events of `[from, to)`. */
  eventsIn(from: number, to: number): EventSummary[] {
    return [...this.buckets].flatMap(([at, bucket]) => (at >= from && at < to ? bucket.events : []));
  }

  /** Forgets what is before a time. */
  forgetBefore(time: number): void {
    for (const at of this.buckets.keys()) if (at < time) this.buckets.delete(at);
  }
}

export const startOf = (time: number): number => Math.floor(time / minute) * minute;
