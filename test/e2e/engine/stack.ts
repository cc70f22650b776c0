import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import {
  CommandError,
  type Deployment,
  type EngineEvent,
  LocalWorkspace,
  type OpType,
  type ProjectSettings,
  PulumiCommand,
  type PulumiFn,
  type Stack,
} from "@pulumi/pulumi/automation";
import { inject } from "vitest";
import { parse } from "yaml";
import { type RunningProvider, serveProvider } from "../provider/server";
import { AccountReader } from "../reader/account";
import { type Emulator, startMoto } from "./emulator";

/** Region of the stacks, unless their project names another. */
export const region = "us-east-1";

/** What a policy said, as the CLI's event says it. */
export interface Verdict {
  policy: string;
  level: string;
  urn: string;
  message: string;
}

/** What one command of the CLI did. */
export interface Outcome {
  /** The CLI's own text. */
  text: string;
  /** False where the CLI ended with an error. */
  succeeded: boolean;
  /** Logical names by what was done, or would be, to each; what stays the same is left out. */
  steps: { [operation in OpType]?: string[] };
  verdicts: Verdict[];
  /** Policies that a resource passed and failed, by URN, where they were applied. */
  judged: { [urn: string]: { passed: string[]; failed: string[] } };
}

export interface StackSettings {
  project: string;
  stack: string;
  /** Content of the project file; `main` does not matter, since the program runs in this process. */
  projectFile?: string;
  config?: { [key: string]: unknown };
  program: PulumiFn;
}

/**
 * An emulated AWS of its own, the provider that makes resources in it, and a folder with the CLI's home, its state and its
 * policy analyzer. Files of tests run side by side: each starts one.
 */
export class Engine {
  private constructor(
    private readonly folder: string,
    private readonly command: PulumiCommand,
    private readonly emulator: Emulator,
    readonly provider: RunningProvider,
    /** Has nothing to do with the provider. */
    readonly reader: AccountReader,
  ) {}

  static async start(emulator?: Emulator): Promise<Engine> {
    const pulumi = inject("pulumi");
    const command = await PulumiCommand.get(pulumi === "pulumi" ? {} : { root: dirname(dirname(pulumi)) });
    const started = emulator ?? (await startMoto());
    const provider = await serveProvider(started.endpoint);
    const folder = mkdtempSync(join(inject("folder"), "engine-"));
    mkdirSync(join(folder, "state"));
    installAnalyzer(join(folder, "home"));
    return new Engine(folder, command, started, provider, new AccountReader(started.endpoint, region));
  }

  /** Address of the emulated AWS. */
  get endpoint(): string {
    return this.emulator.endpoint;
  }

  /** Ends emulator, provider and reader, and forgets every stack. */
  async stop(): Promise<void> {
    // Printed at the end of the run (globalSetup.ts).
    appendFileSync(join(inject("folder"), "believed.txt"), [...this.provider.believed, ""].join("\n"));
    this.provider.close();
    this.reader.stop();
    await this.emulator.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async stack({ project, stack, projectFile, config = {}, program }: StackSettings): Promise<EngineStack> {
    const workDir = mkdtempSync(join(this.folder, `${stack}-`));
    const { main: _, ...settings } = projectFile ? parse(readFileSync(projectFile, "utf8")) : ({} as { main?: string });
    const opened = await LocalWorkspace.createOrSelectStack(
      { stackName: stack, projectName: project, program },
      {
        workDir,
        pulumiHome: join(this.folder, "home"),
        pulumiCommand: this.command,
        projectSettings: {
          ...(settings as object),
          name: project,
          runtime: "nodejs",
          backend: { url: `file://${join(this.folder, "state")}` },
        } as ProjectSettings,
        envVars: {
          PULUMI_CONFIG_PASSPHRASE: "test",
          PULUMI_SKIP_UPDATE_CHECK: "1",
          PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
          PULUMI_DEBUG_PROVIDERS: `aws:${this.provider.port}`,
        },
      },
    );
    const own = new EngineStack(opened, stack);
    await own.configure(config);
    return own;
  }
}

/** The engine starts a policy pack by an executable of this name; the Node.js language host brings one. */
function installAnalyzer(home: string): void {
  const folder = join(home, "plugins", "analyzer-policy-nodejs-v1.0.0");
  const runner = createRequire(__filename).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const file = join(folder, "pulumi-analyzer-policy-nodejs");
  mkdirSync(folder, { recursive: true });
  // Arguments: address of the engine, folder of the pack (which is the working directory too).
  const first = join(__dirname, "endWithParent.cjs");
  writeFileSync(
    file,
    `#!/bin/sh\nexport ENGINE_PID=$PPID\nexec "${process.execPath}" --require "${first}" "${runner}" "$1" "$2"\n`,
  );
  chmodSync(file, 0o755);
}

/** A stack whose every command runs with the policy pack of this package. */
export class EngineStack {
  constructor(
    private readonly stack: Stack,
    private readonly name: string,
  ) {}

