import { ConfigurationError } from "../configuration";
import { tablePolicy } from "../policy";
import { entryOf } from "../table/propertyPath";
import { type Reading, read, tagValue } from "../table/reading";
import type { OwnTags, PropagatedTags } from "../table/view";
import { compliant, judge, undecided, type Verdict, violation } from "../verdict";

interface RequiredTagsConfiguration {
  requiredTags: Record<string, readonly string[]>;
}

const name = "dynamodb-required-tags";

export const requiredTags = tablePolicy<RequiredTagsConfiguration>({
  name,
  description: "Checks whether DynamoDB tables, and each of their replicas, have the required tags.",
  why: "Tags say how sensitive a table is and who answers for it: alerts, access rules and controls are chosen by them. An untagged table falls through all of these.",
  severity: "low",
  frameworks: [
    {
      name: "AWS Resource Tagging Standard",
      version: "1.0.0",
      reference: "DynamoDB.5",
      specification: "DynamoDB tables should be tagged",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-5",
    },
    {
      name: "AWS Config managed rules",
      reference: "REQUIRED_TAGS",
      specification: "required-tags",
      url: "https://docs.aws.amazon.com/config/latest/developerguide/required-tags.html",
    },
  ],
  remediationSteps:
    "Add the missing keys to `tags`, or to the provider's `defaultTags`. Set `propagateTags: true` on each entry of `replicas`.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html",
  configuration: {
    requiredTags: {
      type: "object",
      minProperties: 1,
      additionalProperties: { type: "array", items: { type: "string" } },
      default: { Security: [], Confidentiality: [], Environment: [] },
      description:
        "Allowed values by tag key; an empty list allows every value but an empty one. Keys and values are case sensitive. Replaces the default as a whole.",
    },
  },
  refuse: ({ requiredTags }) => {
    const system = Object.keys(requiredTags).find((key) => /^aws:/i.test(key));
    if (system === undefined) return;
    throw new ConfigurationError(
      name,
      `requiredTags.${system}: AWS alone sets tags that begin with "aws:". Remove it.`,
    );
  },
  // The provider sees changes of tags in `tagsAll`.
  properties: ({ tags }, { requiredTags }) =>
    tags.from === "table"
      ? [tags.propagated.property]
      : Object.keys(requiredTags).flatMap((key) => [entryOf(tags.property, key), entryOf("tagsAll", key)]),
  check: (copy, { requiredTags }) =>
    copy.tags.from === "copy"
      ? checkOwnTags(copy.label, copy.tags, requiredTags)
      : [checkPropagation(copy.label, copy.tags)],
});

/** A replica that gets its table's tags is as good as the table, which has its own verdict. */
function checkPropagation(label: string, { propagated }: PropagatedTags): Verdict {
  return judge(propagated, {
    label,
    accepts: (value) => value,
    otherwise: "has none of its table's tags",
    write: propagated.write(true),
  });
}

function checkOwnTags(label: string, own: OwnTags, required: Record<string, readonly string[]>): Verdict[] {
  const keys = Object.keys(required);
  if (own.tags.state === "malformed") return [violation(`${label}: ${own.tags.problem}, set ${own.write(keys)}.`)];
  const verdicts = checkIgnored(label, keys, own);
  const applied = keys.filter((key) => !isIgnored(key, own));
  const inState = (state: Tag["state"]) => applied.filter((key) => tagOf(key, own).state === state);

  const missing = inState("absent");
  if (missing.length > 0) {
    verdicts.push(violation(`${label} lacks the required ${titleOf(missing)}: set ${own.write(missing)}.`));
  }
  const open = inState("open");
  if (open.length > 0) {
    const problem = `whether it has the required ${titleOf(open)} is not known before deployment`;
    verdicts.push(undecided(`${label}: ${problem}, use ${own.write(open)}.`));
  }
  for (const key of applied) verdicts.push(...checkValue(label, key, required[key]!, own));
  return verdicts.length > 0 ? verdicts : [compliant];
}

/** A tag that the provider ignores is not applied, whoever writes it. */
function checkIgnored(label: string, keys: readonly string[], own: OwnTags): Verdict[] {
  const verdicts: Verdict[] = [];
  const ignored = keys.filter((key) => isIgnored(key, own));
  if (ignored.length > 0) {
    const problem = `the provider's ignoreTags covers the required ${titleOf(ignored)}, which it then does not apply`;
    verdicts.push(violation(`${label}: ${problem}, take this out of ignoreTags.`));
  }
  const open = keys.filter((key) => own.ignores(key).state === "unknown");
  if (open.length > 0) {
    const problem = "the provider's ignoreTags is not known before deployment";
    verdicts.push(undecided(`${label}: ${problem}, it must not cover the required ${titleOf(open)}.`));
  }
  return verdicts;
}

function isIgnored(key: string, { ignores }: OwnTags): boolean {
  const ignored = ignores(key);
  return ignored.state === "known" && ignored.value;
}

function checkValue(label: string, key: string, allowed: readonly string[], own: OwnTags): Verdict[] {
  const tag = tagOf(key, own);
  if (tag.state === "malformed") return [violation(`${label}: ${tag.problem}, set ${own.write([key])}.`)];
  if (allowed.length === 0) {
    const isEmpty = tag.state === "known" && String(tag.value).trim() === "";
    return isEmpty ? [violation(`${label} has an empty tag ${key}, which says nothing: set ${own.write([key])}.`)] : [];
  }
  const wanted = allowed.map((value) => JSON.stringify(value)).join(" or ");
  if (tag.state === "unknown") {
    return [undecided(`${label}: the value of tag ${key} is not known before deployment, it must be ${wanted}.`)];
  }
  // The value that was found is left out of the message: it may be a secret.
  if (tag.state === "known" && !allowed.includes(String(tag.value))) {
    return [violation(`${label} has a value of tag ${key} that is not allowed: set tag ${key} to ${wanted}.`)];
  }
  return [];
}

/** `open`: whether the tag is there is not known. `unknown`: it is there, with a value that is not known. */
type Tag = Reading<string | number | boolean> | { state: "open" };

/**
 * The provider adds its default tags to `tagsAll` alone, but makes the whole of `tagsAll` unknown as soon as the value of
 * any tag, or anything else in its configuration, is. So `tagsAll` is read only for what `tags` does not have, and the
 * default tags themselves where it says nothing.
 * https://github.com/pulumi/pulumi-aws/blob/master/provider/tags.go
 */
function tagOf(key: string, { tags, tagsAll, defaultTags, property }: OwnTags): Tag {
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

function titleOf(keys: readonly string[]): string {
  return `${keys.length === 1 ? "tag" : "tags"} ${keys.join(", ")}`;
}
