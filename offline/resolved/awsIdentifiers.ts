import type { WireObject } from "../wire";

/** What the identifier of a resource is made of. */
export interface Subject {
  /** Physical name: as given, from a prefix, or the provider's automatic name. */
  name: string;
  inputs: WireObject;
  partition: string;
  region: string;
  account: string;
  dnsSuffix: string;
  /** Text of an input, or the empty string. */
  input(key: string): string;
  /** Hexadecimal digits, the same on every run and different per resource. */
  hex(digits: number): string;
  uuid: string;
  /** ARN in the resource's Region and account. */
  arn(service: string, resource: string): string;
  /** ARN without a Region, for services such as IAM. */
  globalArn(service: string, resource: string): string;
}

/** The id, under `id`, and other outputs of a resource. */
export type Identify = (subject: Subject) => { id: string } & Record<string, string | boolean | undefined>;

const named = (service: string, resource: (name: string) => string): Identify => {
  return ({ name, arn }) => ({ id: name, name, arn: arn(service, resource(name)) });
};
/** Settings of a bucket: their id is the bucket's name. */
const ofBucket: Identify = ({ input }) => ({ id: input("bucket") });
const policyOf =
  (key: string): Identify =>
  ({ input }) => ({ id: input(key) });
const byName: Identify = ({ name }) => ({ id: name, name });

const bucket: Identify = ({ name, region, partition, dnsSuffix }) => ({
  id: name,
  bucket: name,
  arn: `arn:${partition}:s3:::${name}`,
  bucketDomainName: `${name}.s3.${dnsSuffix}`,
  bucketRegionalDomainName: `${name}.s3.${region}.${dnsSuffix}`,
});

const path = (input: string): string => (input === "" ? "/" : input);

/**
 * How ids and ARNs look, per type: the ARN formats of the Service Authorization Reference, the ids of the AWS provider's
 * "Import" sections. Types that are not here get a generic id and ARN.
 */
