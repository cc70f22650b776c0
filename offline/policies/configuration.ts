import { isDeepStrictEqual } from "node:util";
import { closest } from "../../wording";
import { PreviewError } from "../previewError";
import { isRecord, readYaml, shownPath } from "../project";

export const enforcementLevels = ["advisory", "mandatory", "disabled", "remediate"] as const;
export type EnforcementLevel = (typeof enforcementLevels)[number];

/** One policy of a pack, as the pack describes it. */
export interface Policy {
  name: string;
  level: EnforcementLevel;
  /** JSON Schema of each property of its configuration. */
  properties: Record<string, unknown>;
  required: string[];
}

export interface PolicySettings {
  level: EnforcementLevel;
  properties: Record<string, unknown>;
}

/** A policy's settings, and how they differ from those of the pack itself. */
export interface ConfiguredPolicy extends PolicySettings {
  /** Level without a configuration file. */
  packLevel: EnforcementLevel;
  /** Properties whose values are others than without a configuration file. */
  changed: Record<string, unknown>;
}

/**
 * What each policy is configured with: its level and properties from the file, else from the pack, else the defaults of
 * its schema. The engine, not the pack, applies defaults and checks the schema (pulumi, `pkg/resource/analyzer/config.go`).
 *
 * @param file JSON as for `pulumi preview --policy-pack-config`: policy name to a level, or to an object with
 *   `enforcementLevel` and properties. `all` sets the level of every policy.
 * @param initial configuration that the pack itself brings.
 */
export async function configurePolicies(
  policies: readonly Policy[],
  file: string | undefined,
  initial: Record<string, Partial<PolicySettings>> = {},
): Promise<Map<string, ConfiguredPolicy>> {
  const written = file === undefined ? {} : readSettings(file, policies);
  const result = new Map<string, ConfiguredPolicy>();
  for (const policy of policies) {
    const own = written[policy.name] ?? {};
    const fromPack = initial[policy.name] ?? {};
    const ofPack = { ...defaults(policy), ...fromPack.properties };
    const properties = { ...ofPack, ...own.properties };
    if (file !== undefined && Object.keys(own.properties ?? {}).length > 0)
      await check(policy, properties, own.properties!, file);
    for (const name of policy.required) {
      if (properties[name] === undefined) {
        throw new PreviewError(
          `policy ${policy.name}: the property "${name}" has no value and no default. Write it in ` +
            `${file === undefined ? "a --policy-config file" : shownPath(file)}: { "${policy.name}": { "${name}": … } }`,
        );
      }
    }
    const packLevel = fromPack.level ?? initial["all"]?.level ?? policy.level;
    const level = own.level ?? written["all"]?.level ?? packLevel;
    const changed = Object.fromEntries(
      Object.entries(properties).filter(([name, value]) => !isDeepStrictEqual(value, ofPack[name])),
    );
    result.set(policy.name, { level, properties, packLevel, changed });
  }
  return result;
}

function readSettings(file: string, policies: readonly Policy[]): Record<string, Partial<PolicySettings>> {
  const content = readYaml(file);
  const where = shownPath(file);
  if (!isRecord(content)) throw new PreviewError(`${where}: expected an object of policy names.`);
  const known = policies.map(({ name }) => name);
  const result: Record<string, Partial<PolicySettings>> = {};
  for (const [name, value] of Object.entries(content)) {
    // Reserved by Pulumi for ESC environments, which are not opened offline.
    if (name === "environments") continue;
    if (name !== "all" && !known.includes(name)) {
      const near = closest(name, known);
      throw new PreviewError(
        `${where}: unknown policy "${name}".${near ? ` Did you mean "${near}"?` : ""}\nThe pack's policies: ${known.join(", ")}.`,
      );
    }
    const object = typeof value === "string" ? { enforcementLevel: value } : value;
    if (!isRecord(object)) {
      throw new PreviewError(
        `${where}: ${name}: expected an enforcement level or an object with "enforcementLevel" and properties.`,
      );
    }
    const { enforcementLevel, ...properties } = object;
    if (enforcementLevel !== undefined && !enforcementLevels.includes(enforcementLevel as EnforcementLevel)) {
      throw new PreviewError(
        `${where}: ${name}: enforcementLevel ${JSON.stringify(enforcementLevel)}. Allowed: ${enforcementLevels.join(", ")}.`,
      );
    }
    result[name] = {
      ...(enforcementLevel !== undefined && { level: enforcementLevel as EnforcementLevel }),
      properties,
    };
  }
  return result;
}

function defaults(policy: Policy): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(policy.properties).flatMap(([name, schema]) =>
      isRecord(schema) && schema["default"] !== undefined ? [[name, schema["default"]]] : [],
    ),
  );
}

async function check(
  policy: Policy,
  properties: Record<string, unknown>,
  written: Record<string, unknown>,
  file: string,
): Promise<void> {
  const where = `${shownPath(file)}: ${policy.name}`;
  const known = Object.keys(policy.properties);
  for (const name of Object.keys(written)) {
    if (known.includes(name)) continue;
    const near = closest(name, known);
    throw new PreviewError(
      `${where}: unknown property "${name}".${near ? ` Did you mean "${near}"?` : ""} ` +
        (known.length === 0 ? "The policy has none." : `Known: ${known.join(", ")}.`),
    );
  }
  // Loaded only here: a preview without a policy configuration does not wait for it.
  const { z } = await import("zod");
  const schema = z.fromJSONSchema({
    type: "object",
    properties: policy.properties as never,
    required: policy.required,
  });
  const result = schema.safeParse(properties);
  if (result.success) return;
  throw new PreviewError(
    result.error.issues
      .map(({ path, message }) => `${where}: ${path.join(".") || "the object"}: ${message}`)
      .join("\n"),
  );
}
