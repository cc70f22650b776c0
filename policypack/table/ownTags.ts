import { providerTags } from "./providerTags";
import { map, read } from "./reading";
import type { OwnTags, TableResource } from "./view";

/** Tags of a resource that has `tags` of its own. */
export function ownTags({ props, provider }: TableResource): OwnTags {
  return {
    from: "copy",
    property: "tags",
    tags: read(props, "tags", map),
    tagsAll: read(props, "tagsAll", map),
    ...providerTags(provider),
    write: writeTags,
  };
}

/** `tags: { Security: "…" }`, with quotes around keys that need them. */
function writeTags(keys: readonly string[]): string {
  const entries = keys.map((key) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)}: "…"`);
  return `tags: { ${entries.join(", ")} }`;
}
