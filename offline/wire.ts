import { createHash } from "node:crypto";
import { printedAssets, secretText, unknownText } from "../stack/registered";
import { shownPath } from "./project";

/** A property value as it travels between a Pulumi program, its engine and a policy pack. */
export type Wire = null | boolean | number | string | Wire[] | WireObject;
export type WireObject = { [key: string]: Wire };

/** Key that marks an object as a special value (Pulumi's wire format, `sdk/nodejs/runtime/rpc.ts`). */
export const signatureKey = "4dabf18193072939515e22adb298388d";
export const signatures = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
} as const;

/** Stands for a value that is only known after deployment. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const isObject = (value: unknown): value is WireObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const secret = (value: Wire): WireObject => ({ [signatureKey]: signatures.secret, value });

/** A secret's value, or the value itself. */
export function unwrapSecret(value: Wire | undefined): Wire | undefined {
  return isObject(value) && value[signatureKey] === signatures.secret ? unwrapSecret(value["value"]) : value;
}

export const isSecret = (value: Wire | undefined): boolean =>
  isObject(value) && value[signatureKey] === signatures.secret;

/**
 * Writes resource references and output values as plain values, as the engine does for a provider that accepts neither:
 * a custom resource becomes its id, a component its URN.
 */
export function flatten(value: Wire): Wire {
  if (Array.isArray(value)) return value.map(flatten);
  if (!isObject(value)) return value;
  switch (value[signatureKey]) {
    case signatures.resource:
      if (!("id" in value)) return value["urn"] ?? null;
      return value["id"] === "" || value["id"] === null ? unknownValue : flatten(value["id"]!);
    case signatures.output: {
      const inner = "value" in value ? flatten(value["value"]!) : unknownValue;
      return value["secret"] === true ? secret(inner) : inner;
    }
    case signatures.asset:
      // The SDKs refuse to read an asset whose text is empty.
      return value["text"] === "" ? { ...value, text: "\n" } : value;
    default:
      return flattenObject(value);
  }
}

export function flattenObject(object: WireObject): WireObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, flatten(value)]));
}

/** Without the keys that Pulumi keeps for itself (`__defaults`, a dynamic provider's code). */
export function withoutInternals(object: WireObject): WireObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !key.startsWith("__")));
}

export function containsUnknown(value: Wire | undefined): boolean {
  if (value === unknownValue) return true;
  if (Array.isArray(value)) return value.some(containsUnknown);
  if (!isObject(value)) return false;
  return Object.values(value).some(containsUnknown);
}

/**
 * The value as people see it: no secret, no code, no marker of the wire format.
 *
 * @param path how a path is written. Default: as seen from the working directory.
 */
export function printable(value: Wire, path: (path: string) => string = shownPath): unknown {
  if (value === unknownValue) return unknownText;
  if (typeof value === "string") return value.replaceAll(unknownValue, unknownText);
  if (Array.isArray(value)) return value.map((element) => printable(element, path));
  if (!isObject(value)) return value;
  switch (value[signatureKey]) {
    case signatures.secret:
      return secretText;
    case signatures.asset:
      return tag("asset", value, path);
    case signatures.archive:
      return isObject(value["assets"]) && Object.keys(value["assets"]).some((name) => printedAssets.includes(name))
        ? printedArchive(value["assets"], path)
        : tag("archive", value, path);
    default:
      return printableObject(value, path);
  }
}

export function printableObject(object: WireObject, path?: (path: string) => string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(withoutInternals(object)).map(([key, value]) => [key, printable(value, path)]),
  );
}

function printedArchive(assets: WireObject, path: (path: string) => string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(assets).map(([name, asset]) => {
      const text = printedAssets.includes(name) && isObject(asset) ? asset["text"] : undefined;
      return [name, typeof text === "string" ? text : printable(asset, path)];
    }),
  );
}

/** Assets are named by path or by what is in them, and never printed. */
function tag(kind: string, value: WireObject, path: (path: string) => string): string {
  if (typeof value["path"] === "string") return `[${kind} ${path(value["path"])}]`;
  if (typeof value["uri"] === "string") return `[${kind} ${value["uri"]}]`;
  const content = typeof value["text"] === "string" ? value["text"] : JSON.stringify(value["assets"] ?? {});
  return `[${kind} sha256:${createHash("sha256").update(content).digest("hex").slice(0, 12)}]`;
}

/** Calls back with each string inside secrets, and each number as text. */
export function secretTexts(value: Wire | undefined, found: (text: string) => void, inside = false): void {
  if (typeof value === "string" || typeof value === "number") {
    if (inside && value !== unknownValue) found(String(value));
  } else if (Array.isArray(value)) {
    for (const element of value) secretTexts(element, found, inside);
  } else if (isObject(value)) {
    const secretHere = inside || value[signatureKey] === signatures.secret || value["secret"] === true;
    for (const [key, inner] of Object.entries(value)) {
      if (key !== signatureKey) secretTexts(inner, found, secretHere && key !== "dependencies");
    }
  }
}
