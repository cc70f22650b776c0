import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { RegisteredResource } from "../stack/registered";
import type { Configuration } from "./configuration";
import { nearestManifest } from "./installation";
import { distinct, entriesToAdd, type OpenLookup, unusedEntries } from "./lookups/answers";
import type { Monitor } from "./monitor";
import { type NotInspected, notInspected } from "./notInspected";
import type { EnforcementLevel } from "./policies/configuration";
import type { PolicyPack, Remediation } from "./policies/pack";
import type { Verdict, Verdicts } from "./policies/verdicts";
import { type Project, shownPath } from "./project";
import { pathFrom, pathFromHere } from "./secrets/printed";
import type { Scrubber } from "./secrets/scrubber";
import type { LogLine } from "./services";
import { sourcePositions } from "./sourcePosition";
import { printable, printableObject } from "./wire";

/** A registered resource; with ids and outputs in resolved mode. */
export interface PreviewedResource extends RegisteredResource {
  id?: string;
  outputs?: Record<string, unknown>;
  /** `file:line` where the program registers it. */
  source?: string;
}

/** How strictly a policy was applied. */
export interface PolicyLevel {
  policy: string;
  enforcementLevel: EnforcementLevel;
  /** Level that the policy has without a configuration file. */
  packLevel: EnforcementLevel;
  /** Properties that a configuration file changes. */
  settings: Record<string, unknown>;
}

/** Everything that a preview found out. No secret value is in it. */
export interface Preview {
  project: string;
  stack: string;
  /** Version of the program's own `@pulumi/pulumi`. */
  sdkVersion: string;
  /** Name and version of the policy pack. */
  policyPack: string;
  /** Every policy of the pack with the level that is in force. */
  policyLevels: PolicyLevel[];
  resources: PreviewedResource[];
  violations: Verdict[];
  /** What could not be decided before deployment. */
  undecided: Verdict[];
  remediations: Remediation[];
  /** Resources whose content the preview cannot see, or that may create a table which no policy looks at. */
  notInspected: NotInspected[];
  /** Look-ups that only a cloud account could answer. */
  lookups: (OpenLookup & { /** What to add to a `--lookups` file. */ add: string })[];
  /** Entries of the `--lookups` file that answered no call, as sentences. */
  unusedLookups: string[];
  /** Configuration keys whose encrypted value was replaced. */
  placeholders: string[];
  /** The stack's outputs. */
  outputs: Record<string, unknown>;
  /** What the program logged and printed. */
  log: LogLine[];
  notes: string[];
}

/** What a preview consists of before it is put into words. */
export interface Findings extends Verdicts {
  project: Project;
  configuration: Configuration;
  sdkVersion: string;
  pack: PolicyPack;
  monitor: Monitor;
  remediations: Remediation[];
  /** Without secrets. */
  log: LogLine[];
  resolved: boolean;
  scrubber: Scrubber;
}

/** Puts together what a preview found; secret values may still be in its texts. */
export function resultOf(findings: Findings): Preview {
  const { project, configuration, pack, monitor, scrubber } = findings;
  const registrations = [...monitor.registrations.values()];
  const path = pathFrom(project.programFolder, scrubber);
  return {
    project: project.name,
    stack: configuration.stack,
    sdkVersion: findings.sdkVersion,
    policyPack: `${pack.name}@v${pack.version}`,
    policyLevels: [...pack.policies]
      .map(([policy, { level, packLevel, changed }]) => ({
        policy,
        enforcementLevel: level,
        packLevel,
        settings: changed,
      }))
      .sort((a, b) => a.policy.localeCompare(b.policy)),
    resources: previewedResources(findings),
    violations: findings.violations,
    undecided: findings.undecided,
    remediations: findings.remediations,
    notInspected: notInspected(registrations, pack.name),
    lookups: openLookups(monitor, scrubber).map((lookup) => ({ ...lookup, add: entriesToAdd([lookup]) })),
    unusedLookups: unusedEntries(monitor.lookups, monitor.unansweredLookups),
    placeholders: configuration.placeholders,
    outputs: printableObject(monitor.stackOutputs, path),
    log: findings.log.map((line) => ({ ...line, message: String(printable(line.message)) })),
    notes: [
      ...configuration.notes,
      ...(registrations.length > 1 ? [] : [nothingRegistered(project, monitor.stackOutputs)]),
    ],
  };
}

