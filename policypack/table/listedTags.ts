import { known, list, map, type Reading, read, string } from "./reading";

/** Tags that are written as a list of keys and values, as a map. Unknown where any key is: it may be any. */
export function listedTags(
  container: Reading<object>,
  property: string,
  spelled: (name: string) => string,
): Reading<object> {
  const tags = read(container, property, list);
  if (tags.state !== "known") return tags;
  const entries: [string, unknown][] = [];
  for (const [index] of tags.value.entries()) {
    const path = `${property}[${index}]`;
    const entry = read(tags, index, map, path);
    const key = read(entry, spelled("Key"), string, `${path}.${spelled("Key")}`);
    if (entry.state === "malformed") return entry;
    if (key.state === "malformed") return key;
    // A null entry is none.
    if (entry.state === "absent") continue;
    if (entry.state !== "known" || key.state !== "known") return { state: "unknown" };
    entries.push([key.value, Object.getOwnPropertyDescriptor(entry.value, spelled("Value"))?.value]);
  }
  return known(Object.fromEntries(entries));
}
