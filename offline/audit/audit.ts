import { join } from "node:path";
import type { RegisteredResource } from "../../stack/registered";
import { exportedStates, StackExportError } from "../../stack/stackExport";
import { packageRoot } from "../../tools/freshness";
import { packEnvironment } from "../environment";
import { type NotInspected, notInspected, typesReadAsTables } from "../notInspected";
import { PolicyPack } from "../policies/pack";
import { sortDiagnostics, type Verdict } from "../policies/verdicts";
import { PreviewError } from "../previewError";
import { shownPath } from "../project";
import type { Registration } from "../registration";
import { type PolicyLevel, policyLevelsOf } from "../result";
import { Scrubber } from "../secrets/scrubber";
import { parseUrn, providerUrn, stackType } from "../urn";
import { printableObject, secretTexts, unknownValue } from "../wire";
import { PlanError, type PlanStep, plannedStates, readPlan } from "./plan";
import { type ExportedState, registrationOf } from "./registrations";

export interface AuditSettings {
  /** Name of the file, for messages. */
  file: string;
  text: string;
  /** The output of `pulumi preview --json`, and not a stack export. */
  isPlan: boolean;
  /** As for `pulumi preview --policy-pack-config`. */
  policyConfigFile?: string;
  /** Folder of a compiled policy pack. Default: this package's. */
  packFolder?: string;
  /** Default: 300. */
  timeoutSeconds?: number;
}

/** What the policies say of an existing or a planned stack. No secret value is in it. */
export interface Audit {
  project: string;
  stack: string;
  /** Name and version of the policy pack. */
  policyPack: string;
  /** Every policy of the pack with the level that is in force. */
  policyLevels: PolicyLevel[];
  resources: RegisteredResource[];
  violations: Verdict[];
  undecided: Verdict[];
  notInspected: NotInspected[];
  notes: string[];
}

/** The resources of a stack through the policy pack, each as the engine would send it. Throws a `PreviewError`. */
export async function audit(settings: AuditSettings): Promise<Audit & { steps: PlanStep[] }> {
  const steps = settings.isPlan ? planSteps(settings) : [];
  const states = settings.isPlan ? plannedStates(steps) : stateOf(settings);
  const registrations = states.map(registrationOf).filter((registration) => registration !== undefined);
  const scrubber = new Scrubber();
  for (const { inputs, outputs } of registrations) {
    for (const values of [inputs, outputs]) secretTexts(values, (text) => scrubber.add(text));
  }
  const { project = "", stack = "" } = registrations[0] ? parseUrn(registrations[0].urn) : {};
  const providers = new Map(registrations.map(({ urn, inputs }) => [urn, inputs]));
  const pack = new PolicyPack({
    folder: settings.packFolder ?? join(packageRoot, "policypack"),
    env: packEnvironment(project, stack),
    ...(settings.policyConfigFile !== undefined && { configFile: settings.policyConfigFile }),
    project,
    stack,
    timeoutMilliseconds: (settings.timeoutSeconds ?? 300) * 1000,
    onLine: () => undefined,
    scrub: (text) => scrubber.text(text),
    // A plan leaves out what does not change, and what its tags would be with it.
    providerInputs: ({ provider }) =>
      providers.get(providerUrn(provider)) ?? { defaultTags: unknownValue, ignoreTags: unknownValue },
  });
  try {
    await pack.ready;
    const root = registrations.find(({ type }) => type === stackType)?.urn ?? "";
    const answers = await Promise.all([
      ...registrations.map((registration) => pack.analyze(registration)),
      pack.analyzeStack(registrations, root),
    ]);
    const { violations, undecided } = sortDiagnostics(answers.flat());
    const clean = (verdict: Verdict): Verdict => ({
      ...verdict,
      urn: scrubber.text(verdict.urn),
      message: scrubber.text(verdict.message),
    });
    return {
      project,
      stack,
      policyPack: `${pack.name}@v${pack.version}`,
      policyLevels: policyLevelsOf(pack).map((one) => ({ ...one, settings: scrubber.value(one.settings) })),
      resources: registrations.map((registration) => resourceOf(registration, scrubber)),
      violations: violations.map(clean),
      undecided: undecided.map(clean),
      notInspected: notInspected(registrations, typesReadAsTables(pack.policies.values())),
      notes: notesOn(settings, registrations, providers),
      steps,
    };
  } finally {
    pack.stop();
  }
}

function stateOf({ file, text }: AuditSettings): ExportedState[] {
  try {
    return exportedStates(text);
  } catch (error) {
    if (!(error instanceof StackExportError)) throw error;
    const hint = /"changeSummary"|"steps"/.test(text) ? " For the output of pulumi preview --json use --plan." : "";
    throw new PreviewError(`${shownPath(file)}: ${error.message}${hint}`);
  }
}

function planSteps({ file, text }: AuditSettings): PlanStep[] {
  try {
    return readPlan(text);
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    throw new PreviewError(`--plan ${shownPath(file)}: ${error.message}`);
  }
}

function resourceOf(
  { urn, type, name, parent, inputs, options }: Registration,
  scrubber: Scrubber,
): RegisteredResource {
  return {
    urn: scrubber.text(urn),
    type,
    name: scrubber.text(name),
    inputs: scrubber.value(printableObject(inputs)),
    ...(parent !== "" && { parent: scrubber.text(parent) }),
    protect: options.protect,
  };
}

function notesOn(
  { isPlan }: AuditSettings,
  registrations: readonly Registration[],
  providers: ReadonlyMap<string, unknown>,
): string[] {
  const isMissing = registrations.some(({ provider }) => provider !== "" && !providers.has(providerUrn(provider)));
  return isPlan && isMissing
    ? [
        "The plan leaves out what does not change. Write it with pulumi preview --json --show-sames, so that all of it is judged.",
      ]
    : [];
}
