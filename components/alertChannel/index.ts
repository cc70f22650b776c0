import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Names } from "../naming";
import { type Place, type PolicyStatement, placeOf, policyDocument } from "../policyDocument";
import { registerChat, type SlackArgs, type TeamsArgs } from "./chat";
import { type PagerDutyArgs, registerPagerDuty } from "./pagerDuty";
import { planSubscriptions, type TopicKind, topics, validateAlertChannel } from "./plan";
import { alertKeyStatements, healthKeyStatements, queueStatements, topicStatements } from "./policies";
import { registerAlertQueue, registerEventBusTarget, type SqsArgs } from "./targets";
import { alarmOnTopics } from "./topicHealth";

export type { SlackArgs, TeamsArgs } from "./chat";
export type { PagerDutyArgs } from "./pagerDuty";
export { validateAlertChannel } from "./plan";
export type { SqsArgs } from "./targets";

export interface AlertChannelArgs {
  /** Addresses that get alerts. Each must confirm AWS's message once. Default: none. */
  emails?: string[];
  /** Addresses that hear of failures of the detectors themselves. Default: `emails`. */
  healthEmails?: string[];
  /** Severities of the alerts that `emails` get: `info`, `low`, `medium`, `high`, `critical`. Default: all. */
  emailSeverities?: string[];
  /** Channel of Slack that gets alerts and failures. Default: none. */
  slack?: SlackArgs;
  /** Channel of Microsoft Teams that gets alerts and failures. Default: none. */
  teams?: TeamsArgs;
  /** Service of PagerDuty that gets alarms and failures. Default: none. */
  pagerDuty?: PagerDutyArgs;
  /** Make a queue of alerts as JSON. Default: none. */
  sqs?: SqsArgs;
  /** ARN of an event bus that gets alerts as events with detail type `DynamoDB Alert`. Default: none. */
  eventBusArn?: pulumi.Input<string>;
  /** Tags for every resource. Default: none. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}

/** Encrypted topics for alarms, alerts and health, their subscriptions, and a queue for what could not be delivered. */
export class AlertChannel extends pulumi.ComponentResource {
  /** Topic for alarms of detections, as CloudWatch writes them. */
  public readonly alarmTopicArn: pulumi.Output<string>;
  /** Topic that people and tools subscribe to for alerts. */
  public readonly alertTopicArn: pulumi.Output<string>;
  /** Topic for failures of the detectors themselves. */
  public readonly healthTopicArn: pulumi.Output<string>;
  /** Key of the topics for alarms and alerts, and of the event bus. */
  public readonly keyArn: pulumi.Output<string>;
  /** Key of the topic for health and of the queue: whoever disables the other one does not silence these. */
  public readonly healthKeyArn: pulumi.Output<string>;
  /** Queue for messages and events that could not be delivered. */
  public readonly deadLetterQueueArn: pulumi.Output<string>;
  /** URL of that queue, from which its messages are read. */
  public readonly deadLetterQueueUrl: pulumi.Output<string>;
  /** Event bus of findings and alerts, apart from the account's default bus. */
  public readonly findingsBusArn: pulumi.Output<string>;
  /** Name of that bus. */
  public readonly findingsBusName: pulumi.Output<string>;
  /** URL of the queue of alerts; undefined without `sqs`. */
  public readonly alertQueueUrl: pulumi.Output<string | undefined>;

