/**
 * One table, as each way to create tables writes it. Property names are those of the providers' schemas and of
 * CloudFormation's documentation, written out here a second time, apart from the pack's adapters.
 */
import { keyArn, type TestResource, tags } from "./table";

/** A table in no provider's words. Everything is as strict as the pack can ask for. */
export interface TableSpec {
  tags: Record<string, string>;
  deletionProtection?: boolean;
  recovery?: boolean;
  recoveryDays: number;
  encrypted?: boolean;
  key?: string;
  viewType?: string;
  ttlAttribute: string;
  billingMode: string;
  readUnits?: number;
  tableClass: string;
  /** Only where the type itself says it. */
  kinesisStream?: string;
  resourcePolicy?: object;
  ignoreChanges?: string[];
  protect: boolean;
}

export const strong: TableSpec = {
  tags,
  deletionProtection: true,
  recovery: true,
  recoveryDays: 35,
  encrypted: true,
  key: keyArn,
  viewType: "NEW_AND_OLD_IMAGES",
  ttlAttribute: "expiresAt",
  billingMode: "PAY_PER_REQUEST",
  readUnits: 100,
  tableClass: "STANDARD",
  protect: true,
};

/** What only some types have a property for. */
export type Ability = "settings" | "replica" | "tableClass" | "inline";

export interface Creator {
  title: string;
  can: readonly Ability[];
  create(spec: TableSpec): TestResource;
  /** Path for `ignoreChanges` that hides deletion protection. */
  protectionPath: string;
  /** Reads types that are not known otherwise. */
  tableTypes?: Record<string, string>;
}

const common = ({ protect, ignoreChanges }: TableSpec) => ({ protect, ...(ignoreChanges && { ignoreChanges }) });

const classicProps = (spec: TableSpec): Record<string, unknown> => ({
  hashKey: "id",
  attributes: [{ name: "id", type: "S" }],
  billingMode: spec.billingMode,
  ...(spec.readUnits && {
    onDemandThroughput: { maxReadRequestUnits: spec.readUnits, maxWriteRequestUnits: 100 },
  }),
  deletionProtectionEnabled: spec.deletionProtection,
  pointInTimeRecovery:
    spec.recovery === undefined ? undefined : { enabled: spec.recovery, recoveryPeriodInDays: spec.recoveryDays },
  serverSideEncryption: spec.encrypted === undefined ? undefined : { enabled: spec.encrypted, kmsKeyArn: spec.key },
  streamEnabled: spec.viewType !== undefined,
  streamViewType: spec.viewType,
  ttl: { attributeName: spec.ttlAttribute, enabled: true },
  tableClass: spec.tableClass,
  tags: spec.tags,
});

const list = (map: Record<string, string>) => Object.entries(map).map(([Key, Value]) => ({ Key, Value }));

const copyProps = (spec: TableSpec): Record<string, unknown> => ({
  DeletionProtectionEnabled: spec.deletionProtection,
  PointInTimeRecoverySpecification:
    spec.recovery === undefined
      ? undefined
      : { PointInTimeRecoveryEnabled: spec.recovery, RecoveryPeriodInDays: spec.recoveryDays },
  TableClass: spec.tableClass,
  Tags: list(spec.tags),
  ...(spec.kinesisStream && { KinesisStreamSpecification: { StreamArn: spec.kinesisStream } }),
  ...(spec.resourcePolicy && { ResourcePolicy: { PolicyDocument: spec.resourcePolicy } }),
});

const settingsProps = (spec: TableSpec): Record<string, unknown> => ({
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  BillingMode: spec.billingMode,
  TimeToLiveSpecification: { AttributeName: spec.ttlAttribute, Enabled: true },
  ...(spec.viewType && { StreamSpecification: { StreamViewType: spec.viewType } }),
});

export const cloudFormationProps = (spec: TableSpec): Record<string, unknown> => ({
  ...settingsProps(spec),
  ...copyProps(spec),
  ...(spec.readUnits && { OnDemandThroughput: { MaxReadRequestUnits: spec.readUnits, MaxWriteRequestUnits: 100 } }),
  ...(spec.encrypted !== undefined && {
    SSESpecification: { SSEEnabled: spec.encrypted, ...(spec.key && { SSEType: "KMS", KMSMasterKeyId: spec.key }) },
  }),
});

