import type { EventSummary } from "../../detections/event/summary";
import { minute, startOf } from "../cloudwatch/series";
import type { Note } from "./notes";
import { packUuid, unpackUuid, uuidNumbers } from "./uuid";

/** One event as it is shown to a detector. */
export interface Noted {
  note: Note;
  /** When it counts, and its `eventTime`, in milliseconds. */
  time: number;
  occurred: number;
  id: string;
  /** `eventTime` as written. */
  written: string;
  sourceIp: string;
}

/** Memory of a waiting event; of a text that is held for it alone; of a note without its texts. Measured. */
const [eventBytes, textBytes, noteBytes] = [64, 32, 1500];

/**
 * Puts events in order of time that come out of order, a minute at a time. Small and limited: where they would take more
 * memory than they may, the oldest minute goes early. What comes after its minute has gone goes at once, out of order.
 */
export class Waiting {
  /** Events that went out of order. */
  unordered = 0;
  private readonly minutes = new Map<number, Minute>();
  private readonly addresses = new Map<string, string>();
  private bytes = 0;
  /** No minute is older. */
  private oldest = Infinity;
  /** Everything before has gone. */
  private gone = -Infinity;

  constructor(
    private readonly release: (event: Noted) => void,
    private readonly maxBytes: number,
  ) {}

  add(note: Note, isNew: boolean, event: EventSummary, occurred: number, time: number): void {
    const { id, time: written, sourceIp } = event;
    if (time < this.gone) {
      this.unordered++;
      this.release({ note, time, occurred, id, written, sourceIp });
      return;
    }
    const at = startOf(time);
    let of = this.minutes.get(at);
    if (!of) {
      of = new Minute();
      this.minutes.set(at, of);
      this.oldest = Math.min(this.oldest, at);
    }
    const before = of.bytes;
    of.add(note, this.address(sourceIp, of), event, occurred, time);
    if (isNew) of.bytes += noteBytes;
    this.bytes += of.bytes - before;
    while (this.bytes > this.maxBytes) this.letGo();
  }

  /** Lets go the minutes that ended by a time. */
  advance(time: number): void {
    while (this.oldest + minute <= time && this.minutes.size > 0) this.letGo();
  }

  private letGo(): void {
    const at = this.oldest;
    const of = this.minutes.get(at)!;
    this.minutes.delete(at);
    this.oldest = Math.min(...this.minutes.keys());
    this.gone = at + minute;
    this.bytes -= of.bytes;
    of.inOrder(this.release);
  }

  /** One text for one address, as long as not too many are known. */
  private address(text: string, of: Minute): string {
    const known = this.addresses.get(text);
    if (known !== undefined) return known;
    if (this.addresses.size === maxAddresses) this.addresses.clear();
    this.addresses.set(text, text);
    of.bytes += textBytes + text.length;
    return text;
  }
}

const maxAddresses = 50_000;

/** The events of a minute, as few and large arrays: a million objects would take several times the memory. */
class Minute {
  bytes = 0;
  private readonly notes: Note[] = [];
  private readonly times: number[] = [];
  private readonly occurred: number[] = [];
  private readonly addresses: string[] = [];
  private ids = new Int32Array(16 * uuidNumbers);
  /** What is not written as usual, by index. */
  private readonly otherIds = new Map<number, string>();
  private readonly otherTimes = new Map<number, string>();
  private isOrdered = true;

  add(note: Note, address: string, { id, time: written }: EventSummary, occurred: number, time: number): void {
    const i = this.notes.length;
    this.isOrdered &&= i === 0 || time >= this.times[i - 1]!;
    this.notes.push(note);
    this.times.push(time);
    this.occurred.push(occurred);
    this.addresses.push(address);
    if ((i + 1) * uuidNumbers > this.ids.length) {
      const ids = new Int32Array(2 * this.ids.length);
      ids.set(this.ids);
      this.ids = ids;
    }
    this.bytes += eventBytes;
    if (!packUuid(id, this.ids, i * uuidNumbers)) this.keep(this.otherIds, i, id);
    if (written !== usual(occurred)) this.keep(this.otherTimes, i, written);
  }

  inOrder(release: (event: Noted) => void): void {
    const { notes, times, occurred, addresses, ids, otherIds, otherTimes } = this;
    const order = this.isOrdered ? undefined : times.map((_, i) => i).sort((a, b) => times[a]! - times[b]! || a - b);
    for (let n = 0; n < notes.length; n++) {
      const i = order ? order[n]! : n;
      release({
        note: notes[i]!,
        time: times[i]!,
        occurred: occurred[i]!,
        id: otherIds.get(i) ?? unpackUuid(ids, i * uuidNumbers),
        written: otherTimes.get(i) ?? usual(occurred[i]!),
        sourceIp: addresses[i]!,
      });
    }
  }

  private keep(texts: Map<number, string>, i: number, text: string): void {
    texts.set(i, text);
    this.bytes += 2 * textBytes + text.length;
  }
}

let last = { time: Number.NaN, text: "" };
/** As CloudTrail writes a time. Neighbours mostly are of the same second. */
function usual(time: number): string {
  if (time !== last.time) last = { time, text: new Date(time).toISOString().replace(".000Z", "Z") };
  return last.text;
}
