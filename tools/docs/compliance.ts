import {
  type ComplianceRule,
  complianceRules,
  inventoryQueries,
  knownRegions,
  notCovered,
  regionsWithout,
} from "../../detections/compliance";

/** The page of AWS Config: rules, what they do not cover, questions to the inventory, remediation. */
export function complianceReference(): string {
  const tables = complianceRules.filter(({ watches }) => !watches);
  const stack = complianceRules.filter(({ watches }) => watches);
  return [
    "# AWS Config",
    "",
    "Generated from `detections/compliance` by `npm run docs`.",
    "",
    "## Rules",
    "",
    "A rule that is not deployed by default is deployed by naming it, one that is can be switched off:",
    "",
    "```yaml",
    "dynamodb-detective:configRules:",
    "  dynamodb-in-backup-plan: {}",
    "  dynamodb-throughput-limit-check:",
    "    parameters: { accountRCUThresholdPercentage: 60 }",
    "    frequency: Six_Hours",
    "  dynamodb-stream-enabled:",
    "    scope: { tagKey: Monitoring, tagValue: items }",
    "  dax-encryption-enabled:",
    "    enabled: false",
    "```",
    "",
    "A rule is evaluated when a recorded resource changes, or periodically. AWS gives periodic rules no scope; where they can be",
    "narrowed to tables, a parameter does it. The keys of `required-tags` come from `requiredTags`: more than six make several rules.",
    `Which Region has which rule is known for ${knownRegions.length} Regions. A rule that a Region lacks is left out, and the preview says so; in another`,
    "Region every rule is deployed, and the preview says that too.",
    "",
    "### For tables",
    "",
    ...ruleTable(tables),
    "",
    "### For this stack",
    "",
    "They judge every resource of their type in the account, since AWS Config has no scope for a list of resources. Alerts are",
    "sent for the resources of this stack only. `cloudtrail-enabled` is bound to the stack's bucket and log group.",
    "",
    ...ruleTable(stack),
    "",
    "### Parameters",
    "",
    "| rule | parameter | type | meaning |",
    "|---|---|---|---|",
    ...complianceRules.filter(({ name }) => name !== "required-tags").flatMap(parameterRows),
    "",
    "### Custom policies",
    "",
    "What AWS has no rule for, in Guard:",
    "",
    ...complianceRules.flatMap(({ name, source, parameters }) =>
      "guard" in source
        ? [
            `#### ${name}`,
            "",
            "```",
            source
              .guard(Object.fromEntries(Object.keys(parameters).map((key) => [key, "eu-west-1,eu-central-1"])))
              .trimEnd(),
            "```",
            "",
          ]
        : [],
    ),
    "## Not covered",
    "",
    "| what | why | instead |",
    "|---|---|---|",
    ...notCovered.map(({ what, why, instead }) => `| ${what} | ${why} | ${instead} |`),
    "",
    "## Inventory",
    "",
    "Advanced queries on what AWS Config has recorded, also among the outputs (`inventoryQueries`). The provider has no resource for",
    "saved queries: paste one into the console, or run",
    "",
    "```sh",
    'aws configservice select-resource-config --expression "$(pulumi stack output inventoryQueries --json | jq -r .tables)"',
    "```",
    "",
    ...inventoryQueries.flatMap(({ title, id, expression, reading }) => [
      `### ${title}`,
      "",
      `\`${id}\`${reading ? `. ${reading}` : ""}`,
      "",
      "```sql",
      expression,
      "```",
      "",
    ]),
    "## Remediation",
    "",
    "Nothing is changed unless `remediation` asks for it, and then somebody starts it in AWS Config, unless it is `automatic`.",
    "",
    "| rule | what is done | by |",
    "|---|---|---|",
    ...complianceRules.flatMap(({ name, remediation }) =>
      remediation ? [`| \`${name}\` | ${remediations[remediation].what} | ${remediations[remediation].by} |`] : [],
    ),
    "",
    "Each has a role of its own that may do this and nothing else, on the tables in `tableNames` if they are named. Attempts on one",
    "table are bounded (`maximumAutomaticAttempts`, `retryAttemptSeconds`), and so is the share of tables at a time",
    "(`concurrentExecutionPercentage`) and of failures (`errorPercentage`).",
    "",
    "### Remediation and Pulumi",
    "",
    "A remediation changes the table and not the program that describes it. What then happens depends on what that program says:",
    "",
    "- The weak value, for example `deletionProtectionEnabled: false`, or no `tags`. `pulumi up` goes by what it last knew and",
    "  changes nothing; after a `pulumi refresh` it takes the protection away again. The rule fails again, and an automatic",
    "  remediation puts it back: a loop with an alert in each round.",
    "- Nothing of `pointInTimeRecovery` or `serverSideEncryption`. The provider takes what it finds, and nothing is taken away.",
    "  Nothing of `deletionProtectionEnabled` is `false`.",
    "- The strong value. Then somebody changed the table behind its back, and the remediation restores what the program says.",
    "",
    "So a remediation is first aid: change the program too. For tables that Pulumi does not manage there is nothing to drift.",
    "`encryption` replaces no table, but the key's policy must let its readers use the key, else they lose access. `tags` gives",
    "placeholders that are better than nothing only where something acts on them, and leaves a value that the rule does not allow",
    "as it is.",
    "",
    "## Conformance pack",
    "",
    "[conformance-pack.yaml](conformance-pack.yaml) holds the rules for tables that are deployed by default, for accounts whose rules",
    "come from conformance packs. Deploy one or the other, or each table is judged, and paid for, twice.",
    "",
    "## Delivery channel",
    "",
    "The recorder delivers to the evidence bucket, or to a bucket of its own where that one has Object Lock (AWS Config cannot",
    "deliver there) or is not ours, or where `configRecording.ownBucket` says so. It has no topic: AWS Config's own topic hears of",
    "everything, and AWS's pages disagree on whether it may be encrypted.",
    "",
  ].join("\n");
}

