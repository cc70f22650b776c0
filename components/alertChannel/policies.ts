import { keyAdministration, type Place, type PolicyStatement, tlsOnly } from "../policyDocument";
import type { TopicKind } from "./plan";

const cloudWatch = { Service: "cloudwatch.amazonaws.com" };
const eventBridge = { Service: "events.amazonaws.com" };
const sns = { Service: "sns.amazonaws.com" };
/** In a key policy: this key. */
const thisKey = "*";
/** What a service needs to write to an encrypted topic or queue. */
const write = ["kms:Decrypt", "kms:GenerateDataKey*"];

/** Services that may publish, by topic. */
const publishers: { [topic in TopicKind]: ("alarms" | "rules")[] } = {
  alarm: ["alarms"],
  alert: ["alarms", "rules"],
  health: ["alarms"],
};

/**
 * Key of the topics for alarms and alerts, and of the event bus. Sources: Amazon SNS Developer Guide, "Managing Amazon SNS
 * encryption keys"; Amazon EventBridge User Guide, "Encrypting event buses with AWS KMS keys".
 */
export function alertKeyStatements(at: Place): PolicyStatement[] {
  return [keyAdministration(at), alarmsPublish(at), rulesPublish, busAsksForKey];
}

/**
 * Key of the topic for health, and of the dead-letter queue: what could not be delivered is told there. Sources: the same
 * page; Amazon SQS Developer Guide, "Key management".
 */
export function healthKeyStatements(at: Place): PolicyStatement[] {
  return [
    keyAdministration(at),
    alarmsPublish(at),
    { ...rulesPublish, Sid: "RulesUseDeadLetterQueue" },
    {
      Sid: "TopicsUseDeadLetterQueue",
      Effect: "Allow",
      Principal: sns,
      Action: write,
      Resource: thisKey,
      Condition: fromAccount(at),
    },
  ];
}

const fromAccount = ({ accountId }: Place) => ({ StringEquals: { "aws:SourceAccount": accountId } });

const alarmsPublish = (at: Place): PolicyStatement => ({
  Sid: "AlarmsPublish",
  Effect: "Allow",
  Principal: cloudWatch,
  Action: write,
  Resource: thisKey,
  Condition: fromAccount(at),
});

/**
 * Without a source condition: in a key policy SNS does not support one for EventBridge, and delivery would fail unseen. The
 * policies of topics and queue say whose rules may send.
 */
const rulesPublish: PolicyStatement = {
  Sid: "RulesPublish",
  Effect: "Allow",
  Principal: eventBridge,
  Action: write,
  Resource: thisKey,
};

/** What else the bus needs: EventBridge looks whether the key is there and symmetric. */
const busAsksForKey: PolicyStatement = {
  Sid: "BusAsksForKey",
  Effect: "Allow",
  Principal: eventBridge,
  Action: "kms:DescribeKey",
  Resource: thisKey,
};

/** A policy of our own replaces the one that gives the owner access, so it says that too. */
export function topicStatements(topic: TopicKind, topicArn: string, at: Place): PolicyStatement[] {
  const { partition, region, accountId } = at;
  const sources: { [publisher in "alarms" | "rules"]: PolicyStatement } = {
    alarms: {
      Sid: "AlarmsPublish",
      Effect: "Allow",
      Principal: cloudWatch,
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: {
        ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*` },
        StringEquals: { "aws:SourceAccount": accountId },
      },
    },
    rules: {
      Sid: "RulesPublish",
      Effect: "Allow",
      Principal: eventBridge,
      Action: "sns:Publish",
      Resource: topicArn,
      Condition: { ArnLike: { "aws:SourceArn": rulesOf(at) } },
    },
  };
  return [
    {
      Sid: "Owner",
      Effect: "Allow",
      Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
      Action: [
        "sns:GetTopicAttributes",
        "sns:SetTopicAttributes",
        "sns:AddPermission",
        "sns:RemovePermission",
        "sns:DeleteTopic",
        "sns:Subscribe",
        "sns:ListSubscriptionsByTopic",
        "sns:Publish",
      ],
      Resource: topicArn,
    },
    ...publishers[topic].map((publisher) => sources[publisher]),
    tlsOnly("sns:Publish", topicArn),
  ];
}

/**
 * What could not be delivered comes from these topics, from a rule of the account, or from a bus that could not encrypt it.
 * That a bus sends under its own ARN is inferred from that of rules.
 */
export function queueStatements(queueArn: string, topicArns: string[], at: Place): PolicyStatement[] {
  return [
    {
      Sid: "TopicsSend",
      Effect: "Allow",
      Principal: sns,
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnEquals: { "aws:SourceArn": topicArns } },
    },
    {
      Sid: "RulesSend",
      Effect: "Allow",
      Principal: eventBridge,
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnLike: { "aws:SourceArn": [rulesOf(at), busesOf(at)] } },
    },
    tlsOnly("sqs:*", queueArn),
  ];
}

const eventsOf = ({ partition, region, accountId }: Place): string => `arn:${partition}:events:${region}:${accountId}`;
const rulesOf = (at: Place): string => `${eventsOf(at)}:rule/*`;
const busesOf = (at: Place): string => `${eventsOf(at)}:event-bus/*`;
