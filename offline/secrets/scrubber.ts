import { secretText } from "../../stack/registered";
import { encodings, type Range } from "./encodings";
import { formsOf, shortest } from "./forms";

/** Words that hide nothing. */
const ordinary: readonly string[] = ["true", "false", "null"];
/** Encodings within encodings that are looked through, such as the base64 of JSON that holds `user:password` in base64. */
const deepest = 3;

/** Knows every secret value of a preview, and takes it out of everything that is printed, however it is encoded there. */
export class Scrubber {
  private readonly known = new Set<string>();
  /** As they were added. */
  private readonly texts = new Set<string>();
  /** By their first characters. */
  private readonly byStart = new Map<string, string[]>();
  private readonly hashes = new Uint8Array(0x10000);

  /** Adds a secret value, its parts, and what they decode to. */
  add(value: string): void {
    if (this.texts.has(value)) return;
    this.texts.add(value);
    for (const form of formsOf(value)) this.addForm(form);
  }

  text(text: string): string {
    return replaced(text, this.find(text));
  }

  /** Lines that were printed one after another: a secret may go over several. Each stays a line. */
  lines(lines: readonly string[]): string[] {
    const found = this.find(lines.join("\n"));
    let start = 0;
    let next = 0;
    return lines.map((line) => {
      const from = start;
      const end = start + line.length;
      start = end + 1;
      while (next < found.length && found[next]![1] <= from) next += 1;
      const within: Range[] = [];
      for (let index = next; index < found.length && found[index]![0] < end; index += 1) {
        const [first, last] = found[index]!;
        within.push([Math.max(first, from) - from, Math.min(last, end) - from]);
      }
      return replaced(line, within);
    });
  }

  /** Every string and number of a structure, keys included. A string that is a secret as a whole may be of any length. */
  value<T>(value: T): T {
    if (this.texts.size === 0) return value;
    if (typeof value === "string") return (this.isWhole(value) ? secretText : this.text(value)) as T;
    if (typeof value === "number" && this.known.has(String(value))) return secretText as T;
    if (Array.isArray(value)) return value.map((element) => this.value(element)) as T;
    if (typeof value !== "object" || value === null) return value;
    const clean = new Map<string, unknown>();
    for (const [key, inner] of Object.entries(value)) {
      const name = this.text(key);
      let distinct = name;
      for (let count = 2; clean.has(distinct); count += 1) distinct = `${name} ${count}`;
      clean.set(distinct, this.value(inner));
    }
    return Object.fromEntries(clean) as T;
  }

  private isWhole(text: string): boolean {
    return text !== "" && text.length < shortest && this.texts.has(text);
  }

  private addForm(form: string): void {
    if (ordinary.includes(form) || this.known.has(form)) return;
    // As it is, and as the bytes of an encoding are read.
    for (const secret of new Set([form, Buffer.from(form).toString("latin1")])) {
      this.known.add(secret);
      const start = secret.slice(0, shortest);
      const alike = this.byStart.get(start);
      if (alike) alike.push(secret);
      else this.byStart.set(start, [secret]);
      this.hashes[start.split("").reduce((hash, unit) => rolled(hash, unit.charCodeAt(0)), 0)] = 1;
    }
  }

  /** Where secrets stand, in order and apart from each other. */
  private find(text: string): Range[] {
    if (this.known.size === 0) return [];
    const found = this.search(text, deepest).sort((a, b) => a[0] - b[0]);
    const merged: Range[] = [];
    for (const range of found) {
      const last = merged.at(-1);
      if (last && range[0] < last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], range[1])];
      else merged.push(range);
    }
    return merged;
  }

  private search(text: string, depth: number): Range[] {
    const found = this.literal(text);
    if (depth === 0) return found;
    for (const decode of encodings) {
      const decoded = decode(text);
      if (!decoded) continue;
      for (const [start, end] of this.search(decoded.text, depth - 1)) found.push(decoded.range(start, end));
    }
    return found;
  }

  /** Reads the text once, however many secrets there are: most places are passed over by a hash of four characters. */
  private literal(text: string): Range[] {
    const found: Range[] = [];
    let hash = 0;
    for (let index = 0; index < text.length; index += 1) {
      hash = rolled(hash, text.charCodeAt(index));
      if (this.hashes[hash] === 0) continue;
      const start = index + 1 - shortest;
      let longest = 0;
      for (const secret of this.byStart.get(text.slice(start, index + 1)) ?? []) {
        if (secret.length > longest && text.startsWith(secret, start)) longest = secret.length;
      }
      if (longest > 0) found.push([start, start + longest]);
    }
    return found;
  }
}

/** A hash of the last four characters. */
const rolled = (hash: number, code: number): number => ((hash << 4) ^ code) & 0xffff;

function replaced(text: string, found: readonly Range[]): string {
  if (found.length === 0) return text;
  let result = "";
  let done = 0;
  for (const [start, end] of found) {
    result += text.slice(done, start) + secretText;
    done = end;
  }
  return result + text.slice(done);
}
