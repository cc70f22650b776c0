import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { WireObject } from "./wire";

/** A resource that the program registered, as the engine would know it. */
export interface Registration {
  urn: string;
  type: string;
  name: string;
  /** Belongs to a provider; false for components and the stack. */
  custom: boolean;
  /** A component that another process would make (`remote: true`): what is in it cannot be seen. */
  remote: boolean;
  parent: string;
  /** As written by the program, after its transforms. */
  inputs: WireObject;
  /** As policies see it: with what the provider's `Check` adds, and remediated. */
  checked: WireObject;
  /** Known in resolved mode and for imported resources. */
  id: string;
  outputs: WireObject;
  options: ResourceOptions;
  /** `<URN>::<id>`, empty for the default provider. */
  provider: string;
  providerVersion: string;
  dependencies: string[];
  propertyDependencies: Record<string, string[]>;
  /** Where in the program it was written. */
  source?: { file: string; line: number };
}

export interface ResourceOptions {
  protect: boolean;
  ignoreChanges: string[];
  aliases: string[];
  additionalSecretOutputs: string[];
  deleteBeforeReplace?: boolean;
  /** Seconds. */
  timeouts: { create: number; update: number; delete: number; read: number };
}

/** What a program asks for, and what its place in the stack adds to it. */
export function registrationOf(
  request: RegisterResourceRequest,
  known: { urn: string; parent: string; inputs: WireObject; parentProtect: boolean },
): Registration {
  const { urn, parent, inputs, parentProtect } = known;
  const position = request.getSourceposition();
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    remote: request.getRemote(),
    parent,
    inputs,
    checked: inputs,
    id: request.getImportid(),
    outputs: {},
    provider: request.getProvider(),
    providerVersion: request.getVersion(),
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries(
      [...request.getPropertydependenciesMap().entries()].map(([key, value]) => [key, value.getUrnsList()]),
    ),
    options: optionsOf(request, parentProtect),
    ...(position && { source: { file: position.getUri(), line: position.getLine() } }),
  };
}

function optionsOf(request: RegisterResourceRequest, parentProtect: boolean): ResourceOptions {
  const timeouts = request.getCustomtimeouts();
  return {
    // Children are protected with their parent unless they say otherwise.
    protect: request.hasProtect() ? request.getProtect()! : parentProtect,
    ignoreChanges: request.getIgnorechangesList(),
    aliases: [
      ...request.getAliasurnsList(),
      ...request.getAliasesList().flatMap((alias) => (alias.hasUrn() ? [alias.getUrn()] : [])),
    ],
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    ...(request.getDeletebeforereplacedefined() && { deleteBeforeReplace: request.getDeletebeforereplace() }),
    timeouts: {
      create: seconds(timeouts?.getCreate() ?? ""),
      update: seconds(timeouts?.getUpdate() ?? ""),
      delete: seconds(timeouts?.getDelete() ?? ""),
      read: seconds(timeouts?.getRead?.() ?? ""),
    },
  };
}

/** Seconds of a duration as the program writes it (`10m`, `1h30m`). */
export function seconds(duration: string): number {
  const unit: Record<string, number> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };
  let sum = 0;
  for (const [, amount, name] of duration.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g))
    sum += Number(amount) * unit[name!]!;
  return sum;
}
