/** `a.b`, `a[0]`, `a["b c"]`. */
const segment = /\["((?:[^"\\]|\\.)*)"\]|\[([^\]]*)\]|([^.[\]]+)/g;

/** The keys and indexes on the way to a property. */
export function segmentsOf(path: string): string[] {
  return [...path.matchAll(segment)].map(
    ([, quoted, index, name]) => quoted?.replace(/\\(.)/g, "$1") ?? index ?? name!,
  );
}

/**
 * Whether one property path is the other, holds it or lies in it; `*` is any key or index.
 * https://www.pulumi.com/docs/iac/concepts/options/ignorechanges/
 */
export function overlap(path: string, other: string): boolean {
  const [one, two] = [segmentsOf(path), segmentsOf(other)];
  const shorter = Math.min(one.length, two.length);
  return one.slice(0, shorter).every((each, index) => each === "*" || two[index] === "*" || each === two[index]);
}

/** A key of a map, as a property path has it. */
export function entryOf(map: string, key: string): string {
  return `${map}[${JSON.stringify(key)}]`;
}