export const awsIdentifiers: Record<string, Identify> = {
  "aws:athena/namedQuery:NamedQuery": ({ uuid }) => ({ id: uuid }),
  "aws:athena/workgroup:Workgroup": named("athena", (name) => `workgroup/${name}`),
  "aws:cfg/deliveryChannel:DeliveryChannel": byName,
  "aws:cfg/recorder:Recorder": byName,
  "aws:cfg/recorderStatus:RecorderStatus": byName,
  "aws:cfg/rule:Rule": ({ name, arn, hex }) => ({
    id: name,
    name,
    ruleId: `config-rule-${hex(6)}`,
    arn: arn("config", `config-rule/config-rule-${hex(6)}`),
  }),
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration": ({ input, globalArn }) => {
    const chatConfigurationArn = globalArn("chatbot", `chat-configuration/slack-channel/${input("configurationName")}`);
    return { id: chatConfigurationArn, chatConfigurationArn };
  },
  "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration": ({ input, globalArn }) => {
    const chatConfigurationArn = globalArn(
      "chatbot",
      `chat-configuration/microsoft-teams-channel/${input("configurationName")}`,
    );
    return { id: input("teamId"), chatConfigurationArn };
  },
  "aws:cloudtrail/trail:Trail": ({ name, region, arn }) => {
    const trail = arn("cloudtrail", `trail/${name}`);
    return { id: trail, name, arn: trail, homeRegion: region };
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": ({ input, arn }) => ({
    id: input("alarmName"),
    arn: arn("cloudwatch", `alarm:${input("alarmName")}`),
  }),
  "aws:cloudwatch/dashboard:Dashboard": ({ input, globalArn }) => ({
    id: input("dashboardName"),
    dashboardArn: globalArn("cloudwatch", `dashboard/${input("dashboardName")}`),
  }),
  "aws:cloudwatch/eventBus:EventBus": named("events", (name) => `event-bus/${name}`),
  "aws:cloudwatch/eventRule:EventRule": ({ name, input, arn }) => {
    const bus = input("eventBusName");
    return { id: name, name, arn: arn("events", `rule/${bus && bus !== "default" ? `${bus}/` : ""}${name}`) };
  },
  // Its ARN is an input: that of what the rule calls.
  "aws:cloudwatch/eventTarget:EventTarget": ({ input, hex }) => {
    const targetId = input("targetId") || `terraform-${hex(26)}`;
    return { id: `${input("rule")}-${targetId}`, targetId };
  },
  "aws:cloudwatch/logGroup:LogGroup": named("logs", (name) => `log-group:${name}`),
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": byName,
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ({ input }) => ({ id: input("policyName") }),
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": byName,
  "aws:cloudwatch/metricAlarm:MetricAlarm": named("cloudwatch", (name) => `alarm:${name}`),
  "aws:dynamodb/table:Table": ({ name, inputs, arn }) => {
    const table = arn("dynamodb", `table/${name}`);
    const streamLabel = "2000-01-01T00:00:00.000";
    const stream = inputs["streamEnabled"] === true && { streamLabel, streamArn: `${table}/stream/${streamLabel}` };
    return { id: name, name, arn: table, ...stream };
  },
  "aws:dynamodb/tableReplica:TableReplica": ({ input, arn }) => {
    const table = input("globalTableArn").split("/").pop() ?? "";
    return { id: `${table}:${input("globalTableArn").split(":")[3] ?? ""}`, arn: arn("dynamodb", `table/${table}`) };
  },
  "aws:glue/catalogDatabase:CatalogDatabase": ({ name, account, arn }) => ({
    id: `${account}:${name}`,
    name,
    catalogId: account,
    arn: arn("glue", `database/${name}`),
  }),
  "aws:glue/catalogTable:CatalogTable": ({ name, account, input, arn }) => ({
    id: `${account}:${input("databaseName")}:${name}`,
    name,
    catalogId: account,
    arn: arn("glue", `table/${input("databaseName")}/${name}`),
  }),
  "aws:iam/policy:Policy": ({ name, input, hex, globalArn }) => {
    const arn = globalArn("iam", `policy${path(input("path"))}${name}`);
    return { id: arn, name, arn, policyId: `ANPA${hex(17).toUpperCase()}` };
  },
  "aws:iam/role:Role": ({ name, input, hex, globalArn }) => ({
    id: name,
    name,
    arn: globalArn("iam", `role${path(input("path"))}${name}`),
    uniqueId: `AROA${hex(17).toUpperCase()}`,
  }),
  "aws:iam/rolePolicy:RolePolicy": ({ name, input }) => ({ id: `${input("role")}:${name}`, name }),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ({ input }) => ({
    id: `${input("role")}-${input("policyArn")}`,
  }),
  // The id is the ARN; the service chooses the name, which mostly is its own with a capital.
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": ({ input, hex, globalArn }) => {
    const service = input("awsServiceName");
    const name = `AWSServiceRoleFor${service.charAt(0).toUpperCase()}${service.slice(1).split(".")[0]}`;
    const arn = globalArn("iam", `role/aws-service-role/${service}/${name}`);
    return { id: arn, name, arn, uniqueId: `AROA${hex(17).toUpperCase()}` };
  },
  "aws:iam/user:User": ({ name, input, hex, globalArn }) => ({
    id: name,
    name,
    arn: globalArn("iam", `user${path(input("path"))}${name}`),
    uniqueId: `AIDA${hex(17).toUpperCase()}`,
  }),
  "aws:kms/alias:Alias": ({ name, arn, input }) => ({
    id: name,
    name,
    arn: arn("kms", name),
    targetKeyArn: arn("kms", `key/${input("targetKeyId").split("/").pop()}`),
  }),
  "aws:kms/key:Key": ({ uuid, arn }) => ({ id: uuid, keyId: uuid, arn: arn("kms", `key/${uuid}`) }),
  "aws:lambda/eventSourceMapping:EventSourceMapping": ({ uuid, input, arn }) => {
    const target = input("functionName");
    return {
      id: uuid,
      uuid,
      arn: arn("lambda", `event-source-mapping:${uuid}`),
      functionArn: target.startsWith("arn:") ? target : arn("lambda", `function:${target}`),
    };
  },
  "aws:lambda/function:Function": ({ name, region, arn, partition }) => {
    const lambda = arn("lambda", `function:${name}`);
    const invoke = (target: string) =>
      `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${target}/invocations`;
    return {
      id: name,
      name,
      arn: lambda,
      version: "$LATEST",
      qualifiedArn: `${lambda}:$LATEST`,
      invokeArn: invoke(lambda),
      qualifiedInvokeArn: invoke(`${lambda}:$LATEST`),
    };
  },
  "aws:lambda/permission:Permission": ({ input, name }) => ({ id: input("statementId") || name }),
  "aws:resourcegroups/group:Group": named("resource-groups", (name) => `group/${name}`),
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketV2:BucketV2": bucket,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket,
  "aws:s3/bucketLogging:BucketLogging": ofBucket,
  "aws:s3/bucketNotification:BucketNotification": ofBucket,
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": ofBucket,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket,
  "aws:s3/bucketPolicy:BucketPolicy": ofBucket,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ofBucket,
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket,
  "aws:securityhub/account:Account": ({ account, arn }) => ({ id: account, arn: arn("securityhub", "hub/default") }),
  "aws:securityhub/standardsSubscription:StandardsSubscription": ({ input, arn }) => ({
    id: arn(
      "securityhub",
      `subscription/${input("standardsArn")
        .split(/[:/]standards\/|ruleset\//)
        .pop()}`,
    ),
  }),
  "aws:sfn/stateMachine:StateMachine": ({ name, arn }) => {
    const machine = arn("states", `stateMachine:${name}`);
    return { id: machine, name, arn: machine };
  },
  "aws:sns/topic:Topic": ({ name, account, arn }) => {
    const topic = arn("sns", name);
    return { id: topic, name, arn: topic, owner: account };
  },
  "aws:sns/topicPolicy:TopicPolicy": policyOf("arn"),
  "aws:sns/topicSubscription:TopicSubscription": ({ input, uuid }) => ({
    id: `${input("topic")}:${uuid}`,
    arn: `${input("topic")}:${uuid}`,
  }),
  "aws:sqs/queue:Queue": ({ name, region, account, dnsSuffix, arn }) => {
    const url = `https://sqs.${region}.${dnsSuffix}/${account}/${name}`;
    return { id: url, url, name, arn: arn("sqs", name) };
  },
  "aws:sqs/queuePolicy:QueuePolicy": policyOf("queueUrl"),
};
