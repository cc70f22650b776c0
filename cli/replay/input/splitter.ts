import { Held } from "./held";
import { balancedEnd, damaged, incomplete, Scanner, skipSpace } from "./json";
import { eventsIn } from "./unwrap";
import type { Wanted } from "./wanted";

/** A part of an input that is no CloudTrail event. */
export interface Damage {
  /** From 1; columns count bytes. */
  line: number;
  column: number;
  /** Number of the record in its list, from 1; absent outside a list. */
  record?: number;
  reason: string;
}

/** What a stretch of input holds. */
export interface Batch {
  /** Events that may be relevant. */
  events: unknown[];
  /** Events that are not wanted. They were not parsed. */
  skipped: number;
  damages: Damage[];
}

/** A value that is larger is damage: what comes after a lost quote or brace must not fill the memory. */
const largestValue = 64 * 1024 * 1024;
/** An input that begins with this many damages and no event is not read further. */
const hopeless = 20;

const [lineFeed, comma, colon, quote] = [0x0a, 0x2c, 0x3a, 0x22];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * The begin of an object whose first member is a list of events: S3 files of CloudTrail, `aws cloudtrail lookup-events`,
 * `aws logs filter-log-events`, CloudWatch Logs subscriptions.
 */
const listStart = /^\{\s*"(?:Records|Events|events|logEvents)"\s*:\s*\[/;
/** Longer white space in a list's beginning only costs memory: the object is then read as a whole. */
const longestListStart = 64;
/** How CloudTrail writes the begin of a record: where reading goes on after damage. */
const recordStart = '{"eventVersion"';

/**
 * Splits bytes that arrive in chunks into events: objects one after the other, lists of events, lines with a timestamp before
 * the object. Holds one value and one chunk. Parses only events that are wanted; damage is noticed everywhere.
 */
export class Splitter {
  /** Nothing that was read so far looks like events: the rest is not worth reading. */
  isHopeless = false;
  private readonly scanner = new Scanner();
  private mode: "values" | "list" | "after list" = "values";
  /** The list is a member of an object, whose end follows. */
  private inObject = false;
  private expectsComma = false;
  private record = 0;
  private started = false;
  private values = 0;
  private damages = 0;
  /** Lines before what is held, and bytes of its first line before it. */
  private lines = 0;
  private lineBytes = 0;
  private batch: Batch = newBatch();

  /** `held`: memory that an earlier input had. */
  constructor(
    private readonly wanted: Wanted,
    private readonly held = new Held(),
  ) {
    held.clear();
  }

  push(chunk: Buffer): Batch {
    return this.read(chunk, false);
  }

  /** No more bytes. */
  end(): Batch {
    return this.read(Buffer.alloc(0), true);
  }

  private read(chunk: Buffer, last: boolean): Batch {
    this.batch = newBatch();
    const bytes = this.held.add(chunk);
    let at = 0;
    if (!this.started) {
      if (bytes.length < 3 && !last) return this.batch;
      this.started = true;
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) at = 3;
      if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
        this.damage(bytes, 0, "UTF-16, not UTF-8. Convert it, for example with: iconv -f UTF-16 -t UTF-8");
        this.isHopeless = true;
      }
    }
    for (;;) {
      at = skipSpace(bytes, at);
      if (at >= bytes.length || this.isHopeless) break;
      const { mode, record, expectsComma } = this;
      const after = this.step(bytes, at, last);
      if (after === incomplete) {
        // Read again from here, with more bytes.
        Object.assign(this, { mode, record, expectsComma });
        break;
      }
      at = after;
    }
    if (last) this.ended(bytes, at);
    this.consume(bytes, at);
    return this.batch;
  }

  /** Reads one thing; returns the offset after it, or `incomplete`. */
  private step(bytes: Buffer, at: number, last: boolean): number {
    if (this.mode === "list") return this.element(bytes, at, last);
    if (this.mode === "after list") return this.member(bytes, at, last);
    const byte = bytes[at];
    if (byte === openBracket) return this.openList(at + 1, false);
    if (byte !== openBrace) return this.textLine(bytes, at, last);
    if (bytes.length - at < longestListStart && !last && bytes.indexOf(closeBrace, at) < 0) return incomplete;
    const list = listStart.exec(bytes.toString("latin1", at, at + longestListStart));
    if (list) return this.openList(at + list[0].length, true);
    return this.value(bytes, at, last);
  }

  private openList(at: number, inObject: boolean): number {
    this.mode = "list";
    this.inObject = inObject;
    this.expectsComma = false;
    this.record = 0;
    return at;
  }

  private element(bytes: Buffer, at: number, last: boolean): number {
    const byte = bytes[at];
    if (byte === closeBracket && (this.expectsComma || this.record === 0)) {
      this.values++;
      this.mode = this.inObject ? "after list" : "values";
      return at + 1;
    }
    if (this.expectsComma) {
      this.expectsComma = false;
      if (byte === comma) return at + 1;
      if (byte !== openBrace) return this.recover(bytes, at, at, last, "expected , or ] after this record");
      this.damage(bytes, at, "expected , after this record");
      return at;
    }
    this.record++;
    return this.value(bytes, at, last);
  }

  /** What follows a list in its object. */
  private member(bytes: Buffer, at: number, last: boolean): number {
    if (bytes[at] === closeBrace) {
      this.mode = "values";
      return at + 1;
    }
    const fail = (): number => {
      this.mode = "values";
      return this.recover(bytes, at, at, last, "expected , or } after the list");
    };
    if (bytes[at] !== comma) return fail();
    const key = skipSpace(bytes, at + 1);
    if (key >= bytes.length) return incomplete;
    if (bytes[key] !== quote) return fail();
    const afterKey = this.scanner.value(bytes, key, last);
    if (afterKey < 0) return afterKey === incomplete ? incomplete : fail();
    const separator = skipSpace(bytes, afterKey);
    if (separator >= bytes.length) return incomplete;
    if (bytes[separator] !== colon) return fail();
    const start = skipSpace(bytes, separator + 1);
    if (start >= bytes.length) return incomplete;
    const after = this.scanner.value(bytes, start, last);
    return after >= 0 || after === incomplete ? after : fail();
  }

  /** A line that begins with no JSON: the object in it, else damage. */
  private textLine(bytes: Buffer, at: number, last: boolean): number {
    const lineEnd = bytes.indexOf(lineFeed, at);
    if (lineEnd < 0 && !last && bytes.length - at < largestValue) return incomplete;
    const end = lineEnd < 0 ? bytes.length : lineEnd;
    const brace = bytes.indexOf(openBrace, at);
    if (brace >= 0 && brace < end) {
      const after = this.scanner.value(bytes, brace, true);
      if (after >= 0 && skipSpace(bytes, after) >= end) {
        this.take(bytes, brace, after);
        return end;
      }
    }
    this.damage(bytes, at, `not JSON, it begins with ${shown(bytes, at)}`);
    return end;
  }

  private value(bytes: Buffer, at: number, last: boolean): number {
    const after = this.scanner.value(bytes, at, last);
    if (after >= 0) {
      this.take(bytes, at, after);
      this.expectsComma = this.mode === "list";
      return after;
    }
    if (after === damaged) {
      const { damage } = this.scanner;
      return this.recover(bytes, at, damage, last, `not JSON at ${shown(bytes, damage)}`);
    }
    if (bytes.length - at < largestValue) return incomplete;
    return this.recover(bytes, at, at, true, `a value of more than ${largestValue / 1024 / 1024} MB`);
  }

  /** Counts a value, and parses it where it may be relevant. */
  private take(bytes: Buffer, from: number, to: number): void {
    this.values++;
    if (this.scanner.isEvent && !this.wanted.has(bytes, from, to, this.scanner)) {
      this.batch.skipped++;
      return;
    }
    for (const event of eventsIn(JSON.parse(bytes.toString("utf8", from, to)))) {
      if (event !== undefined) this.batch.events.push(event);
      else this.damage(bytes, from, "not a CloudTrail event: it lacks eventName, or eventTime is no time");
    }
  }

  /**
   * Reports damage and goes on with the next record: after the damaged one's own brackets, or where CloudTrail's next record
   * begins, whatever comes first; outside a list with the next line.
   */
  private recover(bytes: Buffer, start: number, at: number, last: boolean, reason: string): number {
    const after = this.mode === "list" ? this.nextInList(bytes, start) : this.nextLine(bytes, start);
    if (after === undefined && !last && bytes.length - start < largestValue) return incomplete;
    this.damage(bytes, at, reason);
    if (after === undefined) {
      this.mode = "values";
      return bytes.length;
    }
    return after;
  }

  private nextInList(bytes: Buffer, start: number): number | undefined {
    const record = bytes.indexOf(recordStart, start + 1);
    const isContainer = bytes[start] === openBrace || bytes[start] === openBracket;
    const end = isContainer ? balancedEnd(bytes, start) : endOfScalar(bytes, start);
    const follower = end < 0 ? undefined : bytes[skipSpace(bytes, end)];
    const ends = follower === comma || follower === closeBracket;
    if (ends && (record < 0 || end < record)) {
      this.expectsComma = true;
      return end;
    }
    this.expectsComma = false;
    return record < 0 ? undefined : record;
  }

  /** The next line that does not look like the inside of a value over several lines. */
  private nextLine(bytes: Buffer, start: number): number | undefined {
    const record = bytes.indexOf(recordStart, start + 1);
    for (let end = bytes.indexOf(lineFeed, start); end >= 0; end = bytes.indexOf(lineFeed, end + 1)) {
      if (record >= 0 && record < end) break;
      const first = bytes[end + 1];
      if (first !== undefined && !insideOfValue.has(first)) return end;
    }
    return record < 0 ? undefined : record;
  }

  private ended(bytes: Buffer, at: number): void {
    if (this.isHopeless) return;
    if (at < bytes.length || this.mode !== "values") {
      if (this.mode === "list" && at < bytes.length && !this.expectsComma) this.record++;
      this.damage(bytes, at, "the input ends early");
    } else if (this.values === 0 && this.damages === 0) this.damage(bytes, at, "empty");
  }

  private damage(bytes: Buffer, at: number, reason: string): void {
    this.damages++;
    const [lines, lineBytes] = this.position(bytes, at);
    this.batch.damages.push({
      line: lines + 1,
      column: lineBytes + 1,
      ...(this.mode !== "values" && { record: this.record }),
      reason,
    });
    this.isHopeless = this.values === 0 && this.damages >= hopeless;
  }

  /** Lines before an offset, and bytes of its line before it. */
  private position(bytes: Buffer, at: number): [lines: number, lineBytes: number] {
    let [lines, start] = [this.lines, -this.lineBytes];
    for (let end = bytes.indexOf(lineFeed); end >= 0 && end < at; end = bytes.indexOf(lineFeed, end + 1)) {
      lines++;
      start = end + 1;
    }
    return [lines, at - start];
  }

  private consume(bytes: Buffer, at: number): void {
    [this.lines, this.lineBytes] = this.position(bytes, at);
    this.held.keepFrom(at);
  }
}

const newBatch = (): Batch => ({ events: [], skipped: 0, damages: [] });

/** How lines inside a printed value begin: with white space, or with what closes it. */
const insideOfValue = new Set([0x20, 0x09, 0x0d, lineFeed, closeBrace, closeBracket]);

/** Where something that is no container ends in a list. */
function endOfScalar(bytes: Buffer, start: number): number {
  for (let at = start; at < bytes.length; at++) {
    if (bytes[at] === comma || bytes[at] === closeBracket) return at;
  }
  return -1;
}

/** What stands at an offset, for people. */
const shown = (bytes: Buffer, at: number): string => JSON.stringify(bytes.toString("utf8", at, at + 40).trim());
