/** Tags as Pulumi has them. */
export type Tags = { [key: string]: string };

/** Tags as most APIs want them. */
export const tagList = (tags: Tags | undefined) => Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));

/** Tags from a list, however the API spells its members. */
export function tagsFrom(
  list: readonly { Key?: string; Value?: string; TagKey?: string; TagValue?: string }[] | undefined,
): Tags {
  return Object.fromEntries((list ?? []).map((tag) => [tag.Key ?? tag.TagKey ?? "", tag.Value ?? tag.TagValue ?? ""]));
}

/** Keys of tags that are there no longer. */
export const removedKeys = (old: Tags | undefined, now: Tags | undefined): string[] =>
  Object.keys(old ?? {}).filter((key) => !(key in (now ?? {})));
