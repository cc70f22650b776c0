import type { ReportViolation, ResourceValidationPolicy, Severity } from "@pulumi/policy";
import { type ConfigurationSchema, readConfiguration } from "./configuration";
import { tableView } from "./table";
import { overlap } from "./table/propertyPath";
import type { TableCopy, TableView } from "./table/view";
import { undecidedMarker } from "./undecided";
import { undecided, type Verdict } from "./verdict";

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
  /** Verdicts on all copies. */
  check(view: TableView, given: object): readonly Verdict[];
}

/** Defines a policy; `C` is what its configuration holds once defaults are filled in. */
export function tablePolicy<C>(
  definition: Omit<TablePolicy, "check" | "checkConfiguration"> & {
    /** What the schema cannot say. Throws a `ConfigurationError`. */
    refuse?(configuration: C): void;
    /** Verdicts on one copy, from what is written. */
    check(copy: TableCopy, configuration: C): readonly Verdict[];
    /** Paths of the properties that these verdicts rest on. */
    properties(copy: TableCopy, configuration: C): readonly string[];
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
    check: ({ copies, ignoreChanges }, given) => {
      const configuration = read(given);
      return copies.flatMap((copy) => [
        ...(copy.unwritten ? [] : definition.check(copy, configuration)),
        ...unchanged(copy, definition.properties(copy, configuration), ignoreChanges),
      ]);
    },
  };
}

/** What is written does not reach an existing table where changes are ignored, and what that one has is not seen. */
function unchanged({ label }: TableCopy, properties: readonly string[], ignoreChanges: readonly string[]): Verdict[] {
  const ignored = ignoreChanges.filter((path) => properties.some((property) => overlap(path, property)));
  if (ignored.length === 0) return [];
  const listed = `${ignored.join(", ")} ${ignored.length === 1 ? "is" : "are"} listed in ignoreChanges`;
  return [undecided(`${label}: ${listed}: an existing table keeps what it has, whatever is written.`)];
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
      for (const verdict of policy.check(view, configuration)) reportVerdict(verdict, report);
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
