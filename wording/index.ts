import { distance, closest as nearest } from "fastest-levenshtein";

// How mistakes are answered: what was written, and which right name is closest to it.

/** The value as a person would type it, short enough for one line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** The known name that is closest to what was written, if any is close enough to be a typing mistake. */
export function closest(written: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const near = nearest(written.toLowerCase(), known);
  return distance(written.toLowerCase(), near) <= Math.max(2, Math.floor(written.length / 3)) ? near : undefined;
}

/** `Unknown <kind> "x". Did you mean "y"? Known: …` */
export function unknownName(kind: string, written: string, known: readonly string[]): string {
  const near = closest(written, known);
  return `unknown ${kind} ${shown(written)}.${near ? ` Did you mean ${shown(near)}?` : ""} Known: ${known.join(", ")}.`;
}
