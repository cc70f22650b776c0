import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { jsonProperty } from "./awsLocation";
import { resolveFrom } from "./installation";
import {
  containsUnknown,
  isObject,
  isSecret,
  secret,
  unknownValue,
  unwrapSecret,
  type Wire,
  type WireObject,
} from "./wire";

/**
 * What the AWS provider's `Check` makes of a resource's tags, and policies therefore see: `tagsAll` holds the provider's
 * default tags and the resource's own, without those that the provider is told to ignore; one unknown value makes all of
 * `tagsAll` unknown (pulumi-aws, `provider/tags.go`).
 *
 * `tags` stays as written, as under Pulumi's engine: that an ignored tag there is not applied is for the policy to see,
 * from the provider's own properties.
 *
 * @param provider the provider's `defaultTags` and `ignoreTags`: objects, or JSON text as they travel.
 */
export function tagsAll(tags: Wire | undefined, provider: WireObject): Wire | undefined {
  const { defaultTags, ignoreTags } = provider;
  const defaults = jsonProperty(defaultTags);
  const inherited = isObject(defaults) ? jsonProperty(defaults["tags"]) : defaults;
  const ignored = jsonProperty(ignoreTags);
  const own = unwrapSecret(tags);
  if (inherited === undefined && own === undefined) return undefined;
  if ([inherited, ignored, own].some(containsUnknown)) return unknownValue;
  const merged = { ...(isObject(inherited) ? inherited : {}), ...(isObject(own) ? own : {}) };
  const kept = Object.fromEntries(Object.entries(merged).filter(([key]) => !isIgnored(key, ignored)));
  return isSecret(tags) || isSecret(defaultTags) ? secret(kept) : kept;
}

/** `ignoreTags: { keys, keyPrefixes }` of the provider: tags that it neither sets nor removes. */
function isIgnored(key: string, ignored: Wire | undefined): boolean {
  const texts = (property: string): string[] => {
    const list = isObject(ignored) ? jsonProperty(ignored[property]) : undefined;
    return Array.isArray(list) ? list.map((text) => String(unwrapSecret(text))) : [];
  };
  return texts("keys").includes(key) || texts("keyPrefixes").some((prefix) => key.startsWith(prefix));
}

/**
 * Which AWS types have tags. The program's own `@pulumi/aws` says so: the class of a type that has tags has `tagsAll`.
 * Where the class is not found, a type is taken to have tags if the program wrote some.
 */
export class TaggableTypes {
  private readonly known = new Map<string, boolean | undefined>();
  private readonly sdk: string | undefined;

  constructor(programFolder: string) {
    const manifest = resolveFrom(programFolder, "@pulumi/aws/package.json");
    this.sdk = manifest && dirname(manifest);
  }

  has(type: string, inputs: WireObject): boolean {
    if (!type.startsWith("aws:")) return false;
    if (!this.known.has(type)) this.known.set(type, this.read(type));
    return this.known.get(type) ?? ("tags" in inputs || "tagsAll" in inputs);
  }

  private read(type: string): boolean | undefined {
    const module = type.split(":")[1];
    if (!this.sdk || !module || !/^[\w/-]+$/.test(module)) return undefined;
    try {
      return readFileSync(join(this.sdk, `${module}.js`), "utf8").includes(`"tagsAll"`);
    } catch {
      return undefined;
    }
  }
}
