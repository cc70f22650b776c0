import { complianceRule, tableType } from "../rule";

// What AWS has no rule for, in Guard. A table that is being created or deleted is not judged.

const activeTable = `resourceType == "${tableType}"\n  configuration.tableStatus == "ACTIVE"`;

/** A new replica gets the tags of its table only where they are propagated; then nothing that goes by tags finds it. */
export const replicaTagged = complianceRule({
  name: "dynamodb-replica-tagged",
  description:
    "A table with replicas has tags of its own in this Region: replicas do not inherit them. If not: set propagateTags, or tag it.",
  source: {
    guard: () => `rule replica_is_tagged when
  ${activeTable}
  configuration.replicas !empty
{
  tags !empty
}
`,
  },
  trigger: "change",
  resourceTypes: [tableType],
  byDefault: false, // required-tags says the same of such a table, and more
  parameters: {},
});

/** AWS Config sees a replica only where a recorder runs. This rule sees from here that there is one elsewhere. */
export const replicaRegions = complianceRule({
  name: "dynamodb-replica-regions",
  description:
    "Replicas are in the listed Regions only, for example those with rules of their own. If not: remove the replica, or watch its Region.",
  source: {
    guard: ({ regions = "" }) => `rule replicas_are_in_listed_regions when
  ${activeTable}
  configuration.replicas !empty
{
  configuration.replicas[*].regionName in [${regions
    .split(",")
    .map((region) => JSON.stringify(region.trim()))
    .join(", ")}]
}
`,
  },
  trigger: "change",
  resourceTypes: [tableType],
  byDefault: false,
  parameters: {
    regions: {
      type: "list",
      description: "Regions that replicas may be in.",
      required: true,
      form: { pattern: /^[a-z]{2,4}(-[a-z]+)+-\d+$/, words: "a Region, for example eu-west-1" },
    },
  },
});

/** With a scope by tag: a table whose tag asks for item-level monitoring, and that has no stream to do it with. */
export const streamEnabled = complianceRule({
  name: "dynamodb-stream-enabled",
  description: "Tables have a stream, for the monitoring of item changes. If not: set streamEnabled to true.",
  source: {
    guard: () => `rule stream_is_enabled when
  ${activeTable}
{
  configuration.streamSpecification.streamEnabled == true
}
`,
  },
  trigger: "change",
  resourceTypes: [tableType],
  byDefault: false,
  parameters: {},
});
