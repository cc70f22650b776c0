import { policies } from "../../policypack/policies";
import type { FrameworkReference, Policy } from "../../policypack/policy";
import { creatingTypes } from "../../policypack/table/creatingTypes";

/** The page of the policy pack: what each policy checks, why, and how it is configured. */
export function policyReference(): string {
  return [
    "# Policies",
    "",
    "Generated from `policypack/policies` by `npm run docs`.",
    "",
    "Each policy is mandatory unless configured otherwise. Configuration is a JSON file, given to",
    "`pulumi preview --policy-pack-config FILE` or `dynamodb-detective preview --policy-config FILE`: the policy's name with a",
    "level (`mandatory`, `advisory`, `disabled`) or with an object of `enforcementLevel` and the keys below.",
    "",
    "```json",
    JSON.stringify(
      {
        "dynamodb-encryption": { enforcementLevel: "mandatory", minimumTier: "customer-managed" },
        "dynamodb-required-tags": { requiredTags: { Owner: [], Environment: ["prod", "test"] } },
      },
      null,
      2,
    ),
    "```",
    "",
    "## What is covered",
    "",
    "| resource | type token |",
    "|---|---|",
    ...creatingTypes.map(({ covers, type }) => `| ${covers} | \`${type}\` |`),
    "",
    "Other ways to create a table (2017's global tables, `aws-native`, Cloud Control, CloudFormation templates, dynamic",
    "resources, components of another language) are read by no policy; `dynamodb-detective preview` lists them as not",
    "inspected, and with `--strict` fails.",
    "",
    "A policy judges what a program writes, with the provider's `defaultTags` and `ignoreTags`. What it cannot decide is",
    "reported as `[undecided]` at level `advisory`, never passed in silence:",
    "",
    "- a value that is not known before deployment, where it could be wrong;",
    "- a property that `ignoreChanges` lists, itself or what holds it: an existing table keeps what it has. What is written is",
    "  judged as well.",
    "",
    ...policies.flatMap(section),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

function section(policy: Policy): string[] {
  const keys = Object.entries(policy.configuration);
  return [
    `## ${policy.name}`,
    "",
    `${policy.description} ${policy.why}`,
    "",
    `- Severity: ${policy.severity}`,
    `- To mend it: ${policy.remediationSteps}`,
    `- AWS: <${policy.url}>`,
    ...policy.frameworks.map(({ name, reference, specification, url }: FrameworkReference) => {
      return `- ${name}: [${reference}](${url}), ${specification}`;
    }),
    "",
    ...(keys.length === 0
      ? []
      : [
          "| key | type | default | meaning |",
          "|---|---|---|---|",
          ...keys.map(([key, schema]) => {
            const type = schema.enum ? schema.enum.map((value) => `\`${value}\``).join(" or ") : schema.type;
            const fallback = schema.default === undefined ? "" : `\`${JSON.stringify(schema.default)}\``;
            return `| \`${key}\` | ${type} | ${fallback} | ${schema.description} |`;
          }),
          "",
        ]),
  ];
}
