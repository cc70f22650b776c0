import type { EventSummary } from "../../detections/event/summary";
import { type GroupSightings, grouped } from "../../functions/detector/document";
import type { Sighting } from "../../functions/detector/observe";
import { breakOf, type Hop } from "../delivery/hop";
import type { Effects } from "../effects";
import type { DetectorWay } from "../wiring";

/** What many events have in common for a detector: they differ in id, time and address only. */
export interface Note {
  way: DetectorWay;
  path: readonly Hop[];
  sightings: readonly Sighting[];
  groups: readonly GroupSightings<Sighting>[];
  event: Omit<EventSummary, "id" | "time" | "sourceIp">;
}

/** Notes of one actor and one set of tables that are known again. */
const maxAlike = 32;
/** Actors with tables of one generation; two are remembered. */
const generation = 5_000;

/** Makes one note of events that are alike. Remembers the newest ones: another note of the same is larger, not wrong. */
export class Notes {
  private newer = new Map<string, Note[]>();
  private older = new Map<string, Note[]>();

  noteOf({ way, path, sightings }: Effects["detected"][number], event: EventSummary): { note: Note; isNew: boolean } {
    const key = `${event.actor}\n${event.tables.join("\n")}`;
    let alike = this.newer.get(key);
    if (!alike) {
      alike = this.older.get(key) ?? [];
      if (this.newer.size === generation) [this.older, this.newer] = [this.newer, new Map()];
      this.newer.set(key, alike);
    }
    const known = alike.find((note) => isOf(note, way, path, sightings, event));
    if (known) return { note: known, isNew: false };
    const { id: _id, time: _time, sourceIp: _address, ...shared } = event;
    const note = { way, path, sightings, groups: grouped(sightings), event: shared };
    if (alike.length === maxAlike) alike.shift();
    alike.push(note);
    return { note, isNew: true };
  }
}

function isOf(
  note: Note,
  way: DetectorWay,
  path: readonly Hop[],
  sightings: readonly Sighting[],
  event: EventSummary,
): boolean {
  const { source, name, region, errorCode } = note.event;
  return (
    note.way === way &&
    name === event.name &&
    source === event.source &&
    region === event.region &&
    errorCode === event.errorCode &&
    note.sightings.length === sightings.length &&
    note.sightings.every((each, i) => areAlike(each, sightings[i]!)) &&
    areSame(note.path, path)
  );
}

function areSame(one: readonly Hop[], other: readonly Hop[]): boolean {
  if (one === other) return true;
  const [a, b] = [breakOf(one), breakOf(other)];
  return a?.hop === b?.hop && a?.at === b?.at && a?.reason === b?.reason && one.length === other.length;
}

const areAlike = (a: Sighting, b: Sighting): boolean =>
  a.watched === b.watched &&
  a.observation.value === b.observation.value &&
  areEqual(a.group, b.group) &&
  areEqual(a.observation.steps ?? [], b.observation.steps ?? []);

const areEqual = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((x, i) => x === b[i]);
