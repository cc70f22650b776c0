import type { ValueSchema } from "../../policypack/configuration";
import { exemptionsSchema } from "../../policypack/exemptions";
import { policies } from "../../policypack/policies";
import type { FrameworkReference, Peers, Policy } from "../../policypack/policy";
import { creatingTypes } from "../../policypack/table/creatingTypes";
import { tableTypesSchema } from "../../policypack/tablePolicy";

/** Keys that many policies have, described once. */
const shared = { ...exemptionsSchema, ...tableTypesSchema };

/** The page of the policy pack: what each policy checks, why, and how it is configured. */
export function policyReference(): string {
  return [
    "# Policies",
    "",
    "Generated from `policypack/policies` by `npm run docs`.",
    "",
    "| policy | level | severity | checks whether |",
    "|---|---|---|---|",
    ...policies.map(({ name, level, severity, description }) => {
      const checks = description.replace(/^Checks whether /, "").replace(/\.$/, "");
      return `| [${name}](#${name}) | ${level ?? "mandatory"} | ${severity} | ${checks} |`;
    }),
    "",
    "## Configuration",
    "",
    "A JSON file, given to `pulumi preview --policy-pack-config FILE`, or as `--policy-config FILE` to `dynamodb-detective",
    "preview` and `dynamodb-detective audit`: the policy's name with a level (`mandatory`, `advisory`, `disabled`, `remediate`)",
    "or with an object of `enforcementLevel` and the policy's keys. A policy or a key that does not exist is an error.",
    "[policies.schema.json](policies.schema.json) is the file's JSON Schema, for editors that complete keys by one.",
    "",
    "```json",
    JSON.stringify(example, null, 2),
    "```",
    "",
    "### Exemptions",
    "",
    `Every policy has the key \`exemptions\`. ${exemptionsSchema["exemptions"]!.description}`,
    "",
    "### Remediation",
    "",
    `At level \`remediate\` a policy mends what it can, before it judges: ${mending()}. It does so for resources of the two`,
    "providers, not in templates and other texts, and leaves alone what is not known before deployment. It is off unless a",
    "policy is configured to it. Values for tags come from `defaultValues` alone; a key is people's choice.",
    "",
    "## What is covered",
    "",
    "| resource | type token |",
    "|---|---|",
    ...creatingTypes.map(({ covers, type }) => `| ${covers} | \`${type}\` |`),
    "",
    "In a template conditions, parameters and most functions are evaluated; what `Fn::GetAtt` and the like make is not known",
    "before deployment. What a macro, a nested stack or a module adds is undecided.",
    "",
    `Policies on tables have the key \`tableTypes\`. ${tableTypesSchema["tableTypes"]!.description} A dynamic resource that not`,
    "all of them are told of is listed as not inspected by `dynamodb-detective preview`, as are components of another language;",
    "with `--strict` it fails.",
    "",
    "A policy judges what a program writes, with the provider's `defaultTags` and `ignoreTags`. What it cannot decide is",
    "reported as `[undecided]` at level `advisory`, never passed in silence:",
    "",
    "- a value that is not known before deployment, where it could be wrong;",
    "- a template, or a text, that cannot be read before deployment;",
    "- a property that `ignoreChanges` lists, itself or what holds it: an existing table keeps what it has. What is written is",
    "  judged as well.",
    "",
    "## Rules of other tools",
    "",
    "Rules that look at the same, as far as they do: most look at one type, at one copy, or at what is deployed.",
    "",
    `| policy | ${peers.join(" | ")} |`,
    `|---|${peers.map(() => "---|").join("")}`,
    ...policies
      .filter((policy) => policy.peers || policy.frameworks.length > 0)
      .map(
        (policy) =>
          `| [${policy.name}](#${policy.name}) | ${peers.map((peer) => peerCell(policy, peer)).join(" | ")} |`,
      ),
    "",
    "No rule of these looks at what the other policies check.",
    "",
    ...policies.flatMap(section),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

/** JSON Schema of the pack's configuration. */
export function policySchema(): string {
  const levels = { type: "string", enum: ["mandatory", "advisory", "disabled", "remediate"] };
  const properties = policies.map((policy) => [
    policy.name,
    {
      description: policy.description,
      oneOf: [
        levels,
        {
          type: "object",
          additionalProperties: false,
          properties: { enforcementLevel: levels, ...policy.configuration },
        },
      ],
    },
  ]);
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Configuration of the policies of dynamodb-detective",
    type: "object",
    additionalProperties: false,
    properties: { all: levels, ...Object.fromEntries(properties) },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

const example = {
  "dynamodb-encryption": { enforcementLevel: "mandatory", minimumTier: "customer-managed" },
  "dynamodb-required-tags": { requiredTags: { Owner: [], Environment: ["prod", "test"] } },
  "dynamodb-protect": { enforcementLevel: "mandatory", forTags: { Environment: ["prod"] } },
  "dynamodb-deletion-protection": {
    exemptions: [{ resource: "import-*", reason: "Deleted after the import", expires: "2027-01-31" }],
  },
};

function mending(): string {
  const names = policies.filter(({ mend }) => mend).map(({ name }) => `\`${name}\``);
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

const frameworks = ["Security Hub", "AWS Config"] as const;
const peers = [...frameworks, "prowler", "checkov", "trivy", "cdk-nag", "cfn-guard", "awsguard"] as const;

function peerCell(policy: Policy, peer: (typeof peers)[number]): string {
  const isOf = ({ name }: FrameworkReference): boolean =>
    peer === "AWS Config"
      ? name === "AWS Config managed rules"
      : !name.includes("Config") && !name.includes("Control Tower");
  return peer === "Security Hub" || peer === "AWS Config"
    ? policy.frameworks
        .filter(isOf)
        .map(({ reference }) => reference)
        .join(", ")
    : (policy.peers?.[peer as keyof Peers] ?? "");
}

function section(policy: Policy): string[] {
  const keys = Object.entries(policy.configuration).filter(([key]) => !Object.hasOwn(shared, key));
  const documentation = new URL(policy.url).host.endsWith("pulumi.com") ? "Pulumi" : "AWS";
  return [
    `## ${policy.name}`,
    "",
    `${policy.description} ${policy.why}`,
    "",
    `- Level: ${policy.level ?? "mandatory"}. Severity: ${policy.severity}`,
    `- To mend it: ${policy.remediationSteps}`,
    `- ${documentation}: <${policy.url}>`,
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
            const fallback = schema.default === undefined ? "" : `\`${JSON.stringify(schema.default)}\``;
            return `| \`${key}\` | ${typeOf(schema)} | ${fallback} | ${schema.description} |`;
          }),
          "",
        ]),
  ];
}

function typeOf(schema: ValueSchema): string {
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(" or ");
  if (schema.items?.enum) return `array of ${typeOf(schema.items)}`;
  return schema.type;
}
