import type { Declared } from "../declared/declared";
import { listedTags } from "./listedTags";
import { entryOf } from "./propertyPath";
import { providerTags } from "./providerTags";
import { list, map, type Reading, read, tagValue } from "./reading";
import type { OwnTags } from "./view";

/** Tags of a resource that has `tags` of its own. */
export function ownTags({ props, provider }: Declared): OwnTags {
  const tagsAll = read(props, "tagsAll", map);
  return {
    from: "copy",
    property: "tags",
    pathOf: (key) => entryOf("tags", key),
    tags: read(props, "tags", map),
    tagsAll,
    ...providerTags(provider),
    write: writeTags,
    // The provider's Check has computed `tagsAll` before: it would take the tag off again.
    add: (added) =>
      added.flatMap(([key, value]) => [
        { property: entryOf("tags", key), value },
        ...(tagsAll.state === "known" ? [{ property: entryOf("tagsAll", key), value }] : []),
      ]),
  };
}

/** Tags of a resource, or a replica, of CloudFormation: a list. What CloudFormation or `aws-native` adds comes on top. */
export function cloudFormationTags(
  { provider, inheritedTags, spelled }: Declared,
  container: Reading<object>,
  property: string,
): OwnTags {
  const inherited = providerTags(provider);
  return {
    from: "copy",
    property,
    pathOf: () => property,
    tags: listedTags(container, spelled("Tags"), spelled),
    tagsAll: { state: "absent" },
    ...inherited,
    ...(inheritedTags.state !== "absent" && { defaultTags: inheritedTags }),
    write: (keys) => {
      const entries = keys.map((key) => `{ ${spelled("Key")}: ${JSON.stringify(key)}, ${spelled("Value")}: "…" }`);
      return `${property}: [${entries.join(", ")}]`;
    },
    add: (added) => {
      const written = read(container, spelled("Tags"), list);
      const count = written.state === "known" ? written.value.length : 0;
      return added.map(([key, value], index) => ({
        property: `${property}[${count + index}]`,
        value: { [spelled("Key")]: key, [spelled("Value")]: value },
      }));
    },
  };
}

/** `tags: { Security: "…" }`, with quotes around keys that need them. */
export function writeTags(keys: readonly string[]): string {
  const entries = keys.map((key) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key)}: "…"`);
  return `tags: { ${entries.join(", ")} }`;
}

/** `open`: whether the tag is there is not known. `unknown`: it is there, with a value that is not known. */
export type Tag = Reading<string | number | boolean> | { state: "open" };

/**
 * The provider adds its default tags to `tagsAll` alone, but makes the whole of `tagsAll` unknown as soon as the value of
 * any tag, or anything else in its configuration, is. So `tagsAll` is read only for what `tags` does not have, and the
 * default tags themselves where it says nothing.
 * https://github.com/pulumi/pulumi-aws/blob/master/provider/tags.go
 */
export function tagOf(key: string, { tags, tagsAll, defaultTags, property }: OwnTags): Tag {
  const path = entryOf(property, key);
  const written: Tag = tags.state === "known" ? read(tags, key, tagValue, path) : tags;
  if (written.state !== "absent" && tags.state !== "unknown") return written;
  if (tagsAll.state === "malformed") return tagsAll;
  const inherited = tagsAll.state === "known" ? tagsAll : defaultTags;
  const merged: Tag = inherited.state === "known" ? read(inherited, key, tagValue, path) : inherited;
  if (tags.state === "unknown") {
    // The default tag makes sure that there is one; its value may still be overridden.
    const isThere = inherited.state === "known" && (merged.state === "known" || merged.state === "unknown");
    return isThere ? { state: "unknown" } : { state: "open" };
  }
  return inherited.state === "unknown" || inherited.state === "malformed" ? { state: "open" } : merged;
}
