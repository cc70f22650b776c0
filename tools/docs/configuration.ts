import { stringify } from "yaml";
import { z } from "zod";
import { configurationSchema, scalarKeys } from "../../configuration/schema";

interface JsonSchema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  required?: string[];
}

/** Pulumi.yaml with the scalar keys declared, so that `pulumi config` checks them and shows what they mean. */
export function pulumiProject(): string {
  const declared = scalarKeys().map(({ key, ...declaration }) => [key, declaration]);
  return stringify(
    {
      name: "dynamodb-detective",
      description: "Detective security controls for Amazon DynamoDB",
      main: "index.ts",
      runtime: "nodejs",
      config: Object.fromEntries(declared),
    },
    { lineWidth: 120 },
  );
}

/** The reference page of every configuration key. */
export function configurationReference(): string {
  const { properties = {} } = z.toJSONSchema(configurationSchema, { io: "input" }) as JsonSchema;
  const rows = Object.entries(properties).flatMap(([key, schema]) => rowsOf(key, schema));
  return [
    "# Configuration",
    "",
    "Generated from `configuration/schema.ts` by `npm run docs`. Set a key with `pulumi config set KEY VALUE`, a key",
    "inside another with `pulumi config set --path KEY.INNER VALUE`, or in `Pulumi.<stack>.yaml`. An unknown key or a wrong",
    "value stops the program before anything is registered.",
    "",
    "| key | type | default | meaning |",
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function rowsOf(key: string, schema: JsonSchema): string[] {
  const fallback = schema.default === undefined ? "" : `\`${JSON.stringify(schema.default)}\``;
  const row = `| \`${key}\` | ${typeOf(schema)} | ${fallback} | ${(schema.description ?? "").replaceAll("|", "\\|")} |`;
  return [row, ...inner(key, schema).flatMap(([name, child]) => rowsOf(name, child))];
}

/** Keys inside an object, inside each element of a list, or inside each value of a map. */
function inner(key: string, schema: JsonSchema): [string, JsonSchema][] {
  if (schema.properties) return Object.entries(schema.properties).map(([name, child]) => [`${key}.${name}`, child]);
  if (schema.items?.properties) return inner(`${key}[]`, schema.items);
  const values = schema.additionalProperties;
  return typeof values === "object" && values.properties ? inner(`${key}.<id>`, values) : [];
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(" or ");
  if (schema.type === "array") return `list of ${schema.items?.type ?? "values"}`;
  if (schema.type === "object" && typeof schema.additionalProperties === "object") {
    return `map of ${schema.additionalProperties.type === "array" ? "lists" : `${schema.additionalProperties.type}s`}`;
  }
  return schema.type ?? "value";
}
