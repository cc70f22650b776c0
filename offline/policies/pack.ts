import { existsSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzeRequest,
  type AnalyzeResponse,
  type AnalyzerInfo,
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzerStackConfigureRequest,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel as Level,
  PolicyConfig,
  type RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { packageRoot } from "../../tools/freshness";
import { organization } from "../environment";
import { resolveFrom } from "../installation";
import { PreviewError } from "../previewError";
import { type Child, startNode } from "../processes";
import { shownPath } from "../project";
import type { Registration } from "../registration";
import { ownLines } from "../stackTrace";
import { parseUrn, providerUrn } from "../urn";
import { type WireObject, withoutInternals } from "../wire";
import { type ConfiguredPolicy, configurePolicies, type EnforcementLevel } from "./configuration";

/** What a policy said about a resource, or about the stack. */
export interface Diagnostic {
  policy: string;
  /** Level that the policy is configured with. */
  configured: EnforcementLevel;
  enforcementLevel: EnforcementLevel;
  /** Empty for a verdict on the whole stack. */
  urn: string;
  message: string;
  description: string;
}

export interface Remediation {
  policy: string;
  urn: string;
  description: string;
  /** Why a remediation could not run. */
  problem?: string;
}

export interface PackSettings {
  /** Folder of the compiled pack (`PulumiPolicy.yaml`, `package.json`). */
  folder: string;
  env: NodeJS.ProcessEnv;
  /** File as for `pulumi preview --policy-pack-config`. */
  configFile?: string;
  project: string;
  stack: string;
  timeoutMilliseconds: number;
  onLine(line: string): void;
  /** Takes secrets out of what a failure quotes. */
  scrub(text: string): string;
  /** What the provider of a resource was configured with. */
  providerInputs(registration: Registration): WireObject;
}

const levels: Record<number, EnforcementLevel> = {
  [Level.ADVISORY]: "advisory",
  [Level.MANDATORY]: "mandatory",
  [Level.DISABLED]: "disabled",
  [Level.REMEDIATE]: "remediate",
};
const wireLevels = {
  advisory: Level.ADVISORY,
  mandatory: Level.MANDATORY,
  disabled: Level.DISABLED,
  remediate: Level.REMEDIATE,
};

/** Plain JavaScript, loaded from the sources of this package. */
const launcherFile = join(packageRoot, "offline", "launcher.cjs");

/** A policy pack, running in a process of its own as under the Pulumi engine. */
export class PolicyPack {
  /** Resolves when the pack is configured and answers. */
  readonly ready: Promise<void>;
  name = "";
  version = "";
  /** Whether any policy changes resources before they are judged. */
  remediates = false;
  policies = new Map<string, ConfiguredPolicy>();

  private readonly child: Child;
  private client: AnalyzerClient | undefined;
  private readonly output: string[] = [];

  constructor(private readonly settings: PackSettings) {
    if (!["yaml", "yml", "json"].some((end) => existsSync(join(settings.folder, `PulumiPolicy.${end}`)))) {
      throw new PreviewError(
        `${shownPath(settings.folder)}: no PulumiPolicy.yaml there. Name the folder of a policy pack: --policy-pack DIR`,
      );
    }
    const runner = resolveFrom(settings.folder, "@pulumi/pulumi/cmd/run-policy-pack");
    if (!runner) {
      throw new PreviewError(
        `${shownPath(settings.folder)}: @pulumi/pulumi is not installed there. Run \`npm ci\` first.`,
      );
    }
    let port: ((line: string) => void) | undefined;
    const firstLine = new Promise<string>((resolve) => {
      port = resolve;
    });
    // The launcher wants an engine address and drops it; the Analyzer service is the only way in or out.
    this.child = startNode(["--require", launcherFile, runner, "127.0.0.1:0", "."], {
      cwd: settings.folder,
      env: settings.env,
      onLine: (line, stream) => {
        if (stream === "stdout" && port) {
          port(line);
          port = undefined;
        } else {
          this.output.push(line);
          settings.onLine(line);
        }
      },
    });
    this.ready = this.start(firstLine);
    this.ready.catch(() => undefined);
  }

  /** Runs the remediations on a resource, one after another, and writes what they make of it into `checked`. */
  async remediate(registration: Registration): Promise<Remediation[]> {
    const response = await this.ask<RemediateResponse>(`remediating ${registration.urn}`, (client, answered) =>
      client.remediate(this.analyzeRequest(registration), answered),
    );
    return response.getRemediationsList().map((remediation) => {
      const properties = remediation.getProperties()?.toJavaScript() as WireObject | undefined;
      if (properties) registration.checked = properties;
      return {
        policy: remediation.getPolicyname(),
        urn: registration.urn,
        description: remediation.getDescription(),
        ...(remediation.getDiagnostic() && { problem: remediation.getDiagnostic() }),
      };
    });
  }

  async analyze(registration: Registration): Promise<Diagnostic[]> {
    const response = await this.ask<AnalyzeResponse>(`analyzing ${registration.urn}`, (client, answered) =>
      client.analyze(this.analyzeRequest(registration), answered),
    );
    return this.diagnostics(response, registration.urn);
  }

  async analyzeStack(registrations: readonly Registration[], rootUrn: string): Promise<Diagnostic[]> {
    const request = new AnalyzeStackRequest();
    request.setResourcesList(
      registrations.map((registration) => {
        const resource = this.fill(new AnalyzerResource(), registration, {
          ...registration.outputs,
          ...registration.checked,
        });
        resource.setParent(registration.parent);
        resource.setDependenciesList(registration.dependencies);
        for (const [key, urns] of Object.entries(registration.propertyDependencies)) {
          const dependencies = new AnalyzerPropertyDependencies();
          dependencies.setUrnsList(urns);
          resource.getPropertydependenciesMap().set(key, dependencies);
        }
        return resource;
      }),
    );
    const response = await this.ask<AnalyzeResponse>("analyzing the stack", (client, answered) =>
      client.analyzeStack(request, answered),
    );
    return this.diagnostics(response, rootUrn);
  }

  stop(): void {
    this.client?.close();
    this.child.kill();
  }

  private async start(firstLine: Promise<string>): Promise<void> {
    const { folder, timeoutMilliseconds } = this.settings;
    let timer: NodeJS.Timeout | undefined;
    const line = await Promise.race([
      firstLine,
      this.child.ended.then(({ code }) => {
        throw this.failure(`it ended with exit code ${code} before it listened`);
      }),
      new Promise<never>((_, reject) => {
        const late = `it did not listen within ${timeoutMilliseconds / 1000} seconds`;
        timer = setTimeout(() => reject(this.failure(late)), timeoutMilliseconds);
      }),
    ]).finally(() => clearTimeout(timer));
    if (!/^\d+$/.test(line)) {
      throw this.failure(
        `its first line is ${JSON.stringify(line)}, not a port: a pack may print nothing while it loads`,
      );
    }
    this.client = new AnalyzerClient(`127.0.0.1:${line}`, credentials.createInsecure(), {
      "grpc.max_receive_message_length": -1,
      "grpc.max_send_message_length": -1,
    });
    const info = await this.ask<AnalyzerInfo>(`reading ${shownPath(folder)}`, (client, answered) =>
      client.getAnalyzerInfo(new Empty(), answered),
    );
    this.name = info.getName();
    this.version = info.getVersion();
    await this.readConfiguration(info);
    await this.configure();
  }

  private async readConfiguration(info: AnalyzerInfo): Promise<void> {
    const { configFile } = this.settings;
    const initial = Object.fromEntries(
      [...info.getInitialconfigMap().entries()].map(([policy, config]) => [
        policy,
        {
          level: levels[config.getEnforcementlevel()]!,
          properties: (config.getProperties()?.toJavaScript() ?? {}) as Record<string, unknown>,
        },
      ]),
    );
    this.policies = await configurePolicies(
      info.getPoliciesList().map((policy) => ({
        name: policy.getName(),
        level: levels[policy.getEnforcementlevel()]!,
        properties: (policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {}) as Record<string, unknown>,
        required: policy.getConfigschema()?.getRequiredList() ?? [],
      })),
      configFile,
      initial,
    );
    this.remediates = [...this.policies.values()].some(({ level }) => level === "remediate");
  }

  /** Tells the pack what it judges, and how: again and again with the same result, whoever told it something else meanwhile. */
  async configure(): Promise<void> {
    const { project, stack } = this.settings;
    const about = new AnalyzerStackConfigureRequest();
    about.setProject(project);
    about.setStack(stack);
    about.setOrganization(organization);
    about.setDryRun(true);
    await this.ask("configuring the stack", (client, answered) => client.configureStack(about, answered));

    const request = new ConfigureAnalyzerRequest();
    for (const [policy, { level, properties }] of this.policies) {
      const config = new PolicyConfig();
      config.setEnforcementlevel(wireLevels[level]);
      config.setProperties(Struct.fromJavaScript(properties as never));
      request.getPolicyconfigMap().set(policy, config);
    }
    await this.ask("configuring the policies", (client, answered) => client.configure(request, answered));
  }

  private analyzeRequest(registration: Registration): AnalyzeRequest {
    return this.fill(new AnalyzeRequest(), registration, registration.checked);
  }

  private fill<T extends AnalyzeRequest | AnalyzerResource>(
    target: T,
    registration: Registration,
    properties: WireObject,
  ): T {
    target.setType(registration.type);
    target.setUrn(registration.urn);
    target.setName(registration.name);
    target.setProperties(Struct.fromJavaScript(withoutInternals(properties)));
    target.setOptions(optionsOf(registration));
    if (registration.custom && !registration.type.startsWith("pulumi:"))
      target.setProvider(this.providerOf(registration));
    return target;
  }

  private providerOf(registration: Registration): AnalyzerProviderResource {
    const provider = new AnalyzerProviderResource();
    const name = registration.type.split(":")[0]!;
    const { stack, project } = parseUrn(registration.urn);
    const version = registration.providerVersion.replace(/[.+-]/g, "_");
    // The engine makes one default provider per version of a package.
    const byDefault = `urn:pulumi:${stack}::${project}::pulumi:providers:${name}::default${version && `_${version}`}`;
    const urn = registration.provider === "" ? byDefault : providerUrn(registration.provider);
    provider.setUrn(urn);
    provider.setType(parseUrn(urn).type);
    provider.setName(parseUrn(urn).name);
    provider.setProperties(Struct.fromJavaScript(this.settings.providerInputs(registration)));
    return provider;
  }

  private diagnostics(response: AnalyzeResponse, urn: string): Diagnostic[] {
    return response.getDiagnosticsList().map((diagnostic) => ({
      policy: diagnostic.getPolicyname(),
      configured: this.policies.get(diagnostic.getPolicyname())?.level ?? levels[diagnostic.getEnforcementlevel()]!,
      enforcementLevel: levels[diagnostic.getEnforcementlevel()]!,
      urn: diagnostic.getUrn() || urn,
      message: diagnostic.getMessage(),
      description: diagnostic.getDescription(),
    }));
  }

  private ask<T>(
    doing: string,
    method: (client: AnalyzerClient, answered: (error: Error | null, response: T) => void) => unknown,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      method(this.client!, (error, response) => {
        if (error) reject(this.failure(`${doing}: ${(error as { details?: string }).details || error.message}`));
        else resolve(response);
      });
    });
  }

  /** A pack that fails has judged nothing: never a pass. */
  private failure(what: string): PreviewError {
    const own = (text: string) => ownLines(this.settings.scrub(stripVTControlCharacters(text)));
    const pack = this.name === "" ? shownPath(this.settings.folder) : `${this.name}@v${this.version}`;
    return new PreviewError(
      `policy pack failed (${pack}): ${own(what)}`,
      own(this.output.join("\n")).split("\n").slice(0, 10),
    );
  }
}

function optionsOf({ options, parent }: Registration): AnalyzerResourceOptions {
  const message = new AnalyzerResourceOptions();
  message.setProtect(options.protect);
  message.setIgnorechangesList(options.ignoreChanges);
  message.setAliasesList(options.aliases);
  message.setAdditionalsecretoutputsList(options.additionalSecretOutputs);
  message.setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined);
  message.setDeletebeforereplace(options.deleteBeforeReplace ?? false);
  message.setParent(parent);
  const timeouts = new AnalyzerResourceOptions.CustomTimeouts();
  timeouts.setCreate(options.timeouts.create);
  timeouts.setUpdate(options.timeouts.update);
  timeouts.setDelete(options.timeouts.delete);
  timeouts.setRead?.(options.timeouts.read); // the program's own SDK may be older than this field
  message.setCustomtimeouts(timeouts);
  return message;
}