const remediations = {
  "point-in-time-recovery": {
    what: "switches on point-in-time recovery",
    by: "AWS's document `AWSConfigRemediation-EnablePITRForDynamoDbTable`",
  },
  encryption: {
    what: "encrypts with the key `kmsKeyArn`",
    by: "AWS's document `AWSConfigRemediation-EnableEncryptionOnDynamoDbTable`",
  },
  "deletion-protection": { what: "switches on deletion protection", by: "a document of this stack; AWS has none" },
  tags: { what: "adds `missingTags` whose keys the table lacks", by: "a document of this stack; AWS has none" },
};

function ruleTable(rules: ComplianceRule[]): string[] {
  return [
    "| rule | what it says | AWS's identifier | evaluated | by default | not in |",
    "|---|---|---|---|---|---|",
    ...rules.map((rule) => {
      const { name, description, source, trigger, byDefault } = rule;
      const identifier = "identifier" in source ? `\`${source.identifier}\`` : "custom policy";
      const evaluated = trigger === "change" ? "on change" : "periodically";
      return `| \`${name}\` | ${description} | ${identifier} | ${evaluated} | ${byDefault ? "yes" : "no"} | ${absentFrom(rule)} |`;
    }),
  ];
}

function absentFrom(rule: ComplianceRule): string {
  const without = regionsWithout(rule);
  return rule.onlyIn ? `all but ${[...rule.onlyIn].sort().join(", ")}` : without.join(", ");
}

function parameterRows({ name, parameters }: ComplianceRule): string[] {
  return Object.entries(parameters).map(
    ([parameter, { type, description, required, default: fallback, fromStack }]) => {
      const set = fromStack ? " Default: the stack's own." : fallback === undefined ? "" : ` Default: \`${fallback}\`.`;
      const needed = required && !fromStack && fallback === undefined ? " Required." : "";
      return `| \`${name}\` | \`${parameter}\` | ${type} | ${description}${set}${needed} |`;
    },
  );
}
