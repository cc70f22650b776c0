import type { ItemChangeKind } from "../../detections/itemRule";
import type { FindingEvent } from "../finding";
import type { ItemChange } from "./itemChange";
import { itemOf, type KeyDisplay } from "./keyDisplay";

/** A finding names this many events, the newest. */
const namedEvents = 50;

/** Changes that one finding is about: all counted, the newest kept. Holds no value of an item, but keys as chosen. */
export class Sightings {
  count = 0;
  /** Of the oldest and the newest change, in milliseconds. */
  from = Number.POSITIVE_INFINITY;
  to = Number.NEGATIVE_INFINITY;
  readonly kinds = new Set<ItemChangeKind>();
  readonly attributes = new Set<string>();
  private newest: FindingEvent[] = [];

  constructor(private readonly keyDisplay: KeyDisplay) {}

  add(change: ItemChange, attributes: readonly string[] = []): void {
    const time = Date.parse(change.changedAt);
    this.count += 1;
    this.from = Math.min(this.from, time);
    this.to = Math.max(this.to, time);
    this.kinds.add(change.kind);
    for (const attribute of attributes) this.attributes.add(attribute);
    this.newest.push({
      id: change.eventId,
      name: change.kind,
      time: change.changedAt,
      ...itemOf(change, this.keyDisplay),
      ...(attributes.length > 0 && { attributes: [...attributes] }),
    });
    if (this.newest.length >= 2 * namedEvents) this.newest = this.events();
  }

  /** The newest first. */
  events(): FindingEvent[] {
    return this.newest.toSorted((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0)).slice(0, namedEvents);
  }
}