export const globalTableProps = (spec: TableSpec): Record<string, unknown> => ({
  ...settingsProps(spec),
  WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: 100 },
  ...(spec.encrypted !== undefined && { SSESpecification: { SSEEnabled: spec.encrypted, SSEType: "KMS" } }),
  Replicas: [
    {
      Region: "eu-central-1",
      ...replicaProps(strong),
      ...(!spec.readUnits && { ReadOnDemandThroughputSettings: undefined }),
    },
    { Region: "eu-west-1", ...replicaProps(spec) },
  ],
});

const replicaProps = (spec: TableSpec): Record<string, unknown> => ({
  ...copyProps(spec),
  ...(spec.key && { SSESpecification: { KMSMasterKeyId: spec.key } }),
  ...(spec.readUnits && { ReadOnDemandThroughputSettings: { MaxReadRequestUnits: spec.readUnits } }),
});

/** `sseSpecification` for `SSESpecification`; the documents of policies keep their own words. */
const nativeNames: Record<string, string> = {
  SSESpecification: "sseSpecification",
  SSEEnabled: "sseEnabled",
  SSEType: "sseType",
  KMSMasterKeyId: "kmsMasterKeyId",
};
export function inNativeWords(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => inNativeWords(each));
  if (key === "PolicyDocument" || typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      nativeNames[name] ?? name[0]!.toLowerCase() + name.slice(1),
      inNativeWords(inner, name),
    ]),
  );
}

const template = (type: string, properties: object) => ({
  Resources: { Orders: { Type: type, Properties: properties } },
});
const plain = (value: object): object => JSON.parse(JSON.stringify(value));

/** YAML as people write it: with the short form of a function. */
function yaml(properties: object): string {
  return [
    "AWSTemplateFormatVersion: '2010-09-09'",
    "Parameters:",
    "  Protect: { Type: String, Default: 'true' }",
    "Resources:",
    "  Orders:",
    "    Type: AWS::DynamoDB::Table",
    "    DeletionPolicy: Retain",
    "    Properties:",
    ...Object.entries(plain(properties)).map(([key, value]) => {
      const text = key === "DeletionProtectionEnabled" && value === true ? "!Ref Protect" : JSON.stringify(value);
      return `      ${key}: ${text}`;
    }),
    "Outputs:",
    "  Name: { Value: !GetAtt Orders.Arn }",
  ].join("\n");
}

const settings: readonly Ability[] = ["settings", "tableClass"];
const all: readonly Ability[] = ["settings", "tableClass", "inline"];
const table = "AWS::DynamoDB::Table";
const globalTable = "AWS::DynamoDB::GlobalTable";
const named = (type: string, spec: TableSpec, props: object): TestResource => ({
  type,
  name: "orders",
  props: props as Record<string, unknown>,
  ...common(spec),
});

