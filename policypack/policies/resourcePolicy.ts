import { policyVerdicts } from "../attachedPolicy";
import { ConfigurationError } from "../configuration";
import type { Declared } from "../declared";
import { mapOrText, read, string } from "../table/reading";
import { viewPolicy } from "../tablePolicy";
import { unchanged } from "../verdict";

interface ResourcePolicyConfiguration {
  allowedAccounts: readonly string[];
  allowedOrganizations: readonly string[];
}

const name = "dynamodb-resource-policy";

export const resourcePolicy = viewPolicy<ResourcePolicyConfiguration>({
  name,
  description:
    "Checks whether resource-based policies of DynamoDB tables and streams let in nobody but the own account and the allowed ones.",
  why: "A resource-based policy is one statement away from letting other accounts read or empty a table, whatever its identity policies say. What is public, AWS refuses only after the deployment has begun.",
  severity: "high",
  frameworks: [],
  peers: { prowler: "dynamodb_table_cross_account_access" },
  remediationSteps:
    "Name principals of the own account, or add a condition on `aws:PrincipalAccount`, `aws:PrincipalOrgID`, `aws:SourceVpc` or `aws:SourceVpce` with fixed values. Account ids and organizations that may get in belong into `allowedAccounts` and `allowedOrganizations`.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-bpa-rbp.html",
  configuration: {
    allowedAccounts: {
      type: "array",
      items: { type: "string", pattern: "^\\d{12}$", description: "Write the 12 digits of an account id." },
      default: [],
      description: "Account ids, beside the table's own, whose principals may be let in.",
    },
    allowedOrganizations: {
      type: "array",
      items: { type: "string" },
      default: [],
      description: "Organization ids (`o-…`) whose members may be let in.",
    },
  },
  refuse: ({ allowedOrganizations }) => {
    const wrong = allowedOrganizations.find((id) => !/^o-[a-z0-9]{10,32}$/.test(id));
    if (wrong === undefined) return;
    throw new ConfigurationError(
      name,
      `allowedOrganizations: ${JSON.stringify(wrong)} is no id. Write one such as o-a1b2c3d4e5.`,
    );
  },
  check: ({ copies, ignored }, trust) =>
    copies.flatMap(({ resourcePolicies, label }) =>
      resourcePolicies.flatMap((attached) => [
        ...policyVerdicts(attached, trust),
        ...unchanged(label, attached.document.state === "absent" ? [] : ignored([attached.property])),
      ]),
    ),
  others: (resource, trust) => {
    if (resource.type !== "aws:dynamodb/resourcePolicy:ResourcePolicy") return undefined;
    const attached = {
      property: "policy",
      label: `Resource policy ${resource.title}`,
      document: read(resource.props, "policy", mapOrText),
    };
    return [
      ...policyVerdicts(attached, { ...trust, ...ownerOf(resource) }),
      ...unchanged(attached.label, resource.ignored(["policy"]), "an existing policy"),
    ];
  },
});

/** The account in the ARN of the table or stream, where that is known before deployment. */
function ownerOf({ props }: Declared): { ownerAccount?: string } {
  const arn = read(props, "resourceArn", string);
  const account = arn.state === "known" ? arn.value.split(":")[4] : undefined;
  return account !== undefined && /^\d{12}$/.test(account) ? { ownerAccount: account } : {};
}