  /**
   * @param name Logical name; part of every physical name.
   * @param args Who is told.
   * @param opts Resource options of the component.
   */
  constructor(name: string, args: AlertChannelArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const names = new Names(name);
    validateAlertChannel(args);
    super("dynamodb-detective:index:AlertChannel", name, {}, opts);
    const place = placeOf(this);
    const { tags } = args;
    const inside = { parent: this };

    const keys = registerKeys(names, place, tags, this);
    const topicOf = registerTopics(names, keys, place, tags, this);
    const deadLetters = registerDeadLetterQueue(names, keys.health, place, Object.values(topicOf), tags, this);
    alarmOnDeadLetters(names, deadLetters.queue, topicOf.health, tags, this);

    alarmOnTopics(names, topicOf, tags, inside);

    const redrivePolicy = pulumi.jsonStringify({ deadLetterTargetArn: deadLetters.queue.arn });
    const redriven = { ...inside, dependsOn: [deadLetters.policy] };
    for (const { suffix, topic, protocol, endpoint, filterPolicy } of planSubscriptions(args)) {
      new aws.sns.TopicSubscription(
        names.child(...suffix),
        { topic: topicOf[topic].arn, protocol, endpoint, filterPolicy, redrivePolicy },
        redriven,
      );
    }
    registerChat(names, args, [topicOf.alert.arn, topicOf.health.arn], place, inside);
    if (args.pagerDuty) registerPagerDuty(names, args.pagerDuty, topicOf, redrivePolicy, redriven);
    const alertQueue =
      args.sqs &&
      registerAlertQueue(
        names,
        args.sqs,
        // Topics may use the key of the dead letters.
        { topic: topicOf.alert, key: keys.health, deadLetters: deadLetters.queue, redrivePolicy, tags },
        redriven,
      );
    const bus = new aws.cloudwatch.EventBus(
      names.child("findings"),
      {
        name: names.physical("eventBus", "findings"),
        description: "Findings and alerts of dynamodb-detective",
        // Without a policy of its own: only roles of this account that are allowed to may put events.
        kmsKeyIdentifier: keys.alert.arn,
        deadLetterConfig: { arn: deadLetters.queue.arn }, // for events that the key does not encrypt or decrypt
        tags,
      },
      redriven,
    );
    if (args.eventBusArn !== undefined) {
      registerEventBusTarget(names, bus, args.eventBusArn, deadLetters.queue, topicOf.health, tags, inside);
    }

    this.alarmTopicArn = topicOf.alarm.arn;
    this.alertTopicArn = topicOf.alert.arn;
    this.healthTopicArn = topicOf.health.arn;
    this.keyArn = keys.alert.arn;
    this.healthKeyArn = keys.health.arn;
    this.deadLetterQueueArn = deadLetters.queue.arn;
    this.deadLetterQueueUrl = deadLetters.queue.url;
    this.findingsBusArn = bus.arn;
    this.findingsBusName = bus.name;
    this.alertQueueUrl = pulumi.output(alertQueue?.url);
    this.registerOutputs({
      alarmTopicArn: this.alarmTopicArn,
      alertTopicArn: this.alertTopicArn,
      healthTopicArn: this.healthTopicArn,
      keyArn: this.keyArn,
      healthKeyArn: this.healthKeyArn,
      deadLetterQueueArn: this.deadLetterQueueArn,
      deadLetterQueueUrl: this.deadLetterQueueUrl,
      findingsBusArn: this.findingsBusArn,
      findingsBusName: this.findingsBusName,
      alertQueueUrl: this.alertQueueUrl,
    });
  }
}

type Tags = AlertChannelArgs["tags"];
type Keys = { [kind in TopicKind]: aws.kms.Key };

/** Not the AWS managed key: its policy admits neither CloudWatch nor EventBridge, and cannot be changed. */
function registerKeys(names: Names, place: pulumi.Output<Place>, tags: Tags, parent: AlertChannel): Keys {
  const register = (suffix: string[], alias: string, use: string, statements: (at: Place) => PolicyStatement[]) => {
    const key = new aws.kms.Key(
      names.child(...suffix, "key"),
      {
        description: `${use} of ${names.physical("topic")}`,
        enableKeyRotation: true,
        policy: place.apply((at) => policyDocument(statements(at))),
        tags,
      },
      { parent },
    );
    new aws.kms.Alias(
      names.child(...suffix, "alias"),
      { name: `alias/${names.physical("keyAlias", alias)}`, targetKeyId: key.keyId },
      { parent },
    );
    return key;
  };
  const alerts = register([], "alerts", "Topics for alarms and alerts, and event bus", alertKeyStatements);
  const health = register(["health"], "health", "Topic for health and dead-letter queue", healthKeyStatements);
  return { alarm: alerts, alert: alerts, health };
}

function registerTopics(names: Names, keys: Keys, place: pulumi.Output<Place>, tags: Tags, parent: AlertChannel) {
  const entries = topics.map((kind) => {
    const topic = new aws.sns.Topic(
      names.child(kind),
      {
        name: names.physical("topic", kind),
        kmsMasterKeyId: keys[kind].arn,
        signatureVersion: 2, // SHA256; 1 is SHA1
        tags,
      },
      { parent },
    );
    new aws.sns.TopicPolicy(
      names.child(kind, "policy"),
      {
        arn: topic.arn,
        policy: pulumi.all([topic.arn, place]).apply(([arn, at]) => policyDocument(topicStatements(kind, arn, at))),
      },
      { parent },
    );
    return [kind, topic] as const;
  });
  return Object.fromEntries(entries) as { [kind in TopicKind]: aws.sns.Topic };
}

function registerDeadLetterQueue(
  names: Names,
  key: aws.kms.Key,
  place: pulumi.Output<Place>,
  sources: aws.sns.Topic[],
  tags: Tags,
  parent: AlertChannel,
) {
  const queue = new aws.sqs.Queue(
    names.child("dead-letters"),
    {
      name: names.physical("queue", "dead-letters"),
      kmsMasterKeyId: key.arn,
      messageRetentionSeconds: 14 * 24 * 60 * 60, // the longest that SQS keeps a message
      tags,
    },
    { parent },
  );
  const policy = new aws.sqs.QueuePolicy(
    names.child("dead-letters", "policy"),
    {
      queueUrl: queue.url,
      policy: pulumi
        .all([queue.arn, pulumi.all(sources.map((topic) => topic.arn)), place])
        .apply(([arn, topicArns, at]) => policyDocument(queueStatements(arn, topicArns, at))),
    },
    { parent },
  );
  return { queue, policy };
}

function alarmOnDeadLetters(
  names: Names,
  queue: aws.sqs.Queue,
  health: aws.sns.Topic,
  tags: Tags,
  parent: AlertChannel,
): void {
  new aws.cloudwatch.MetricAlarm(
    names.child("dead-letters", "waiting"),
    {
      name: names.physical("alarm", "dead-letters-waiting"),
      alarmDescription: pulumi.interpolate`Alerts were not delivered: messages wait in the queue ${queue.name}. Read them there, they are kept for 14 days, and check the subscriptions and policies of the topics that they came from.`,
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: queue.name },
      statistic: "Maximum",
      period: 300,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching", // SQS sends no data for a queue that nobody used for hours
      alarmActions: [health.arn],
      tags,
    },
    { parent },
  );
}
