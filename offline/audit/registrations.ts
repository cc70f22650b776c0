import type { Registration } from "../registration";
import { parseUrn } from "../urn";
import { isObject, secret, signatureKey, signatures, unknownValue, type Wire, type WireObject } from "../wire";

/** A resource's state, as Pulumi writes it into exports and plans (`sdk/go/common/apitype`, `ResourceV3`). */
export type ExportedState = Record<string, unknown>;

/** What stands for a secret in a plan, and for what is not known in a printed preview. */
const hidden: readonly unknown[] = ["[secret]", "[unknown]"];

/** The state as if its program had registered it just now; undefined for what is no resource of the stack any more. */
export function registrationOf(state: ExportedState): Registration | undefined {
  const { urn, type } = state;
  if (typeof urn !== "string" || typeof type !== "string" || state["delete"] === true) return undefined;
  // What a program only refers to is not its own: the engine does not judge it either.
  if (state["external"] === true) return undefined;
  const inputs = wireObject(state["inputs"]);
  return {
    urn,
    type,
    name: parseUrn(urn).name,
    custom: state["custom"] === true,
    remote: false,
    parent: text(state["parent"]),
    inputs,
    checked: inputs,
    id: text(state["id"]),
    outputs: wireObject(state["outputs"]),
    provider: text(state["provider"]),
    providerVersion: "",
    dependencies: texts(state["dependencies"]),
    propertyDependencies: Object.fromEntries(
      Object.entries(record(state["propertyDependencies"])).map(([key, urns]) => [key, texts(urns)]),
    ),
    options: {
      protect: state["protect"] === true,
      ignoreChanges: texts(state["ignoreChanges"]),
      aliases: texts(state["aliases"]),
      additionalSecretOutputs: texts(state["additionalSecretOutputs"]),
      timeouts: { create: 0, update: 0, delete: 0, read: 0 },
    },
  };
}

function wireObject(value: unknown): WireObject {
  const wire = wireOf(value);
  return isObject(wire) ? wire : {};
}

/** As it travels between engine and pack: an encrypted value is not known here, whatever is in it. */
function wireOf(value: unknown): Wire {
  if (hidden.includes(value)) return unknownValue;
  if (Array.isArray(value)) return value.map(wireOf);
  if (!isObject(value)) return value as Wire;
  if (value[signatureKey] === signatures.secret) return shown(value["plaintext"]);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wireOf(inner)]));
}

/** The value of a secret in an export with `--show-secrets`, which is JSON text. */
function shown(plaintext: unknown): Wire {
  if (typeof plaintext !== "string") return unknownValue;
  try {
    return secret(wireOf(JSON.parse(plaintext)));
  } catch {
    return unknownValue;
  }
}

const record = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
