import type { Call, Needed } from "../../../simulation";
import type { Scanner, Span } from "./json";

/** Calls that are remembered: AWS has some ten thousand, and files may hold others. */
const mostCalls = 20_000;

/** Knows which events are wanted, by their bytes as written. One serves many files. */
export class Wanted {
  /** Calls so far, by the hash of their names: making two texts for each event would take as long as scanning it. */
  private readonly calls = new Map<number, { source: Buffer; name: Buffer; needed: boolean | Buffer[] }>();

  /** `neededOf`: what an event of a call must hold. */
  constructor(private readonly neededOf: (call: Call) => Needed) {}

  /** Whether the event between two offsets, which was scanned last, is wanted. */
  has(bytes: Buffer, from: number, to: number, { source, name, escapesLetters }: Scanner): boolean {
    const needed = this.neededOfWritten(bytes, source, name);
    // Escapes may spell any text.
    if (typeof needed === "boolean" || escapesLetters) return needed !== false;
    const event = bytes.subarray(from, to);
    return needed.some((text) => event.includes(text));
  }

  private neededOfWritten(bytes: Buffer, source: Span, name: Span): boolean | Buffer[] {
    const hash = hashOf(bytes, name, hashOf(bytes, source, 0));
    const known = this.calls.get(hash);
    if (known && areBytes(bytes, source, known.source) && areBytes(bytes, name, known.name)) return known.needed;
    const eventSource = bytes.toString("utf8", source.start, source.end);
    const eventName = bytes.toString("utf8", name.start, name.end);
    // Escapes may spell any name; a missing name may be of another type.
    const isUnsure = eventSource === "" || eventName === "" || `${eventSource}${eventName}`.includes("\\");
    const texts = isUnsure || this.neededOf({ eventSource, eventName });
    const needed = typeof texts === "boolean" ? texts : texts.map((text) => Buffer.from(text));
    if (this.calls.size < mostCalls) {
      this.calls.set(hash, { source: Buffer.from(eventSource), name: Buffer.from(eventName), needed });
    }
    return needed;
  }
}

function hashOf(bytes: Uint8Array, { start, end }: Span, seed: number): number {
  let hash = seed;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
  return hash;
}

function areBytes(bytes: Uint8Array, { start, end }: Span, other: Uint8Array): boolean {
  if (end - start !== other.length) return false;
  for (let i = 0; i < other.length; i++) if (bytes[start + i] !== other[i]) return false;
  return true;
}
