import { shown } from "../wording";
import { ArgumentError } from "./argumentError";

/** What every service takes (AWS General Reference, "Tag naming limits and requirements"). */
const allowed = "letters, digits, spaces or _ . : / = + - @";
const tagKey = /^(?!aws:)[\p{L}\p{N}\p{Zs}_.:/=+@-]{1,128}$/u;
const tagValue = /^[\p{L}\p{N}\p{Zs}_.:/=+@-]{0,256}$/u;
/** Most tags of a resource (same page). */
export const tagsPerResource = 50;

/** Throws ArgumentError for what is no tag key. */
export function checkTagKey(argument: string, key: string): void {
  if (tagKey.test(key)) return;
  throw new ArgumentError(argument, `${shown(key)} is no tag key. Write 1 to 128 ${allowed}, not starting with aws:.`);
}

/** Throws ArgumentError for what is no tag value. */
export function checkTagValue(argument: string, value: string): void {
  if (tagValue.test(value)) return;
  throw new ArgumentError(argument, `${shown(value)} is no tag value. Write at most 256 ${allowed}.`);
}

/** Throws ArgumentError for tags that AWS would refuse. */
export function checkTags(argument: string, tags: { [key: string]: string }): void {
  const count = Object.keys(tags).length;
  if (count > tagsPerResource) {
    throw new ArgumentError(argument, `has ${count} tags. A resource can have ${tagsPerResource}.`);
  }
  for (const [key, value] of Object.entries(tags)) {
    checkTagKey(argument, key);
    checkTagValue(`${argument}.${key}`, value);
  }
}
