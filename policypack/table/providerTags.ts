import { parseJson } from "../../parsing";
import { known, list, map, type Reading, read, string } from "./reading";

/** What the configuration of the AWS provider does to the tags of its resources. */
export interface ProviderTags {
  /** Tags of every resource that does not write them itself. */
  defaultTags: Reading<object>;
  /** Whether `ignoreTags` covers a tag: the provider then neither sets nor keeps it. */
  ignores(key: string): Reading<boolean>;
}

/** Reads `defaultTags` and `ignoreTags` of a provider. */
export function providerTags(provider: Reading<object>): ProviderTags {
  const ignored = block(provider, "ignoreTags");
  const keys = texts(read(ignored, "keys", list));
  const prefixes = texts(read(ignored, "keyPrefixes", list));
  return {
    defaultTags: read(block(provider, "defaultTags"), "tags", map),
    ignores: (key) => {
      const covers =
        keys.some((each) => each.state === "known" && each.value === key) ||
        prefixes.some((each) => each.state === "known" && key.startsWith(each.value));
      if (covers) return known(true);
      const allKnown = [...keys, ...prefixes].every(({ state }) => state === "known");
      return allKnown ? known(false) : { state: "unknown" };
    },
  };
}

/** A structured property of a provider: it travels as JSON text. */
function block(provider: Reading<object>, key: string): Reading<object> {
  const text = read(provider, key, string);
  if (text.state !== "known") return read(provider, key, map);
  const parsed = parseJson(text.value, (_, value) => (isSecret(value) ? value.value : value));
  return "problem" in parsed ? { state: "unknown" } : read(known({ [key]: parsed.value }), key, map);
}

/** Secrets inside of the text keep their mark, which the policy SDK removes elsewhere (`@pulumi/policy/deserialize`). */
function isSecret(value: unknown): value is { value: unknown } {
  return map.matches(value) && "4dabf18193072939515e22adb298388d" in value && "value" in value;
}

function texts(items: Reading<unknown[]>): Reading<string>[] {
  if (items.state === "absent") return [];
  if (items.state !== "known") return [{ state: "unknown" }];
  return items.value.map((_, index) => read(items, index, string));
}
