import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { closest } from "../wording";
import { PreviewError } from "./previewError";
import { isRecord, type Project, readYaml, shownPath } from "./project";

/** The configuration that a program sees. */
export interface Configuration {
  stack: string;
  /** Full key (`project:key`) to value; structured values are JSON text. */
  values: Record<string, string>;
  secretKeys: string[];
  /** Keys whose encrypted value was replaced by a placeholder, since nothing here can decrypt it. */
  placeholders: string[];
  /** Things in the configuration that have no meaning offline, as sentences. */
  notes: string[];
}

interface Declaration {
  type?: string;
  items?: unknown;
  default?: unknown;
  value?: unknown;
  secret?: boolean;
}

const scalarTypes = ["string", "boolean", "integer", "array"] as const;

/**
 * The stack to preview: the one asked for, else the only one with a `Pulumi.<stack>.yaml`, else `dev`. Where stacks have
 * files, one without is a mistake: what the program makes of its defaults would be judged, and not what is deployed.
 *
 * @param configFile takes the place of the stack's file.
 */
export function chooseStack(project: Project, asked?: string, configFile?: string): string {
  const stacks = existsSync(project.stackFolder)
    ? readdirSync(project.stackFolder).flatMap((file) => /^Pulumi\.(.+)\.(?:yaml|yml|json)$/.exec(file)?.[1] ?? [])
    : [];
  // `pulumi stack select` writes `organization/project/stack`.
  const chosen = asked ? asked.slice(asked.lastIndexOf("/") + 1) : stacks.length === 1 ? stacks[0]! : "dev";
  if (stacks.length === 0 || stacks.includes(chosen) || configFile !== undefined) return chosen;
  const where = shownPath(project.stackFolder);
  const listed = `Stacks with a file: ${stacks.sort().join(", ")}.`;
  if (!asked) throw new PreviewError(`${where}: which stack? Choose one with --stack NAME. ${listed}`);
  const near = closest(chosen, stacks);
  throw new PreviewError(
    `--stack ${asked}: there is no Pulumi.${chosen}.yaml in ${where}.${near ? ` Did you mean "${near}"?` : ""} ${listed} ` +
      "For a stack without one, write --config FILE.",
  );
}

/** Reads what the project declares and what its stack sets, checked as Pulumi's engine checks it. */
export function readConfiguration(project: Project, stack: string, configFile?: string): Configuration {
  const result: Configuration = { stack, values: {}, secretKeys: [], placeholders: [], notes: [] };
  const file = stackFile(project, stack, configFile);
  const content = file === undefined ? {} : readYaml(file);
  if (content !== null && !isRecord(content)) throw new PreviewError(`${shownPath(file!)}: expected a mapping.`);
  for (const key of Object.keys(content ?? {})) checkTopLevel(key, file!);
  const config = content?.["config"] ?? {};
  if (!isRecord(config)) throw new PreviewError(`${shownPath(file!)}: "config" must be a mapping of keys to values.`);
  if (content?.["environment"] !== undefined) {
    result.notes.push("Pulumi ESC environments are not opened offline: values that come from one are missing.");
  }

  for (const [key, value] of Object.entries(config)) {
    setValue(result, fullKey(project, key), value, false);
  }
  for (const [key, written] of Object.entries(project.declared)) {
    applyDeclaration(project, result, key, written, file);
  }
  return result;
}

/** Keys of a stack's file (pulumi, `sdk/go/common/workspace/project.go`, `ProjectStack`). */
const topLevelKeys = ["config", "environment", "secretsprovider", "encryptedkey", "encryptionsalt"];

/** Pulumi's engine ignores a key that it does not know, and with it all configuration under `confg:`. */
function checkTopLevel(key: string, file: string): void {
  if (topLevelKeys.includes(key)) return;
  const problem = `${shownPath(file)}: unknown key "${key}"`;
  if (key.includes(":"))
    throw new PreviewError(`${problem}. Configuration stands under config:\n\n  config:\n    ${key}: …`);
  const near = closest(key, topLevelKeys);
  throw new PreviewError(`${problem}.${near ? ` Did you mean "${near}"?` : ""} Known: ${topLevelKeys.join(", ")}.`);
}

