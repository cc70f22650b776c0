// Finds where JSON values end without making them: several times faster than JSON.parse, and strict as it is.

/** What `Scanner.value` answers where the bytes end before the value does. */
export const incomplete = -1;
/** What it answers for bytes that are no JSON; `Scanner.damage` says where. */
export const damaged = -2;

const [quote, backslash] = [0x22, 0x5c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
const [u, slash] = [0x75, 0x2f];

/** Bytes that end the plain run of a string: the quote, the backslash and control characters, which JSON forbids there. */
const endsRun = new Uint8Array(256);
for (let byte = 0; byte < 0x20; byte++) endsRun[byte] = 1;
endsRun[quote] = 1;
endsRun[backslash] = 1;

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const isEscapable = new Uint8Array(256);
for (const character of '"\\/bfnrt') isEscapable[character.charCodeAt(0)] = 1;
const isHexDigit = new Uint8Array(256);
for (const character of "0123456789abcdefABCDEF") isHexDigit[character.charCodeAt(0)] = 1;
/** Bytes of numbers and of `true`, `false` and `null`. */
const isScalar = new Uint8Array(256);
for (const character of "0123456789+-.eEtrufalsn") isScalar[character.charCodeAt(0)] = 1;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const longestScalar = 400;
/** Deeper is no log: printing it again would overflow the stack. */
const deepest = 1000;

/** Classes of bytes outside of strings. */
const [isQuote, isComma, isColon, opens, closes, isBlank] = [1, 2, 3, 4, 5, 6];
const classes = new Uint8Array(256);
for (const [characters, kind] of [
  ['"', isQuote],
  [",", isComma],
  [":", isColon],
  ["{[", opens],
  ["}]", closes],
  [" \n\r\t", isBlank],
] as const) {
  for (const character of characters) classes[character.charCodeAt(0)] = kind;
}

/** What may come next. */
const [value, valueOrClose, keyOrClose, key, afterKey, afterValue] = [0, 1, 2, 3, 4, 5];

const eventNameLength = '"eventName"'.length;
const eventSourceLength = '"eventSource"'.length;

/** A stretch of bytes. */
export class Span {
  start = 0;
  end = 0;

  set(start: number, end: number): void {
    this.start = start;
    this.end = end;
  }
}

/** Reads one value at a time; what it noticed about the last one is in its fields. */
export class Scanner {
  /** Where the bytes stopped being JSON. */
  damage = 0;
  /** The last value is an object with the keys `eventName` and `eventTime`, as every CloudTrail event. */
  isEvent = false;
  /** Where the texts of `eventSource` and `eventName` of the last value begin and end; 0 to 0 where it has none. */
  readonly source = new Span();
  readonly name = new Span();
  /** The last value writes characters by their number, or `/` as `\/`: the same text may be written in several ways. */
  escapesLetters = false;
  /** Containers that are open: 1 for objects. */
  private readonly open: number[] = [];

  /** The offset after the value that begins at `start`, `incomplete` or `damaged`. `last`: no more bytes follow. */
  value(bytes: Uint8Array, start: number, last: boolean): number {
    const end = bytes.length;
    const open = this.open;
    open.length = 0;
    const { source, name } = this;
    source.set(0, 0);
    name.set(0, 0);
    this.escapesLetters = false;
    let [hasName, hasTime] = [false, false];
    /** What the value that comes next in the outermost object is. */
    let field: Span | undefined;
    let expected = value;
    let at = start;
    while (at < end) {
      const byte = bytes[at]!;
      const kind = classes[byte]!;
      if (kind === isQuote) {
        const isKey = expected === keyOrClose || expected === key;
        if (!isKey && expected !== value && expected !== valueOrClose) return this.fail(at);
        let after = at + 1;
        while (after < end && endsRun[bytes[after]!] === 0) after++;
        // Most texts hold nothing to look at.
        after = after < end && bytes[after] === quote ? after + 1 : this.text(bytes, after);
        if (after < 0) return after;
        if (open.length === 1) {
          if (!isKey) field?.set(at + 1, after - 1);
          field = undefined;
          if (isKey && bytes[at + 1] === 0x65) {
            if (after - at === eventNameLength) {
              if (bytesAre(bytes, at + 1, "eventName")) [hasName, field] = [true, name];
              else if (bytesAre(bytes, at + 1, "eventTime")) hasTime = true;
            } else if (after - at === eventSourceLength && bytesAre(bytes, at + 1, "eventSource")) field = source;
            field?.set(0, 0);
          }
        }
        at = after;
        expected = isKey ? afterKey : afterValue;
      } else if (kind === isComma) {
        if (expected !== afterValue) return this.fail(at);
        expected = open[open.length - 1] === 1 ? key : value;
        at++;
      } else if (kind === isColon) {
        if (expected !== afterKey) return this.fail(at);
        expected = value;
        at++;
      } else if (kind === opens) {
        if ((expected !== value && expected !== valueOrClose) || open.length === deepest) return this.fail(at);
        open.push(byte === openBrace ? 1 : 0);
        expected = byte === openBrace ? keyOrClose : valueOrClose;
        at++;
      } else if (kind === closes) {
        const mayClose = expected === afterValue || expected === (byte === closeBrace ? keyOrClose : valueOrClose);
        if (!mayClose || open.pop() !== (byte === closeBrace ? 1 : 0)) return this.fail(at);
        expected = afterValue;
        at++;
      } else if (kind === isBlank) {
        at++;
        continue;
      } else {
        if (expected !== value && expected !== valueOrClose) return this.fail(at);
        const from = at;
        while (at < end && isScalar[bytes[at]!] === 1) at++;
        if (at === end && !last && at - from < longestScalar) return incomplete;
        if (!isScalarText(bytes, from, at)) return this.fail(from);
        expected = afterValue;
      }
      if (expected === afterValue && open.length === 0) {
        this.isEvent = hasName && hasTime;
        return at;
      }
    }
    return incomplete;
  }

  /** The offset after the string of which `start` is inside. */
  private text(bytes: Uint8Array, start: number): number {
    const end = bytes.length;
    let at = start;
    for (;;) {
      while (at < end && endsRun[bytes[at]!] === 0) at++;
      if (at >= end) return incomplete;
      if (bytes[at] === quote) return at + 1;
      if (bytes[at] !== backslash) return this.fail(at);
      const escaped = bytes[at + 1];
      if (escaped === undefined) return incomplete;
      if (escaped === u || escaped === slash) this.escapesLetters = true;
      if (isEscapable[escaped] === 1) at += 2;
      else if (escaped === u) {
        for (let digit = at + 2; digit < at + 6; digit++) {
          if (digit >= end) return incomplete;
          if (isHexDigit[bytes[digit]!] !== 1) return this.fail(at);
        }
        at += 6;
      } else return this.fail(at);
    }
  }

  private fail(at: number): number {
    this.damage = at;
    return damaged;
  }
}

function isScalarText(bytes: Uint8Array, from: number, to: number): boolean {
  const length = to - from;
  if (length === 0 || length > longestScalar) return false;
  if (bytesAre(bytes, from, "true")) return length === 4;
  if (bytesAre(bytes, from, "false")) return length === 5;
  if (bytesAre(bytes, from, "null")) return length === 4;
  return number.test(String.fromCharCode(...bytes.subarray(from, to)));
}

export function bytesAre(bytes: Uint8Array, from: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[from + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** The first offset that holds no white space. */
export function skipSpace(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && isSpace(bytes[at]!)) at++;
  return at;
}

/**
 * Where a damaged value that begins with a bracket or brace at `start` would end by its brackets alone; -1 where the bytes
 * end before. Quotes are respected, everything else is not looked at.
 */
export function balancedEnd(bytes: Uint8Array, start: number): number {
  let [depth, inText] = [0, false];
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inText) {
      if (byte === backslash) at++;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === openBrace || byte === openBracket) depth++;
    else if ((byte === closeBrace || byte === closeBracket) && --depth <= 0) return at + 1;
  }
  return -1;
}