function previewedResources({ project, monitor, resolved, scrubber }: Findings): PreviewedResource[] {
  const path = pathFrom(project.programFolder, scrubber);
  const sourceOf = sourcePositions(project, pathFromHere(scrubber));
  return [...monitor.registrations.values()].map((registration) => {
    const { urn, type, name, parent, inputs, outputs, id, options } = registration;
    const source = sourceOf(registration.source);
    return {
      urn,
      type,
      name,
      inputs: printableObject(inputs, path),
      ...(parent !== "" && { parent }),
      protect: options.protect,
      ...(resolved && registration.custom && { id, outputs: printableObject(outputs, path) }),
      ...(source !== undefined && { source }),
    };
  });
}

/** Look-ups without an answer, each once. */
export function openLookups(monitor: Monitor, scrubber: Scrubber): OpenLookup[] {
  return distinct(monitor.unansweredLookups).map(({ token, args }) => ({
    token,
    args: scrubber.value(printableObject(args)),
  }));
}

/** A preview of nothing finds nothing wrong: it says what ran. */
function nothingRegistered({ file, entry, programFolder }: Project, outputs: object): string {
  const nothing = "The program registered no resource.";
  if ("default" in outputs) {
    return `${nothing} It exports a "default", which Pulumi does not call in a CommonJS program: write export = async () => { … }.`;
  }
  const manifest = entry === "." ? nearestManifest(programFolder) : undefined;
  if (manifest?.main === undefined || !existsSync(join(dirname(manifest.file), manifest.main))) return nothing;
  return (
    `${nothing} ${shownPath(file)} has no "main", so Pulumi ran the "main" of ${shownPath(manifest.file)}: ` +
    `${manifest.main}. If that is not the program, write main: index.ts.`
  );
}

/**
 * The preview without its secrets. Levels, policies and types are our own words and the SDK's: a program whose secret is
 * the word "mandatory" must not change a verdict.
 */
export function withoutSecrets(raw: Preview, scrubber: Scrubber): Preview {
  const text = (words: string): string => scrubber.text(words);
  const verdict = (one: Verdict): Verdict => ({ ...one, urn: text(one.urn), message: text(one.message) });
  return {
    ...raw,
    resources: raw.resources.map((resource) => ({
      ...resourceWithoutSecrets(resource, scrubber),
      type: resource.type,
      protect: resource.protect,
    })),
    violations: raw.violations.map(verdict),
    undecided: raw.undecided.map(verdict),
    remediations: raw.remediations.map((one) => ({
      ...one,
      urn: text(one.urn),
      ...(one.problem !== undefined && { problem: text(one.problem) }),
    })),
    notInspected: raw.notInspected.map((one) => ({ ...one, urn: text(one.urn), reason: text(one.reason) })),
    policyLevels: raw.policyLevels.map((one) => ({ ...one, settings: scrubber.value(one.settings) })),
    unusedLookups: raw.unusedLookups.map(text),
    outputs: scrubber.value(raw.outputs),
    notes: raw.notes.map(text),
  };
}

/** A resource's own fields under their own names, whatever words are secret. */
function resourceWithoutSecrets(resource: PreviewedResource, scrubber: Scrubber): PreviewedResource {
  return Object.fromEntries(
    Object.entries(resource).map(([key, value]) => [key, scrubber.value(value)]),
  ) as unknown as PreviewedResource;
}
