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
 * default tags and the resource's own; one unknown value makes all of `tagsAll` unknown (pulumi-aws,
 * `provider/tags.go`). `tags` stays as written.
 *
 * @param defaultTags the provider's `defaultTags`: an object, or JSON text as it travels.
 */
export function tagsAll(tags: Wire | undefined, defaultTags: Wire | undefined): Wire | undefined {
  const defaults = jsonProperty(defaultTags);
  const inherited = isObject(defaults) ? jsonProperty(defaults["tags"]) : defaults;
  const own = unwrapSecret(tags);
  if (inherited === undefined && own === undefined) return undefined;
  if (containsUnknown(inherited) || containsUnknown(own)) return unknownValue;
  const merged = { ...(isObject(inherited) ? inherited : {}), ...(isObject(own) ? own : {}) };
  return isSecret(tags) || isSecret(defaultTags) ? secret(merged) : merged;
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
    return this.known.get(type) ?? "tags" in inputs;
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
