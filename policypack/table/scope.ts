import type { ValueSchema } from "../configuration";
import { tagOf } from "./ownTags";
import type { TableCopy, TableView } from "./view";

/** Tables by their tags: values by tag key; an empty list stands for every value. One tag is enough. */
export type TagScope = Readonly<Record<string, readonly string[]>>;

export const scopeSchema = (what: string): ValueSchema & { description: string } => ({
  type: "object",
  additionalProperties: { type: "array", items: { type: "string" } },
  default: {},
  description: `${what}: values by tag key, an empty list for every value; one tag is enough. For example { "Environment": ["production"] }. Default: none, and the policy says nothing.`,
});

export const isEmpty = (scope: object): boolean => Object.keys(scope).length === 0;

/** Whether a table has one of these tags; undefined where that is not known before deployment. */
export function isInScope({ copies }: TableView, scope: TagScope): boolean | undefined {
  const answers = copies.flatMap((copy) => Object.entries(scope).map(([key, values]) => hasTag(copy, key, values)));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** Whether a copy has a tag of its own with one of these values. */
export function hasTag({ tags }: TableCopy, key: string, values: readonly string[]): boolean | undefined {
  if (tags.from === "table") return false; // its table has an answer of its own
  const tag = tagOf(key, tags);
  if (tag.state === "absent" || tag.state === "malformed") return false;
  if (tag.state === "known") return values.length === 0 || values.includes(String(tag.value));
  return tag.state === "unknown" && values.length === 0 ? true : undefined;
}

/** Names tags in a sentence: `tag Environment production or prod`. */
export const shownScope = (scope: TagScope): string =>
  Object.entries(scope)
    .map(([key, values]) => `tag ${key}${values.length > 0 ? ` ${values.join(" or ")}` : ""}`)
    .join(" or ");
