import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { RegisteredResource } from "../stack/registered";
import { packageRoot } from "../tools/freshness";
import { chooseStack, placeholder, readConfiguration } from "./configuration";
import { checkEnding, late } from "./ending";
import { childEnvironment, keptSecrets, organization, withPreload } from "./environment";
import { findSdk, nearestManifest } from "./installation";
import { distinct, entriesToAdd, type OpenLookup, readLookups } from "./lookups/answers";
import { Monitor } from "./monitor";
import { type NotInspected, notInspected } from "./notInspected";
import type { EnforcementLevel } from "./policies/configuration";
import { type Diagnostic, PolicyPack, type Remediation } from "./policies/pack";
import { sortDiagnostics, type Verdict } from "./policies/verdicts";
import { PreviewError } from "./previewError";
import { type Listener, reportsDescriptor, startNode } from "./processes";
import { type Project, readProject, shownPath } from "./project";
import type { Registration } from "./registration";
import { reportedSecret, reportsVariable } from "./secrets/reported";
import { Scrubber } from "./secrets/scrubber";
import { type LogLine, serve } from "./services";
import { printable, printableObject } from "./wire";

export interface PreviewSettings {
  /** Folder with the `Pulumi.yaml`. */
  folder: string;
  /** Default: the only stack file's, else `dev`. */
  stack?: string;
  /** Configuration file instead of `Pulumi.<stack>.yaml`. */
  configFile?: string;
  /** As for `pulumi preview --policy-pack-config`. */
  policyConfigFile?: string;
  lookupsFile?: string;
  /** Environment variables to pass on although their names look like those of secrets. Default: none. */
  keepEnvironment?: readonly string[];
  /** Made-up ids and ARNs instead of unknown values. Default false. */
  resolved?: boolean;
  /** Default: 300. */
  timeoutSeconds?: number;
  /** Folder of a compiled policy pack. Default: this package's. */
  packFolder?: string;
  /** Called with the number of resources so far. */
  onProgress?(resources: number): void;
}

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
  /** Configuration keys whose encrypted value was replaced. */
  placeholders: string[];
  /** The stack's outputs. */
  outputs: Record<string, unknown>;
  /** What the program logged and printed. */
  log: LogLine[];
  notes: string[];
}

const defaultTimeoutSeconds = 300;
const ownPack = join(packageRoot, "policypack");
/** Plain JavaScript, loaded into the program from the sources of this package. */
const preloadFile = join(packageRoot, "offline", "preload.cjs");

/**
 * Runs a Pulumi program in preview mode on its own Pulumi SDK, and each resource through the policy pack. No Pulumi CLI, no
 * credentials, no network. Throws a `PreviewError` where there is no result.
 */
export async function preview(settings: PreviewSettings): Promise<Preview> {
  const scrubber = new Scrubber();
  try {
    return scrubbed(await run(settings, scrubber), scrubber);
  } catch (error) {
    if (error instanceof PreviewError) {
      throw new PreviewError(scrubber.text(error.message), scrubber.value([...error.details]));
    }
    throw error instanceof Error ? new Error(scrubber.text(error.message)) : error;
  }
}

/**
 * The preview without its secrets. Levels, policies and types are our own words and the SDK's: a program whose secret is
 * the word "mandatory" must not change a verdict.
 */
