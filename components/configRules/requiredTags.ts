import { defaultRequiredTags, parametersLength, tagsPerRule } from "../../detections/compliance";
import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import { checkTagKey, checkTagValue, tagsPerResource } from "../tags";
import type { RequiredTagArgs } from "./args";

/** Values by parameter. */
type TagParameters = { [parameter: string]: string[] };

export const defaultTags: RequiredTagArgs[] = defaultRequiredTags.map((key) => ({ key }));

/**
 * Parameters of as many rules as the tags need: a rule takes six keys, and 1,024 characters of parameters. Tags keep their
 * order, so that a tag added at the end changes the last rule only.
 */
export function planTags(tags: RequiredTagArgs[]): TagParameters[] {
  checkTags(tags);
  const rules: RequiredTagArgs[][] = [];
  for (const tag of tags) {
    const last = rules.at(-1);
    if (last && fits([...last, tag])) last.push(tag);
    else rules.push([tag]);
  }
  return rules.map(tagParameters);
}

function fits(tags: RequiredTagArgs[]): boolean {
  const json = Object.fromEntries(Object.entries(tagParameters(tags)).map(([key, values]) => [key, values.join(",")]));
  return tags.length <= tagsPerRule && JSON.stringify(json).length <= parametersLength;
}

function tagParameters(tags: RequiredTagArgs[]): TagParameters {
  return Object.fromEntries(
    tags.flatMap(({ key, allowedValues = [] }, i): [string, string[]][] => [
      [`tag${i + 1}Key`, [key]],
      ...(allowedValues.length > 0 ? [[`tag${i + 1}Value`, allowedValues] as [string, string[]]] : []),
    ]),
  );
}

function checkTags(tags: RequiredTagArgs[]): void {
  if (tags.length === 0) {
    throw new ArgumentError("requiredTags", "is empty. Name a tag, or leave out the rule required-tags.");
  }
  if (tags.length > tagsPerResource) {
    throw new ArgumentError("requiredTags", `names ${tags.length} tags. A table can have ${tagsPerResource}.`);
  }
  const seen = new Set<string>();
  for (const [i, tag] of tags.entries()) {
    const argument = `requiredTags[${i}]`;
    checkTagKey(`${argument}.key`, tag.key);
    if (seen.has(tag.key))
      throw new ArgumentError(`${argument}.key`, `${shown(tag.key)} is listed twice. List it once.`);
    seen.add(tag.key);
    for (const value of tag.allowedValues ?? []) {
      checkTagValue(`${argument}.allowedValues`, value);
      // Config separates values by commas.
      if (value === "") throw new ArgumentError(`${argument}.allowedValues`, "has an empty value. Leave it out.");
    }
    if (!fits([tag])) {
      throw new ArgumentError(
        `${argument}.allowedValues`,
        `the values of ${shown(tag.key)} take more than the ${parametersLength} characters that a Config rule allows. ` +
          "List fewer or shorter values, or none.",
      );
    }
  }
}
