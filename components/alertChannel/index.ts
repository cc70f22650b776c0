import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Names } from "../naming";
import { type Place, type PolicyStatement, placeOf, policyDocument } from "../policyDocument";
import { planSubscriptions, type TopicKind, topics, validateAlertChannel } from "./plan";
import { alertKeyStatements, healthKeyStatements, queueStatements, topicStatements } from "./policies";

export { validateAlertChannel } from "./plan";

export interface AlertChannelArgs {
  /** Addresses that get alerts. Each must confirm AWS's message once. Default: none. */
  emails?: string[];
  /** Addresses that hear of failures of the detectors themselves. Default: `emails`. */
  healthEmails?: string[];
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
  /** Key of the topics for alarms and alerts. */
  public readonly keyArn: pulumi.Output<string>;
  /** Key of the topic for health and of the queue: whoever disables the other one does not silence these. */
  public readonly healthKeyArn: pulumi.Output<string>;
  /** Queue for messages and events that could not be delivered. */
  public readonly deadLetterQueueArn: pulumi.Output<string>;
  /** URL of that queue, from which its messages are read. */
  public readonly deadLetterQueueUrl: pulumi.Output<string>;

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

    for (const { suffix, topic, protocol, endpoint } of planSubscriptions(args)) {
      new aws.sns.TopicSubscription(
        names.child(...suffix),
        {
          topic: topicOf[topic].arn,
          protocol,
          endpoint,
          redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: deadLetters.queue.arn }),
        },
        { ...inside, dependsOn: [deadLetters.policy] },
      );
    }

    this.alarmTopicArn = topicOf.alarm.arn;
    this.alertTopicArn = topicOf.alert.arn;
    this.healthTopicArn = topicOf.health.arn;
    this.keyArn = keys.alert.arn;
    this.healthKeyArn = keys.health.arn;
    this.deadLetterQueueArn = deadLetters.queue.arn;
    this.deadLetterQueueUrl = deadLetters.queue.url;
    this.registerOutputs({
      alarmTopicArn: this.alarmTopicArn,
      alertTopicArn: this.alertTopicArn,
      healthTopicArn: this.healthTopicArn,
      keyArn: this.keyArn,
      healthKeyArn: this.healthKeyArn,
      deadLetterQueueArn: this.deadLetterQueueArn,
      deadLetterQueueUrl: this.deadLetterQueueUrl,
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
  const alerts = register([], "alerts", "Topics for alarms and alerts", alertKeyStatements);
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
