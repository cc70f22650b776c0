/**
 * A wrong argument. Thrown before anything is registered. The message names the argument, the value and what is
 * allowed; `index.ts` prints the argument's path as configuration key.
 */
export class ArgumentError extends Error {
  constructor(
    /** Path of the argument, for example `detections.table-scanned.threshold`. */
    readonly argument: string,
    /** What is wrong and what to write instead. */
    readonly problem: string,
  ) {
    super(`${argument}: ${problem}`);
    this.name = "ArgumentError";
  }
}

/** The value as a person would type it, short enough for one line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** The known name that is closest to what was written, if any is close enough to be a typing mistake. */
export function closest(written: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((name) => ({ name, distance: editDistance(written.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, Math.floor(written.length / 3)) ? best.name : undefined;
}

/** `Unknown <kind> "x". Did you mean "y"? Known: …` */
export function unknownName(kind: string, written: string, known: readonly string[]): string {
  const near = closest(written, known);
  return `unknown ${kind} ${shown(written)}.${near ? ` Did you mean ${shown(near)}?` : ""} Known: ${known.join(", ")}.`;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substituted, previous[j]! + 1, row[j - 1]! + 1));
    }
    previous = row;
  }
  return previous[b.length]!;
}
