import type { EventSummary } from "../../detections/event/summary";

/** Events that one alert lists; further ones are counted. Bounds memory while an alarm lasts for long. */
export const maxListedEvents = 1000;
/** Events that are held for lists at a time, over all alarms of a run: some 500 bytes each. */
const maxHeld = 100_000;
/** Above that, each minute of a metric still lists so many. */
const leastListed = 25;

/** A list holds so many more before it is shortened: earlier events may come. */
const spare = 250;

/** How many events a run holds to list them. */
export class Listing {
  held = 0;

  constructor(private readonly most = maxHeld) {}

  /** Whether a list that has so many events may hold one more, of at most so many. */
  mayHold(events: number, most = maxListedEvents): boolean {
    return events < leastListed || (this.held < this.most && events < most);
  }
}

/** The first events of a stretch, in whatever order they come. */
export class FirstEvents {
  private times: number[] = [];
  private events: EventSummary[] = [];
  private isOrdered = true;
  /** The list is full: later ones are not among the first. */
  private before = Infinity;

  constructor(private readonly listing: Listing) {}

  add(time: number, event: EventSummary): void {
    const { events, listing } = this;
    if (time >= this.before || !listing.mayHold(events.length, maxListedEvents + spare)) return;
    this.isOrdered &&= events.length === 0 || time >= this.times[events.length - 1]!;
    this.times.push(time);
    events.push(event);
    listing.held++;
    if (events.length >= maxListedEvents + spare) this.shorten();
  }

  /** In order of time; those of one time as they came. */
  inOrder(): readonly EventSummary[] {
    if (!this.isOrdered) this.sort();
    return this.events;
  }

  /** The list is done with. */
  release(): void {
    this.listing.held -= this.events.length;
  }

  private shorten(): void {
    if (!this.isOrdered) this.sort();
    this.listing.held -= this.events.length - maxListedEvents;
    this.events.length = maxListedEvents;
    this.times.length = maxListedEvents;
    this.before = this.times[maxListedEvents - 1]!;
  }

  private sort(): void {
    const { times, events } = this;
    const order = times.map((_, i) => i).sort((a, b) => times[a]! - times[b]! || a - b);
    this.times = order.map((i) => times[i]!);
    this.events = order.map((i) => events[i]!);
    this.isOrdered = true;
  }
}
