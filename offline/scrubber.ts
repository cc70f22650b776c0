import { secretText } from "../stack/registered";

/** Shorter values are ordinary words: scrubbing them would make a report unreadable and hide nothing. */
const shortest = 4;
/** Lines of a longer secret (a PEM key, a file of settings) that are printed one by one. */
const shortestLine = 6;

/** Knows every secret value of a preview, and takes it out of everything that is printed. */
export class Scrubber {
  private readonly known = new Set<string>();
  private pattern: RegExp | undefined;

  /** Adds a secret value with the forms in which it may be printed: as is, JSON-escaped, URL-encoded, base64. */
  add(value: string): void {
    if (value.length < shortest || this.known.has(value)) return;
    const base64 = Buffer.from(value).toString("base64").replace(/=+$/, "");
    const lines = value.split(/\r?\n/).filter((line) => line.length >= shortestLine);
    const forms = [
      value,
      JSON.stringify(value).slice(1, -1),
      encodeURIComponent(toWellFormed(value)),
      base64,
      ...lines,
    ];
    for (const form of [...forms, base64.replaceAll("+", "-").replaceAll("/", "_")]) {
      if (form.length >= shortest) this.known.add(form);
    }
    this.pattern = undefined;
  }

  /** A secret that is JSON text is also its strings and numbers. */
  addText(text: string): void {
    this.add(text);
    if (!/^\s*[{[]/.test(text)) return;
    try {
      this.addLeaves(JSON.parse(text));
    } catch {
      // Not JSON after all.
    }
  }

  text(text: string): string {
    if (this.known.size === 0) return text;
    // Longest first, so that a secret that contains another one leaves nothing behind.
    this.pattern ??= new RegExp(
      [...this.known]
        .sort((a, b) => b.length - a.length)
        .map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
        .join("|"),
      "g",
    );
    return text.replace(this.pattern, secretText);
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

  private addLeaves(value: unknown): void {
    if (typeof value === "string" || typeof value === "number") this.add(String(value));
    else if (typeof value === "object" && value !== null)
      for (const inner of Object.values(value)) this.addLeaves(inner);
  }
}

/** A lone surrogate cannot be URL-encoded. */
const toWellFormed = (text: string): string => Buffer.from(text).toString();
