import { join } from "node:path";
import { packageRoot } from "../tools/freshness";
import { chooseStack, placeholder, providerSecrets, readConfiguration } from "./configuration";
import { checkEnding, late } from "./ending";
import { childEnvironment, keptSecrets, organization, withPreload } from "./environment";
import { findSdk } from "./installation";
import { readLookups } from "./lookups/answers";
import { Monitor } from "./monitor";
import { misspeltNamespaces } from "./namespaces";
import { type Diagnostic, PolicyPack, type Remediation } from "./policies/pack";
import { sortDiagnostics } from "./policies/verdicts";
import { PreviewError } from "./previewError";
import { type Listener, reportsDescriptor, startNode } from "./processes";
import { type Project, readProject } from "./project";
import type { Registration } from "./registration";
import { openLookups, type Preview, resultOf, withoutSecrets } from "./result";
import { scrubbedLog } from "./secrets/printed";
import { reported, reportsVariable } from "./secrets/reported";
import { Scrubber } from "./secrets/scrubber";
import { type LogLine, serve } from "./services";

export type { PolicyLevel, Preview, PreviewedResource } from "./result";

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
    return withoutSecrets(await run(settings, scrubber), scrubber);
  } catch (error) {
    if (error instanceof PreviewError) {
      throw new PreviewError(scrubber.text(error.message), scrubber.value([...error.details]));
    }
    throw error instanceof Error ? new Error(scrubber.text(error.message)) : error;
  }
}

async function run(settings: PreviewSettings, scrubber: Scrubber): Promise<Preview> {
  const project = readProject(settings.folder);
  const stack = chooseStack(project, settings.stack, settings.configFile);
  const configuration = readConfiguration(project, stack, settings.configFile);
  const lookups = settings.lookupsFile === undefined ? new Map() : readLookups(settings.lookupsFile);
  const sdk = findSdk(project);
  for (const key of configuration.secretKeys) scrubber.add(configuration.values[key]!);
  for (const value of providerSecrets(project, configuration)) scrubber.add(value);
  for (const key of configuration.placeholders) scrubber.add(placeholder(key));
  for (const value of keptSecrets(settings.keepEnvironment)) scrubber.add(value);

  const env = childEnvironment(project, configuration, settings.keepEnvironment);
  const timeoutSeconds = settings.timeoutSeconds ?? defaultTimeoutSeconds;
  const log: LogLine[] = [];
  const namespaces = new Set<string>();

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
      const { secret, namespace } = reported(line, configuration);
      if (secret !== undefined) scrubber.add(secret);
      if (namespace !== undefined) namespaces.add(namespace);
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
    for (const { type } of monitor.registrations.values()) namespaces.add(packageOf(type));
    const misspelt = misspeltNamespaces(project, configuration, namespaces);
    checkEnding(ending, monitor, project, configuration, openLookups(monitor, scrubber), misspelt, cleanLog());
    if (misspelt.length > 0) throw new PreviewError(misspelt.join("\n"));
    deadline.waitsFor = "pack";
    const registrations = [...monitor.registrations.values()];
    const diagnostics = await Promise.race([judge(registrations), deadline.passed]);
    return resultOf({
      project,
      configuration,
      sdkVersion: sdk.version,
      pack,
      monitor,
      ...sortDiagnostics(diagnostics),
      remediations,
      log: cleanLog(),
      resolved: settings.resolved ?? false,
      scrubber,
    });
  } finally {
    program.kill();
    pack.stop();
    monitor.close();
    server.close();
  }
}

/** `pulumi:providers:aws` belongs to `aws`. */
const packageOf = (type: string): string => type.replace(/^pulumi:providers:/, "").split(":")[0]!;

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