  /** Replaces the stack's configuration. */
  async configure(config: { [key: string]: unknown }): Promise<void> {
    const settings = await this.stack.workspace.stackSettings(this.name).catch(() => ({}));
    await this.stack.workspace.saveStackSettings(this.name, {
      ...settings,
      config: config as never,
    });
  }

  /** @param policyConfig file with levels and settings of the policies. */
  preview = (policyConfig?: string) =>
    this.run((options) =>
      this.stack.preview({
        ...options,
        policyPacks: [inject("pack")],
        ...(policyConfig !== undefined && { policyPackConfigs: [policyConfig] }),
      }),
    );
  up = () => this.run((options) => this.stack.up({ ...options, policyPacks: [inject("pack")] }));
  refresh = () => this.run((options) => this.stack.refresh(options));
  destroy = () => this.run((options) => this.stack.destroy(options));
  export = (): Promise<Deployment["deployment"]> => this.stack.exportStack().then(({ deployment }) => deployment);

  private async run(
    command: (options: {
      onOutput(text: string): void;
      onEvent(event: EngineEvent): void;
      color: "never";
    }) => Promise<unknown>,
  ): Promise<Outcome> {
    let text = "";
    const events: EngineEvent[] = [];
    let succeeded = true;
    try {
      await command({
        color: "never",
        onOutput: (more) => {
          text += more;
        },
        onEvent: (event) => events.push(event),
      });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      succeeded = false;
    }
    return { text, succeeded, steps: stepsOf(events), verdicts: verdictsOf(events), judged: judgedIn(events) };
  }
}

function stepsOf(events: EngineEvent[]): Outcome["steps"] {
  const steps: Outcome["steps"] = {};
  const refreshed = new Set<string>();
  for (const { resourcePreEvent, resOutputsEvent } of events) {
    const { metadata } = resourcePreEvent ?? {};
    if (metadata?.op === "refresh") refreshed.add(metadata.urn);
    else if (metadata) note(metadata);
    // A refresh knows only afterwards what has changed.
    const after = resOutputsEvent?.metadata;
    if (after && refreshed.has(after.urn)) note(after);
  }
  return steps;

  function note({ op, urn }: { op: OpType; urn: string }): void {
    if (op !== "same" && op !== "read" && op !== "refresh") steps[op] = [...(steps[op] ?? []), nameOf(urn)].sort();
  }
}

/** The logical name, last in a URN. */
export const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

/** The SDK passes on this event of the CLI, and has no type for it. */
interface PolicyAnalyzeSummary {
  policyAnalyzeSummaryEvent?: { resourceUrn: string; passed?: string[]; failed?: string[] };
}

function judgedIn(events: EngineEvent[]): Outcome["judged"] {
  const judged: Outcome["judged"] = {};
  for (const { policyAnalyzeSummaryEvent: summary } of events as PolicyAnalyzeSummary[]) {
    if (!summary?.passed && !summary?.failed) continue;
    judged[summary.resourceUrn] = { passed: summary.passed ?? [], failed: summary.failed ?? [] };
  }
  return judged;
}

function verdictsOf(events: EngineEvent[]): Verdict[] {
  return events.flatMap(({ policyEvent: event }) =>
    event
      ? [
          {
            policy: event.policyName,
            level: event.enforcementLevel,
            urn: event.resourceUrn ?? "",
            message: event.message,
          },
        ]
      : [],
  );
}
