import type { ReportViolation, ResourceValidationPolicy, Severity } from "@pulumi/policy";
import { type ConfigurationSchema, readConfiguration } from "./configuration";
import { tableView } from "./table";
import type { TableCopy } from "./table/view";
import { undecidedMarker } from "./undecided";
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

/** A policy on every copy of a DynamoDB table. Plain data and one pure function. */
export interface TablePolicy {
  /** Kebab-case: key in the pack's configuration. */
  name: string;
  /** One sentence that starts with "Checks whether". */
  description: string;
  /** Why it matters, for the policy's page. */
  why: string;
  severity: Severity;
  /** The first is the one that the policy SDK shows, if it has a version. */
  frameworks: readonly [FrameworkReference, ...FrameworkReference[]];
  remediationSteps: string;
  /** AWS's page on the matter. */
  url: string;
  /** Configuration keys besides `enforcementLevel`. */
  configuration: ConfigurationSchema;
  /** Throws a `ConfigurationError` if the configuration of this policy, without `enforcementLevel`, is wrong. */
  checkConfiguration(given: object): void;
  /** Verdicts on one copy. */
  check(copy: TableCopy, given: object): readonly Verdict[];
}

/** Defines a policy; `C` is what its configuration holds once defaults are filled in. */
export function tablePolicy<C>(
  definition: Omit<TablePolicy, "check" | "checkConfiguration"> & {
    /** What the schema cannot say. Throws a `ConfigurationError`. */
    refuse?(configuration: C): void;
    check(copy: TableCopy, configuration: C): readonly Verdict[];
  },
): TablePolicy {
  const read = (given: object): C => {
    const configuration = readConfiguration(definition.name, definition.configuration, given) as C;
    definition.refuse?.(configuration);
    return configuration;
  };
  return {
    ...definition,
    checkConfiguration: (given) => void read(given),
    check: (copy, given) => definition.check(copy, read(given)),
  };
}

/** The policy as the policy SDK runs it. Mandatory unless configured otherwise. */
export function resourcePolicy(policy: TablePolicy): ResourceValidationPolicy {
  const [{ url: _, version, ...framework }] = policy.frameworks;
  return {
    name: policy.name,
    description: policy.description,
    severity: policy.severity,
    // The SDK wants a version with it.
    framework: version === undefined ? undefined : { version, ...framework },
    remediationSteps: policy.remediationSteps,
    url: policy.url,
    enforcementLevel: "mandatory",
    configSchema: { properties: policy.configuration as Record<string, object> },
    validateResource: (args, report) => {
      // On every resource, so that wrong configuration does not wait for the first table.
      const configuration = args.getConfig<object>();
      policy.checkConfiguration(configuration);
      const view = tableView(args);
      if (!view) return args.notApplicable(`${args.type} creates no DynamoDB table`);
      for (const copy of view.copies) {
        for (const verdict of policy.check(copy, configuration)) reportVerdict(verdict, report);
      }
    },
  };
}

/** The policy SDK takes an object with a level of its own too, which its typings leave out. */
type ReportAtLevel = (violation: { message: string; enforcementLevel: "advisory" }) => void;

function reportVerdict(verdict: Verdict, report: ReportViolation): void {
  if (verdict.kind === "violation") report(verdict.message);
  if (verdict.kind === "undecided") {
    const atLevel = report as unknown as ReportAtLevel;
    atLevel({ message: `${undecidedMarker} ${verdict.message}`, enforcementLevel: "advisory" });
  }
}
