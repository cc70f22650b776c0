import type { Deployment } from "@pulumi/pulumi/automation";

/** A resource in the engine's state, as far as the tests read it. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  custom: boolean;
  inputs?: { [key: string]: unknown };
  outputs?: { [key: string]: unknown };
}

/** The AWS resources of an exported stack. */
export function awsResources(deployment: Deployment["deployment"]): StateResource[] {
  const { resources = [] } = deployment as { resources?: StateResource[] };
  return resources.filter(({ type }) => type.startsWith("aws:"));
}

/**
 * What the account should hold by this state, in the words of the reader's inventory. Settings of a bucket, policies of
 * topics and the like have no line of their own.
 */
export function inventoryOf(resources: StateResource[]): { [kind: string]: string[] } {
  const inventory: { [kind: string]: string[] } = {};
  for (const { type, id, outputs = {} } of resources) {
    const kind = kinds[type];
    // The emulator takes no custom policies of AWS Config.
    if (!kind || (outputs["source"] as { owner?: string } | undefined)?.owner === "CUSTOM_POLICY") continue;
    const name = kind.by === "id" ? id! : String(outputs[kind.by]);
    inventory[kind.kind] = [...(inventory[kind.kind] ?? []), name].sort();
  }
  return inventory;
}

const kinds: { [type: string]: { kind: string; by: "id" | "arn" | "name" } } = {
  "aws:cfg/deliveryChannel:DeliveryChannel": { kind: "deliveryChannels", by: "id" },
  "aws:cfg/recorder:Recorder": { kind: "configRecorders", by: "id" },
  "aws:cfg/rule:Rule": { kind: "configRules", by: "id" },
  "aws:cloudtrail/trail:Trail": { kind: "trails", by: "arn" },
  "aws:cloudwatch/eventBus:EventBus": { kind: "eventBuses", by: "id" },
  "aws:cloudwatch/eventRule:EventRule": { kind: "eventRules", by: "id" },
  "aws:cloudwatch/logGroup:LogGroup": { kind: "logGroups", by: "id" },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": { kind: "metricFilters", by: "id" },
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": { kind: "subscriptionFilters", by: "id" },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { kind: "alarms", by: "id" },
  "aws:dynamodb/table:Table": { kind: "tables", by: "id" },
  "aws:iam/role:Role": { kind: "roles", by: "id" },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": { kind: "roles", by: "name" },
  "aws:kms/alias:Alias": { kind: "aliases", by: "id" },
  "aws:kms/key:Key": { kind: "keys", by: "arn" },
  "aws:lambda/eventSourceMapping:EventSourceMapping": { kind: "mappings", by: "id" },
  "aws:lambda/function:Function": { kind: "functions", by: "id" },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": { kind: "eventInvokeConfigs", by: "id" },
  "aws:lambda/permission:Permission": { kind: "permissions", by: "id" },
  "aws:s3/bucket:Bucket": { kind: "buckets", by: "id" },
  "aws:sns/topic:Topic": { kind: "topics", by: "arn" },
  "aws:sns/topicSubscription:TopicSubscription": { kind: "subscriptions", by: "arn" },
  "aws:sqs/queue:Queue": { kind: "queues", by: "arn" },
};

/**
 * What stays in the account when the stack is destroyed: evidence, where it is retained, and the state table with its key
 * in any case. What keeps a bucket safe stays with it and has no line of its own.
 */
export function keptOf(resources: StateResource[], evidence: "retain" | "delete" = "retain"): StateResource[] {
  const state = /-state-(key|table)$/;
  const ofEvidence =
    /-((trail|detector|notifier|streams)-(key|log-group)|(trail-logs|streams-failures)-(access-)?bucket)$/;
  return resources.filter(({ urn }) => state.test(urn) || (evidence === "retain" && ofEvidence.test(urn)));
}

/** What two stacks hold together. */
export function joined(a: { [kind: string]: string[] }, b: { [kind: string]: string[] }): { [kind: string]: string[] } {
  const kinds = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(kinds.map((kind) => [kind, [...(a[kind] ?? []), ...(b[kind] ?? [])].sort()]));
}
