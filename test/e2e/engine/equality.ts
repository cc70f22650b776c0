import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { shownPath } from "../../../offline/project";
import { signatureKey, signatures } from "../../../offline/wire";
import { printedAssets, secretText } from "../../../stack/registered";
import { isObject } from "../provider/compare";

/** A resource as either side has it. */
export interface Registered {
  urn: string;
  id?: string;
  inputs?: { [key: string]: unknown };
  outputs?: { [key: string]: unknown };
}

/** Outputs that identify a resource, and therefore differ from one deployment to the next. */
const identities = ["id", "arn", "streamArn", "keyId", "bucket", "name", "uuid", "url"];

/**
 * Inputs of both sides by URN, in which every id, ARN and generated name of a resource that the sides do not share is
 * written as that resource's name and property. Whatever else differs stays different.
 */
function normalised(left: Registered[], right: Registered[]): [{ [urn: string]: unknown }, { [urn: string]: unknown }] {
  const leftNames: [string, string][] = [];
  const rightNames: [string, string][] = [];
  const others = new Map(right.map((resource) => [resource.urn, resource]));
  for (const resource of left) {
    const other = others.get(resource.urn);
    if (!other) continue;
    for (const key of identities) {
      const [a, b] = [identity(resource, key), identity(other, key)];
      if (a === undefined || b === undefined || a === b || !chosenByProvider(a, b, resource, other)) continue;
      const token = `<${key} of ${resource.urn.split("::").pop()}>`;
      leftNames.push([a, token]);
      rightNames.push([b, token]);
      if (key !== "arn") continue;
      // A name may end with digits made of the ARN of a key, as that of the state table does.
      leftNames.push([digitsOf(a), `<digits of ${token}>`]);
      rightNames.push([digitsOf(b), `<digits of ${token}>`]);
    }
  }
  return [inputsOf(left, leftNames), inputsOf(right, rightNames)];
}

const digitsOf = (arn: string): string => createHash("sha256").update(arn).digest("hex").slice(0, 8);

/** What differs between the two sides, by logical name; empty where they are equal. */
export function differences(left: Registered[], right: Registered[]): { [urn: string]: [unknown, unknown] } {
  const [a, b] = normalised(left, right);
  const urns = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(
    urns
      .map((urn) => [urn, [comparable(a[urn]), comparable(b[urn])]] as [string, [unknown, unknown]])
      .filter(([, [one, other]]) => !isDeepStrictEqual(one, other)),
  );
}

/** Without what Pulumi keeps for itself and what the provider's `Check` adds for policies. */
function comparable(inputs: unknown): unknown {
  if (!isObject(inputs)) return inputs;
  return Object.fromEntries(
    Object.entries(inputs).filter(
      ([key, value]) => !key.startsWith("__") && key !== "tagsAll" && value !== undefined && value !== null,
    ),
  );
}

/** False for what the program wrote itself, under whatever key it comes back: that must be the same. */
function chosenByProvider(a: string, b: string, left: Registered, right: Registered): boolean {
  const written = [left, right].some(({ inputs = {} }) =>
    Object.values(inputs).some((value) => value === a || value === b),
  );
  // A name is made up from a beginning that the program gave.
  return !written || withoutSuffix(a) === withoutSuffix(b);
}

const withoutSuffix = (name: string): string => name.replace(/([0-9a-f]{26}|-[0-9a-f]{7})$/, "");

function identity(resource: Registered, key: string): string | undefined {
  const value = key === "id" ? resource.id : resource.outputs?.[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function inputsOf(resources: Registered[], names: [string, string][]): { [urn: string]: unknown } {
  // The longest first: an ARN holds the name of what it is about.
  const ordered = [...names].sort(([a], [b]) => b.length - a.length);
  const rename = (text: string) => ordered.reduce((result, [from, to]) => result.replaceAll(from, to), text);
  const visit = (value: unknown): unknown => {
    if (typeof value === "string") return rename(value);
    if (Array.isArray(value)) return value.map(visit);
    if (!isObject(value)) return value;
    // The preview prints no secret: that it is one is all that can be compared.
    if (value[signatureKey] === signatures.secret) return secretText;
    if ("assets" in value) {
      const shown = archive(value["assets"] as { [file: string]: Asset });
      return typeof shown === "string" ? shown : visit(shown);
    }
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
  };
  return Object.fromEntries(resources.map(({ urn, inputs }) => [urn, visit(inputs ?? {})]));
}

/** What the program made of it: the text itself, or where it is. */
type Asset = { text: string } | { path: string } | { uri: string };

/** An archive of assets as the offline preview prints it: file by file where it holds what the preview shows. */
function archive(assets: { [file: string]: Asset }): string | { [file: string]: string | undefined } {
  if (!Object.keys(assets).some((file) => printedAssets.includes(file))) return archiveText(assets);
  return Object.fromEntries(
    Object.entries(assets).map(([file, asset]) => [
      file,
      printedAssets.includes(file) ? textOf(asset) : assetText(asset),
    ]),
  );
}

const textOf = (asset: Asset): string | undefined => ("text" in asset ? asset.text : undefined);

function assetText(asset: Asset): string {
  if ("path" in asset) return `[asset ${shownPath(asset.path)}]`;
  return "uri" in asset ? `[asset ${asset.uri}]` : `[asset sha256:${digest(asset.text)}]`;
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 12);

function archiveText(assets: { [file: string]: Asset }): string {
  // As a program sends it; the engine adds a hash to each asset and takes the SDK's own mark away.
  const marks = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", __pulumiAsset: true };
  const written = (asset: Asset) => Object.entries(asset).filter(([key]) => ["path", "text", "uri"].includes(key));
  const plain = Object.fromEntries(
    Object.entries(assets)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([file, asset]) => [file, { ...marks, ...Object.fromEntries(written(asset)) }]),
  );
  return `[archive sha256:${digest(JSON.stringify(plain))}]`;
}