export const creators: readonly Creator[] = [
  {
    title: "aws.dynamodb.Table",
    can: settings,
    create: (spec) => named("aws:dynamodb/table:Table", spec, classicProps(spec)),
    protectionPath: "deletionProtectionEnabled",
  },
  ...[
    { restoreSourceName: "orders-before", restoreToLatestTime: true },
    { restoreBackupArn: "arn:aws:dynamodb:eu-central-1:111122223333:table/orders/backup/01" },
    { importTable: { inputFormat: "CSV", s3BucketSource: { bucket: "import" } } },
  ].map(
    (origin): Creator => ({
      title: `aws.dynamodb.Table with ${Object.keys(origin)[0]}`,
      can: settings,
      create: (spec) => named("aws:dynamodb/table:Table", spec, { ...classicProps(spec), ...origin }),
      protectionPath: "deletionProtectionEnabled",
    }),
  ),
  {
    title: "a replica of aws.dynamodb.Table",
    can: ["replica"],
    create: (spec) =>
      named("aws:dynamodb/table:Table", spec, {
        ...classicProps(strong),
        replicas: [
          {
            regionName: "eu-west-1",
            deletionProtectionEnabled: spec.deletionProtection,
            pointInTimeRecovery: spec.recovery,
            kmsKeyArn: spec.key,
            propagateTags: spec.tags === strong.tags,
          },
        ],
      }),
    protectionPath: "replicas[0].deletionProtectionEnabled",
  },
  {
    title: "aws.dynamodb.TableReplica",
    can: ["replica"],
    create: (spec) =>
      named("aws:dynamodb/tableReplica:TableReplica", spec, {
        globalTableArn: "arn:aws:dynamodb:eu-central-1:111122223333:table/orders",
        deletionProtectionEnabled: spec.deletionProtection,
        pointInTimeRecovery: spec.recovery,
        kmsKeyArn: spec.key,
        tags: spec.tags,
      }),
    protectionPath: "deletionProtectionEnabled",
  },
  {
    title: "aws-native.dynamodb.Table",
    can: all,
    create: (spec) => named("aws-native:dynamodb:Table", spec, inNativeWords(cloudFormationProps(spec)) as object),
    protectionPath: "deletionProtectionEnabled",
  },
  {
    title: "aws-native.dynamodb.GlobalTable",
    can: all,
    create: (spec) => named("aws-native:dynamodb:GlobalTable", spec, inNativeWords(globalTableProps(spec)) as object),
    protectionPath: "replicas[1].deletionProtectionEnabled",
  },
  ...[
    [table, cloudFormationProps],
    [globalTable, globalTableProps],
  ].flatMap(([type, propsOf]): Creator[] => {
    const cfn = type as string;
    const props = propsOf as (spec: TableSpec) => object;
    const body = (spec: TableSpec) => plain(template(cfn, props(spec)));
    return [
      {
        title: `Cloud Control, ${cfn}`,
        can: all,
        create: (spec) =>
          named("aws:cloudcontrol/resource:Resource", spec, {
            typeName: cfn,
            desiredState: JSON.stringify(props(spec)),
          }),
        protectionPath: "desiredState",
      },
      {
        title: `an extension resource, ${cfn}`,
        can: all,
        create: (spec) =>
          named("aws-native:index:ExtensionResource", spec, { type: cfn, properties: plain(props(spec)) }),
        protectionPath:
          cfn === table ? "properties.DeletionProtectionEnabled" : "properties.Replicas[1].DeletionProtectionEnabled",
      },
      ...["stack:Stack", "stackSet:StackSet"].map((kind): Creator => {
        return {
          title: `aws.cloudformation.${kind.split(":")[1]}, ${cfn}`,
          can: all,
          create: (spec) =>
            named(`aws:cloudformation/${kind}`, spec, { name: "shop", templateBody: JSON.stringify(body(spec)) }),
          protectionPath: "templateBody",
        };
      }),
      {
        title: `aws-native.cloudformation.Stack, ${cfn}`,
        can: all,
        create: (spec) =>
          named("aws-native:cloudformation:Stack", spec, { stackName: "shop", templateBody: body(spec) }),
        protectionPath: "templateBody",
      },
      {
        title: `aws-native.cloudformation.StackSet, ${cfn}`,
        can: all,
        create: (spec) =>
          named("aws-native:cloudformation:StackSet", spec, {
            stackSetName: "shop",
            permissionModel: "SELF_MANAGED",
            templateBody: JSON.stringify(body(spec)),
          }),
        protectionPath: "templateBody",
      },
    ];
  }),
  {
    title: "aws.cloudformation.Stack in YAML",
    can: all,
    create: (spec) =>
      named("aws:cloudformation/stack:Stack", spec, { name: "shop", templateBody: yaml(cloudFormationProps(spec)) }),
    protectionPath: "templateBody",
  },
  {
    title: "a stack set inside of a template",
    can: all,
    create: (spec) =>
      named("aws:cloudformation/stack:Stack", spec, {
        name: "shop",
        templateBody: JSON.stringify(
          template("AWS::CloudFormation::StackSet", {
            TemplateBody: JSON.stringify(template(table, cloudFormationProps(spec))),
          }),
        ),
      }),
    protectionPath: "templateBody",
  },
  {
    title: "a dynamic provider",
    can: settings,
    create: (spec) => named("pulumi-nodejs:dynamic:Resource", spec, classicProps(spec)),
    protectionPath: "deletionProtectionEnabled",
    tableTypes: { "pulumi-nodejs:dynamic:Resource": "aws:dynamodb/table:Table" },
  },
];
