import type { Declared } from "../declared/declared";
import { limitIn } from "./capacity";
import { openKey, tableTier } from "./encryption";
import { cloudFormationTags, ownTags } from "./ownTags";
import { Properties } from "./properties";
import { map, mapOrText, type Reading } from "./reading";
import type { AttachedPolicy, Encryption, Setting, TableAdapter, TableCopy, TableSettings } from "./view";

/** `AWS::DynamoDB::Table`, which is `aws-native`'s too. */
export const cloudFormationTable: TableAdapter = {
  type: "AWS::DynamoDB::Table",
  view: (resource) => {
    const table = new Properties(resource, resource.props);
    const label = `Table ${resource.title}`;
    const copy: TableCopy = {
      ...copyOf(resource, table, label, tableEncryption(table)),
      resourcePolicies: policiesOf(table, `table ${resource.title}`, "StreamSpecification"),
    };
    return { ...common(resource, table, label), copies: [copy], settings: settingsOf(table) };
  },
};

/**
 * `AWS::Serverless::SimpleTable`: SAM makes an `AWS::DynamoDB::Table` of it. Its tags are a map, and it has no property for
 * deletion protection.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-simpletable.html
 */
export const serverlessSimpleTable: TableAdapter = {
  type: "AWS::Serverless::SimpleTable",
  view: (resource) => {
    const table = new Properties(resource, resource.props);
    const label = `Table ${resource.title}`;
    const written = copyOf(resource, table, label, tableEncryption(table));
    const unwritable: Setting<boolean> = {
      ...written.deletionProtection,
      written: { state: "absent" },
      write: () => "DeletionProtectionEnabled: true on an AWS::DynamoDB::Table, which this type has no property for",
    };
    const tags = { ...ownTags(resource), property: "Tags", pathOf: () => "Tags", tags: table.read("Tags", map) };
    const defaultTags = resource.inheritedTags;
    const copy: TableCopy = {
      ...written,
      deletionProtection: unwritable,
      tags: {
        ...tags,
        tagsAll: { state: "absent" },
        defaultTags,
        write: (keys) => tags.write(keys).replace(/^t/, "T"),
      },
    };
    const provisioned = table.block("ProvisionedThroughput").reading.state;
    const settings = settingsOf(table);
    const billingMode: Setting<string> = {
      ...settings.billingMode,
      written: { state: "absent" },
      otherwise: provisioned === "absent" ? "PAY_PER_REQUEST" : "PROVISIONED",
    };
    return { ...common(resource, table, label), copies: [copy], settings: { ...settings, billingMode } };
  },
};

export const common = ({ ignored, protect, direct }: Declared, table: Properties, label: string) => ({
  label,
  name: table.text("TableName"),
  ignored,
  protect,
  direct,
});

/** What a table and a replica of a global table say in the same words. */
export function copyOf(resource: Declared, copy: Properties, label: string, encryption: Encryption): TableCopy {
  const recovery = copy.block("PointInTimeRecoverySpecification");
  const insights = copy.block("ContributorInsightsSpecification");
  const kinesis = copy.block("KinesisStreamSpecification");
  const { spelled } = resource;
  const enabled = spelled("PointInTimeRecoveryEnabled");
  const days = spelled("RecoveryPeriodInDays");
  const specification = copy.pathOf("PointInTimeRecoverySpecification");
  return {
    label,
    deletionProtection: copy.setting("DeletionProtectionEnabled", copy.boolean("DeletionProtectionEnabled"), false),
    pointInTimeRecovery: {
      property: recovery.pathOf("PointInTimeRecoveryEnabled"),
      written: recovery.boolean("PointInTimeRecoveryEnabled"),
      otherwise: false,
      write: (value) => `${specification}: { ${enabled}: ${value} }`,
    },
    recoveryPeriodInDays: {
      property: recovery.pathOf("RecoveryPeriodInDays"),
      written: recovery.number("RecoveryPeriodInDays"),
      otherwise: 35,
      write: (value) => `${specification}: { ${enabled}: true, ${days}: ${value} }`,
    },
    encryption,
    tags: cloudFormationTags(resource, copy.reading, copy.pathOf("Tags")),
    tableClass: copy.setting("TableClass", copy.text("TableClass"), "STANDARD", JSON.stringify),
    contributorInsights: insights.setting("Enabled", insights.boolean("Enabled"), false),
    kinesisStream: { property: kinesis.pathOf("StreamArn"), holder: kinesis.reading, arn: kinesis.text("StreamArn") },
    resourcePolicies: [],
  };
}

/** Policies of a table or replica and of its stream. */
export function policiesOf(copy: Properties, of: string, stream: string): AttachedPolicy[] {
  const attached = (holder: Properties, what: string): AttachedPolicy => {
    const policy = holder.block("ResourcePolicy");
    return {
      property: policy.pathOf("PolicyDocument"),
      label: `Policy of ${what}`,
      document: policy.read("PolicyDocument", mapOrText),
    };
  };
  return [attached(copy, of), attached(copy.block(stream), `the stream of ${of}`)];
}

function tableEncryption(table: Properties): Encryption {
  const specification = table.block("SSESpecification");
  const enabled = specification.boolean("SSEEnabled");
  return {
    property: table.pathOf("SSESpecification"),
    tier: tableTier(enabled, specification.text("KMSMasterKeyId")),
    flag: specification.setting("SSEEnabled", enabled, false),
    openBecause:
      enabled.state === "known"
        ? openKey(specification.pathOf("KMSMasterKeyId"))
        : `${table.pathOf("SSESpecification")} is not known before deployment`,
    write: (tier) => {
      const key = tier === "customer-managed" ? `, ${last(specification.pathOf("KMSMasterKeyId"))}: <your key>` : "";
      const on = `${last(specification.pathOf("SSEEnabled"))}: ${tier !== "aws-owned"}`;
      const type = tier === "aws-owned" ? "" : `, ${last(specification.pathOf("SSEType"))}: "KMS"`;
      return `${table.pathOf("SSESpecification")}: { ${on}${type}${key} }`;
    },
  };
}

const last = (path: string): string => path.split(".").at(-1)!;

function settingsOf(table: Properties): TableSettings {
  const stream = table.block("StreamSpecification");
  const onDemand = table.block("OnDemandThroughput");
  const provisioned = table.block("ProvisionedThroughput");
  const billingMode = table.setting("BillingMode", table.text("BillingMode"), "PROVISIONED", JSON.stringify);
  const limit = (units: string, served: string) =>
    limitIn(billingMode, limitAt(provisioned, units), limitAt(onDemand, served));
  return {
    stream: stream.setting("StreamViewType", stream.text("StreamViewType"), "NONE", JSON.stringify),
    timeToLive: timeToLiveOf(table),
    billingMode,
    readLimit: limit("ReadCapacityUnits", "MaxReadRequestUnits"),
    writeLimit: limit("WriteCapacityUnits", "MaxWriteRequestUnits"),
  };
}

export function timeToLiveOf(table: Properties): TableSettings["timeToLive"] {
  const specification = table.block("TimeToLiveSpecification");
  return {
    property: table.pathOf("TimeToLiveSpecification"),
    enabled: specification.boolean("Enabled"),
    attribute: specification.text("AttributeName"),
  };
}

/** A limit that one property of a block says. */
export function limitAt(block: Properties, name: string) {
  const reading: Reading<number> = block.number(name);
  const property = block.pathOf(name);
  return { property, reading, write: (units: number) => `${property}: ${units}` };
}
