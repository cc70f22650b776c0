import { secretText } from "../../stack/registered";
import { decodedForms, encodings, type Range } from "./encodings";

/** Shorter values are ordinary words: scrubbing them would make a report unreadable and hide nothing. */
const shortest = 4;
const ordinary: readonly string[] = ["true", "false", "null"];
/** Lines of a longer secret (a PEM key, a file of settings) that are printed one by one. */
const shortestLine = 6;
/** A connection string, of which a program may print a part. */
const urlWithPassword = /^[a-z][\w+.-]*:\/\/[^\s:@/]*:([^\s@/]+)@/i;
/** Encodings within encodings that are looked through, such as the base64 of JSON that holds `user:password` in base64. */
const deepest = 3;

/** Knows every secret value of a preview, and takes it out of everything that is printed, however it is encoded there. */
export class Scrubber {
  private readonly known = new Set<string>();
  private readonly texts = new Set<string>();
  /** By their first characters. */
  private readonly byStart = new Map<string, string[]>();
  private readonly hashes = new Uint8Array(0x10000);

  /** Adds a secret value, its lines, and what it decodes to. */
  add(value: string): void {
    const [, password] = urlWithPassword.exec(value) ?? [];
    for (const form of [value, ...decodedForms(value), ...(password === undefined ? [] : [password])]) {
      this.addForm(form, shortest);
      this.addForm(form.trim(), shortest);
      for (const line of form.split(/\r?\n/)) this.addForm(line.trim(), shortestLine);
    }
  }

  /** A secret that is JSON text is also its strings and numbers. */
  addText(text: string): void {
    if (this.texts.has(text)) return;
    this.texts.add(text);
    this.add(text);
    for (const form of [text, ...decodedForms(text)]) {
      if (!/^\s*[{[]/.test(form)) continue;
      try {
        this.addLeaves(JSON.parse(form));
      } catch {
        // Not JSON after all.
      }
    }
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

  /** Every string and number of a structure, keys included. */
  value<T>(value: T): T {
    if (this.known.size === 0) return value;
    if (typeof value === "string") return this.text(value) as T;
    if (typeof value === "number" && this.known.has(String(value))) return secretText as T;
    if (Array.isArray(value)) return value.map((element) => this.value(element)) as T;
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [this.text(key), this.value(inner)])) as T;
  }

  private addForm(form: string, least: number): void {
    if (form.length < least || ordinary.includes(form) || this.known.has(form)) return;
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

  private addLeaves(value: unknown): void {
    if (typeof value === "string" || typeof value === "number") this.add(String(value));
    else if (typeof value === "object" && value !== null)
      for (const inner of Object.values(value)) this.addLeaves(inner);
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
