import type {
  ResourceValidationArgs,
  ResourceValidationPolicy,
  PolicyResource as SdkStackResource,
  StackValidationPolicy,
} from "@pulumi/policy";
import { Secret } from "@pulumi/policy";
import type { Change } from "./change";
import { isOfReadService, type PolicyResource } from "./declared";
import { exemptMarker, withExemptions } from "./exemptions";
import type { Policy, StackResource } from "./policy";
import { segmentsOf } from "./table/propertyPath";
import { isMap } from "./table/reading";
import { undecidedMarker } from "./undecided";
import type { Verdict } from "./verdict";

/** The policy as the policy SDK runs it. */
export function sdkPolicy(policy: Policy): ResourceValidationPolicy | StackValidationPolicy {
  const framework = policy.frameworks[0];
  const common = {
    name: policy.name,
    description: policy.description,
    severity: policy.severity,
    // The SDK wants a version with it.
    framework:
      framework?.version === undefined
        ? undefined
        : {
            name: framework.name,
            version: framework.version,
            reference: framework.reference,
            specification: framework.specification,
          },
    remediationSteps: policy.remediationSteps,
    url: policy.url,
    enforcementLevel: policy.level ?? "mandatory",
    configSchema: { properties: policy.configuration as unknown as Record<string, object> },
  };
  const { check, checkStack, mend } = policy;
  if (checkStack) {
    return {
      ...common,
      validateStack: (args, report) => {
        const configuration = args.getConfig<object>();
        for (const [resource, verdict] of checkStack(args.resources.map(stackResource), configuration)) {
          const about: Report = (violation) =>
            typeof violation === "string"
              ? report(violation, resource.urn)
              : (report as Report)({ ...violation, urn: resource.urn });
          reportVerdicts(policy, resource, [verdict], configuration, about);
        }
      },
    };
  }
  return {
    ...common,
    validateResource: (args, report) => {
      // On every resource, so that wrong configuration does not wait for the first table.
      const configuration = args.getConfig<object>();
      policy.checkConfiguration(configuration);
      const verdicts = check?.(args, configuration);
      if (!verdicts) {
        // Of every policy and every other resource it would tell nothing, and take as long as all of the rest.
        return isOfReadService(args.type)
          ? args.notApplicable(`${args.type} has nothing that this policy judges`)
          : undefined;
      }
      reportVerdicts(policy, args, verdicts, configuration, report as Report);
    },
    // Runs at level `remediate` only.
    ...(mend && {
      remediateResource: (args: ResourceValidationArgs) => {
        const configuration = args.getConfig<object>();
        const resource = { ...args, props: withoutSecrets(args.props) as object };
        const [exempt] = withExemptions(
          [{ kind: "violation", message: "" }],
          args,
          policy.exemptions(configuration),
          today(),
        );
        if (exempt?.kind === "exempt") return undefined;
        const changes = mend(resource, configuration);
        if (changes.length === 0) return undefined;
        // The given object is changed in place: one that is copied would lose what is unknown in it.
        for (const change of changes) apply(args.props, change);
        return args.props;
      },
    }),
  };
}

const today = (): string => new Date().toISOString().slice(0, 10);

/** The policy SDK takes an object with a level of its own too, which its typings leave out. */
type Report = (violation: string | { message: string; enforcementLevel: "advisory"; urn?: string }) => void;

function reportVerdicts(
  policy: Policy,
  resource: PolicyResource,
  verdicts: readonly Verdict[],
  configuration: object,
  report: Report,
): void {
  if (verdicts.every(({ kind }) => kind === "compliant")) return;
  for (const verdict of withExemptions(verdicts, resource, policy.exemptions(configuration), today())) {
    if (verdict.kind === "violation") report(verdict.message);
    if (verdict.kind === "undecided" || verdict.kind === "exempt") {
      const marker = verdict.kind === "exempt" ? exemptMarker : undecidedMarker;
      report({ message: `${marker} ${verdict.message}`, enforcementLevel: "advisory" });
    }
  }
}

function stackResource(resource: SdkStackResource): StackResource {
  return {
    ...resource,
    dependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, on]) => [property, on.map(({ urn }) => urn)]),
    ),
  };
}

/** The inputs as they are, read past the SDK's proxies: what is secret is judged by what is inside. */
function withoutSecrets(value: unknown): unknown {
  if (value instanceof Secret) return withoutSecrets(value.value);
  if (Array.isArray(value)) return value.map((_, index) => withoutSecrets(propertyOf(value, index)));
  if (!isMap(value) || !isPlain(value)) return value;
  return Object.fromEntries(Object.keys(value).map((key) => [key, withoutSecrets(propertyOf(value, key))]));
}

const propertyOf = (value: object, key: string | number): unknown => Object.getOwnPropertyDescriptor(value, key)?.value;
/** Assets and archives are objects of classes, and stay what they are. */
const isPlain = (value: object): boolean => [Object.prototype, null].includes(Object.getPrototypeOf(value));

/** Sets an input, with the maps and lists around it. */
function apply(props: Record<string, unknown>, { property, value }: Change): void {
  const segments = segmentsOf(property);
  let holder: Record<string, unknown> = props;
  segments.slice(0, -1).forEach((segment, index) => {
    holder[segment] ??= /^\d+$/.test(segments[index + 1]!) ? [] : {};
    holder = holder[segment] as Record<string, unknown>;
  });
  holder[segments.at(-1)!] = value;
}
