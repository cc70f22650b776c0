import { isUtf8 } from "node:buffer";

/** A text as whoever decodes it would read it, and the place of each of its characters in the encoded text. */
export interface Decoded {
  text: string;
  /** Where the characters from `start` up to `end` stand in the encoded text. */
  range(start: number, end: number): Range;
}

/** From the first character up to, not including, the last. */
export type Range = readonly [start: number, end: number];

/** Decodes whatever of a text is in one encoding; undefined where nothing is. Bytes become characters of Latin-1. */
export type Decode = (text: string) => Decoded | undefined;

/** Characters that came from one place of the encoded text. */
interface Piece {
  /** Offset in the decoded text. */
  at: number;
  /** Place in the encoded text of the character at an offset of this piece. */
  locate(offset: number): Range;
}

/** Between parts that do not belong together: no secret holds it. */
const separator = "\uffff";

class Decoding implements Decoded {
  text = "";
  private readonly pieces: Piece[] = [];

  append(text: string, locate: Piece["locate"]): void {
    if (text === "") return;
    this.pieces.push({ at: this.text.length, locate });
    this.text += text;
  }

  range(start: number, end: number): Range {
    return [this.place(start)[0], this.place(end - 1)[1]];
  }

  private place(offset: number): Range {
    let low = 0;
    for (let high = this.pieces.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (this.pieces[middle]!.at <= offset) low = middle;
      else high = middle;
    }
    const piece = this.pieces[low]!;
    return piece.locate(offset - piece.at);
  }
}

/** Replaces what matches, and keeps the rest. */
function replacing(pattern: RegExp, decode: (match: RegExpMatchArray) => string): Decode {
  return (text) => {
    const decoding = new Decoding();
    let done = 0;
    const keep = (end: number): void => {
      const from = done;
      decoding.append(text.slice(from, end), (offset) => [from + offset, from + offset + 1]);
    };
    for (const match of text.matchAll(pattern)) {
      const { index } = match;
      keep(index);
      done = index + match[0].length;
      const whole: Range = [index, done];
      decoding.append(decode(match), () => whole);
    }
    if (done === 0) return undefined;
    keep(text.length);
    return decoding;
  };
}

/**
 * Decodes each run of digits, from the given offset on: where a run begins, something else may end.
 *
 * @param between what may stand between two digits.
 * @param bits of one digit.
 */
function runs(pattern: RegExp, between: RegExp, bits: number, offset: number, encoding: BufferEncoding): Decode {
  return (text) => {
    const decoding = new Decoding();
    for (const { 0: run, index } of text.matchAll(pattern)) {
      const bytes = Buffer.from(run.replace(between, "").slice(offset), encoding);
      let places: number[] | undefined;
      decoding.append(bytes.toString("latin1") + separator, (byte) => {
        places ??= placesOf(run, between).slice(offset);
        const [first, last] = [Math.floor((8 * byte) / bits), Math.ceil((8 * (byte + 1)) / bits) - 1];
        return [index + places[first]!, index + places[last]! + 1];
      });
    }
    return decoding.text === "" ? undefined : decoding;
  };
}

/** Where in a run its digits stand. */
function placesOf(run: string, between: RegExp): number[] {
  const others = new Set([...run.matchAll(between)].flatMap((match) => [...match[0]].map((_, i) => match.index + i)));
  return Array.from(run, (_, place) => place).filter((place) => !others.has(place));
}

const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", 0: "\0" };
const character = (digits: string, radix: number): string => {
  const code = Number.parseInt(digits, radix);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
};

/** JSON, JavaScript, and `util.inspect`, which breaks a string after its line breaks: `'one\n' +⏎ 'two'`. */
const backslashes = replacing(
  /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([\s\S])(?:(?<=n)['"`] \+\r?\n\s*['"`])?)/gi,
  ([, point, unit, byte, letter]) => {
    const digits = point ?? unit ?? byte;
    return digits === undefined ? (escapes[letter!] ?? letter!) : character(digits, 16);
  },
);
const percents = replacing(/%([0-9a-f]{2})/gi, ([, digits]) => character(digits!, 16));
/** `application/x-www-form-urlencoded`: a space is a plus. */
const pluses = replacing(/%([0-9a-f]{2})|\+/gi, ([, digits]) => (digits === undefined ? " " : character(digits, 16)));
const form: Decode = (text) => (text.includes("+") ? pluses(text) : undefined);

const names: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const entities = replacing(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi, ([, name, decimal, hex]) =>
  name === undefined ? character(decimal ?? hex!, decimal === undefined ? 16 : 10) : names[name.toLowerCase()]!,
);

/** Colours of a terminal. */
const colours = replacing(/[^\P{Cc}\n\t]\[[0-?]*[ -/]*[@-~]/gu, () => "");

/** Digits alone, or in pairs as `util.inspect` shows a buffer: `<Buffer 68 69>`. */
const hex = [0, 1].map((offset) => runs(/[0-9a-f](?:[ :]?[0-9a-f]){7,}/gi, /[ :]/g, 4, offset, "hex"));

/** Both alphabets, with line breaks; at any alignment, since the secret may stand anywhere in what was encoded. */
const base64 = [0, 1, 2, 3].map((offset) => runs(/[\w+/-](?:\r?\n?[\w+/-]){5,}/g, /[\r\n]+/g, 6, offset, "base64"));

/** Every encoding in which a secret is looked for. */
export const encodings: readonly Decode[] = [backslashes, percents, form, entities, colours, ...hex, ...base64];

/** Shortest text that is taken for base64 as a whole: many a word could be. */
const shortestBase64 = 16;

/** What a program may make of a secret that is itself encoded: a key in base64, or with its line breaks as `\\n`. */
export function decodedForms(secret: string): string[] {
  const forms = [backslashes(secret)?.text, percents(secret)?.text].filter((form) => form !== undefined);
  const bytes = Buffer.from(secret, "base64");
  const digits = secret
    .replace(/\s|=+\s*$/g, "")
    .replaceAll("+", "-")
    .replaceAll("/", "_");
  const isBase64 = digits.length >= shortestBase64 && bytes.toString("base64url") === digits;
  if (isBase64 && isUtf8(bytes)) forms.push(bytes.toString());
  return forms;
}