function stackFile(project: Project, stack: string, configFile?: string): string | undefined {
  if (configFile !== undefined) {
    const file = resolve(configFile);
    if (!existsSync(file)) throw new PreviewError(`--config ${configFile}: no such file.`);
    return file;
  }
  return ["yaml", "yml", "json"]
    .map((end) => join(project.stackFolder, `Pulumi.${stack}.${end}`))
    .find((path) => existsSync(path));
}

/** Keys without a namespace belong to the project. */
function fullKey(project: Project, key: string): string {
  return key.includes(":") ? key.replace(/:config:/, ":") : `${project.name}:${key}`;
}

function applyDeclaration(
  project: Project,
  result: Configuration,
  written: string,
  content: unknown,
  file: string | undefined,
): void {
  const key = fullKey(project, written);
  // The short form `key: value` is a value, not a declaration.
  const declaration: Declaration = isRecord(content) ? content : { value: content };
  const where = shownPath(project.file);
  if (declaration.type !== undefined && !scalarTypes.includes(declaration.type as never)) {
    throw new PreviewError(
      `${where}: config key ${written}: type ${JSON.stringify(declaration.type)}. Allowed: ${scalarTypes.join(", ")}.`,
    );
  }
  if (!(key in result.values)) {
    const value = declaration.default ?? declaration.value;
    if (value !== undefined && value !== null) setValue(result, key, value, declaration.secret === true);
    else if (declaration.type !== undefined && declaration.default === undefined) {
      const stackFileName = file
        ? shownPath(file)
        : join(shownPath(project.stackFolder), `Pulumi.${result.stack}.yaml`);
      throw new PreviewError(
        `config key ${key} has no value for stack ${result.stack}, and ${basename(project.file)} declares no default. ` +
          `Write it in ${stackFileName}:\n\n  config:\n    ${key}: <${declaration.type}>`,
      );
    }
  }
  if (declaration.secret === true && key in result.values && !result.secretKeys.includes(key))
    result.secretKeys.push(key);
  const value = result.values[key];
  if (declaration.type === undefined || value === undefined || result.placeholders.includes(key)) return;
  if (!hasType(value, declaration.type)) {
    const shown = result.secretKeys.includes(key) ? "the value" : JSON.stringify(value);
    throw new PreviewError(
      `config key ${key}: ${shown} is not ${article(declaration.type)}, as which ${where} declares it.`,
    );
  }
}

const credential = /(secret|password|passwd|passphrase|token|credentials?|(private|api|app|access|secret)_?key)$/i;

/** What providers are configured with and what their schemas call secret, though the stack's file does not: `aws:secretKey`. */
export function providerSecrets(project: Project, { values }: Configuration): string[] {
  return Object.entries(values).flatMap(([key, value]) =>
    !key.startsWith(`${project.name}:`) && credential.test(key) ? [value] : [],
  );
}

const article = (type: string): string => (/^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`);

function hasType(value: string, type: string): boolean {
  switch (type) {
    case "boolean":
      return value === "true" || value === "false";
    case "integer":
      return /^[+-]?\d+$/.test(value);
    case "array":
      try {
        return Array.isArray(JSON.parse(value));
      } catch {
        return false;
      }
    default:
      return true;
  }
}

function setValue(result: Configuration, key: string, written: unknown, isSecret: boolean): void {
  let encrypted = false;
  const open = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(open);
    if (!isRecord(value)) return value;
    if (typeof value["secure"] === "string" && Object.keys(value).length === 1) {
      encrypted = true;
      return placeholder(key);
    }
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, open(inner)]));
  };
  const value = open(written);
  result.values[key] =
    typeof value === "string" ? value : typeof value === "object" ? JSON.stringify(value) : String(value);
  if (encrypted) result.placeholders.push(key);
  if ((encrypted || isSecret) && !result.secretKeys.includes(key)) result.secretKeys.push(key);
}

/** What the program sees in place of an encrypted value. */
export const placeholder = (key: string): string => `placeholder-of-encrypted-${key.replace(/[^A-Za-z0-9]+/g, "-")}`;
