import type { Severity } from "@pulumi/policy";
import type { Change } from "./change";
import { type ConfigurationSchema, readConfiguration } from "./configuration";
import type { PolicyResource } from "./declared";
import { checkExemptions, type Exemption, exemptionsSchema } from "./exemptions";
import type { Verdict } from "./verdict";

/** A control of a published framework that a policy corresponds to. */
export interface FrameworkReference {
  /** Name of the framework. */
  name: string;
  /** Absent where the framework has none. */
  version?: string;
  /** The framework's id of the control. */
  reference: string;
  /** The framework's title of the control. */
  specification: string;
  url: string;
}

/** Rules of other scanners that look at the same, as far as they do. */
export type Peers = Readonly<
  Partial<Record<"prowler" | "checkov" | "trivy" | "cdk-nag" | "cfn-guard" | "awsguard", string>>
>;

export interface PolicyMetadata {
  /** Kebab-case: key in the pack's configuration. */
  name: string;
  /** One sentence that starts with "Checks whether". */
  description: string;
  /** Why it matters, for the policy's page. */
  why: string;
  severity: Severity;
  /** Level unless configured otherwise. Default: mandatory. */
  level?: "mandatory" | "advisory";
  /** The first is the one that the policy SDK shows, if it has a version. Empty where no framework has the control. */
  frameworks: readonly FrameworkReference[];
  /** Default: none. */
  peers?: Peers;
  remediationSteps: string;
  /** Documentation of the property or option. */
  url: string;
  /** Configuration keys besides `enforcementLevel`. */
  configuration: ConfigurationSchema;
}

/** A resource of a stack, as a policy on the whole stack sees it. */
export interface StackResource extends PolicyResource {
  /** URNs of the resources that a property's value was made of. */
  dependencies: Readonly<Record<string, readonly string[]>>;
}

/** A policy of the pack: plain data and pure functions. */
export interface Policy extends PolicyMetadata {
  /** Throws a `ConfigurationError` if the configuration of this policy, without `enforcementLevel`, is wrong. */
  checkConfiguration(given: object): void;
  /** Exemptions in the configuration. */
  exemptions(given: object): readonly Exemption[];
  /** Verdicts on one resource; undefined if the policy has nothing to do with it. */
  check?(resource: PolicyResource, given: object): readonly Verdict[] | undefined;
  /** Verdicts on the resources of a whole stack, each with the resource it is about. */
  checkStack?(resources: readonly StackResource[], given: object): readonly [PolicyResource, Verdict][];
  /** What must be set for the resource to comply, as far as it can be mended safely. */
  mend?(resource: PolicyResource, given: object): readonly Change[];
}

/** What a policy is written as; `C` is what its configuration holds once defaults are filled in. */
export type Definition<C> = PolicyMetadata & {
  /** What the schema cannot say. Throws a `ConfigurationError`. */
  refuse?(configuration: C): void;
};

/** Reads the configuration of a policy; checks it as a whole. */
export function configurationOf<C>(definition: Definition<C>): {
  configuration: ConfigurationSchema;
  read(given: object): C;
  rest: Pick<Policy, "checkConfiguration" | "exemptions">;
} {
  const configuration = { ...definition.configuration, ...exemptionsSchema };
  // It is the same for all resources, and comes anew with each.
  let last: { text: string; values: C & { exemptions: readonly Exemption[] } } | undefined;
  const read = (given: object): C & { exemptions: readonly Exemption[] } => {
    const text = JSON.stringify(given);
    if (last?.text === text) return last.values;
    const values = readConfiguration(definition.name, configuration, given) as C & { exemptions: readonly Exemption[] };
    checkExemptions(definition.name, values.exemptions);
    definition.refuse?.(values);
    last = { text, values };
    return values;
  };
  const rest = {
    checkConfiguration: (given: object) => void read(given),
    exemptions: (given: object) => read(given).exemptions,
  };
  return { configuration, read, rest };
}