function scrubbed(raw: Preview, scrubber: Scrubber): Preview {
  const text = (words: string): string => scrubber.text(words);
  const verdict = (one: Verdict): Verdict => ({ ...one, urn: text(one.urn), message: text(one.message) });
  return {
    ...raw,
    resources: raw.resources.map((resource) => ({
      ...withoutSecrets(resource, scrubber),
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
    outputs: scrubber.value(raw.outputs),
    notes: raw.notes.map(text),
  };
}

/** A resource's own fields under their own names, whatever words are secret. */
function withoutSecrets(resource: PreviewedResource, scrubber: Scrubber): PreviewedResource {
  return Object.fromEntries(
    Object.entries(resource).map(([key, value]) => [key, scrubber.value(value)]),
  ) as unknown as PreviewedResource;
}

async function run(settings: PreviewSettings, scrubber: Scrubber): Promise<Preview> {
  const project = readProject(settings.folder);
  const stack = chooseStack(project, settings.stack, settings.configFile);
  const configuration = readConfiguration(project, stack, settings.configFile);
  const lookups = settings.lookupsFile === undefined ? new Map() : readLookups(settings.lookupsFile);
  const sdk = findSdk(project);
  for (const key of configuration.secretKeys) scrubber.addText(configuration.values[key]!);
  for (const key of configuration.placeholders) scrubber.add(placeholder(key));
  for (const value of keptSecrets(settings.keepEnvironment)) scrubber.addText(value);

  const env = childEnvironment(project, configuration, settings.keepEnvironment);
  const timeoutSeconds = settings.timeoutSeconds ?? defaultTimeoutSeconds;
  const log: LogLine[] = [];

  // Both processes take a second to start: they start together.
  const pack = new PolicyPack({
    folder: settings.packFolder ?? ownPack,
    env,
    ...(settings.policyConfigFile !== undefined && { configFile: settings.policyConfigFile }),
    project: project.name,
    stack,
    timeoutMilliseconds: timeoutSeconds * 1000,
    onLine: (message) => log.push({ severity: "info", message: `policy pack: ${message}` }),
    scrub: (text) => scrubber.text(text),
    providerInputs: (registration) => monitor.providerInputs(registration),
  });
  const remediations: Remediation[] = [];
  let packFailed: (error: unknown) => void = () => undefined;
  const packFailure = new Promise<never>((_, reject) => {
    packFailed = reject;
  });
  packFailure.catch(() => undefined);
  pack.ready.catch(packFailed);

  const monitor = new Monitor({
    project: project.name,
    programFolder: project.programFolder,
    configuration,
    lookups,
    resolved: settings.resolved ?? false,
    scrubber,
    async onRegistered(registration) {
      settings.onProgress?.(monitor.registrations.size);
      await pack.ready;
      // As in the engine: remediations first, since the program and the policies see what they made.
      if (pack.remediates) remediations.push(...(await pack.remediate(registration).catch(failed)));
    },
  });
  function failed(error: unknown): never {
    packFailed(error);
    throw error;
  }

  const server = await serve(monitor, (line) => {
    if (line.severity !== "debug") log.push(line);
  });
  const program = startProgram(project, sdk.runner, stack, server.address, env, {
    onLine: (message, stream) => log.push({ severity: stream === "stderr" ? "warning" : "info", message }),
    onReport(line) {
      const secret = reportedSecret(line, configuration);
      if (secret !== undefined) scrubber.addText(secret);
    },
  });
  const judge = async (registrations: readonly Registration[]): Promise<Diagnostic[]> => {
    // The program could reach the pack's port while it ran: judged is afterwards, by a pack that is configured again.
    await pack.ready;
    await pack.configure();
    const byResource = registrations.map((registration) => pack.analyze(registration));
    return (await Promise.all([...byResource, pack.analyzeStack(registrations, monitor.rootUrn)])).flat();
  };
  const cleanLog = (): LogLine[] => scrubbedLog(log, scrubber);
  const deadline = late(timeoutSeconds, cleanLog);
  try {
    const ending = await Promise.race([program.ended, packFailure, deadline.passed]);
    checkEnding(ending, monitor, project, configuration, openLookups(monitor, scrubber), cleanLog());
    deadline.waitsFor = "pack";
    const registrations = [...monitor.registrations.values()];
    const diagnostics = await Promise.race([judge(registrations), deadline.passed]);
    const { violations, undecided } = sortDiagnostics(diagnostics);
    return {
      project: project.name,
      stack,
      sdkVersion: sdk.version,
      policyPack: `${pack.name}@v${pack.version}`,
      policyLevels: [...pack.policies]
        .map(([policy, { level, packLevel, changed }]) => ({
          policy,
          enforcementLevel: level,
          packLevel,
          settings: changed,
        }))
        .sort((a, b) => a.policy.localeCompare(b.policy)),
      resources: registrations.map((registration) =>
        previewed(registration, project, settings.resolved ?? false, scrubber),
      ),
      violations,
      undecided,
      remediations,
      notInspected: notInspected(registrations, pack.name),
      lookups: openLookups(monitor, scrubber).map((lookup) => ({ ...lookup, add: entriesToAdd([lookup]) })),
      placeholders: configuration.placeholders,
      outputs: printableObject(monitor.stackOutputs, fromFolder(project.programFolder, scrubber)),
      log: cleanLog().map((line) => ({ ...line, message: String(printable(line.message)) })),
      notes: [...configuration.notes, ...(registrations.length > 1 ? [] : [nothingRegistered(project)])],
    };
  } finally {
    program.kill();
    pack.stop();
    monitor.close();
    server.close();
  }
}

function startProgram(
  project: Project,
  runner: string,
  stack: string,
  address: string,
  env: NodeJS.ProcessEnv,
  listener: Listener,
) {
  const flags = {
    monitor: address,
    engine: address,
    organization,
    project: project.name,
    "root-directory": project.root,
    stack,
    pwd: project.programFolder,
    parallel: "64",
  };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  return startNode([...project.nodeArguments, runner, ...args, "--dry-run", project.entry], {
    cwd: project.programFolder,
    env: {
      ...env,
      NODE_OPTIONS: withPreload(env["NODE_OPTIONS"], preloadFile),
      [reportsVariable]: String(reportsDescriptor),
    },
    ...listener,
  });
}

/** Lines of a process are scrubbed together: a secret may go over several. */
function scrubbedLog(log: readonly LogLine[], scrubber: Scrubber): LogLine[] {
  const clean = [...log];
  for (const severity of new Set(log.map((line) => line.severity))) {
    const places = [...log.keys()].filter((place) => log[place]!.severity === severity);
    scrubber.lines(places.map((place) => log[place]!.message)).forEach((message, index) => {
      const place = places[index]!;
      clean[place] = { ...log[place]!, message };
    });
  }
  return clean;
}

function openLookups(monitor: Monitor, scrubber: Scrubber): OpenLookup[] {
  return distinct(monitor.unansweredLookups).map(({ token, args }) => ({
    token,
    args: scrubber.value(printableObject(args)),
  }));
}

/** A path that holds a secret is not shortened: the rest of it would no longer be known as one. */
const shortened =
  (shorten: (path: string) => string, scrubber: Scrubber) =>
  (path: string): string => {
    const clean = scrubber.text(path);
    return clean === path ? shorten(path) : clean;
  };

/** Paths as the program writes them. */
const fromFolder = (folder: string, scrubber: Scrubber) =>
  shortened((path) => relative(folder, resolve(folder, path)) || ".", scrubber);

function previewed(
  registration: Registration,
  project: Project,
  resolved: boolean,
  scrubber: Scrubber,
): PreviewedResource {
  const { urn, type, name, parent, inputs, outputs, id, source, options } = registration;
  const path = fromFolder(project.programFolder, scrubber);
  return {
    urn,
    type,
    name,
    inputs: printableObject(inputs, path),
    ...(parent !== "" && { parent }),
    protect: options.protect,
    ...(resolved && registration.custom && { id, outputs: printableObject(outputs, path) }),
    ...(source &&
      !source.file.includes("/node_modules/") && {
        source: `${shortened(shownPath, scrubber)(sourcePath(source.file, project))}:${source.line}`,
      }),
  };
}

/** A preview of nothing finds nothing wrong: it says what ran. */
function nothingRegistered(project: Project): string {
  const manifest = project.entry === "." ? nearestManifest(project.programFolder) : undefined;
  const main = manifest && (JSON.parse(readFileSync(manifest, "utf8")) as { main?: string }).main;
  return main === undefined
    ? "The program registered no resource."
    : `The program registered no resource. ${shownPath(project.file)} has no "main", so Pulumi ran the "main" of ` +
        `${shownPath(manifest!)}: ${main}. If that is not the program, write main: index.ts.`;
}

/** The SDK writes `project:///index.ts` or `file:///…`. */
function sourcePath(uri: string, project: Project): string {
  const path = decodeURIComponent(uri.replace(/^(project|file):\/\//, ""));
  return uri.startsWith("project:") ? join(project.root, path) : path;
}
