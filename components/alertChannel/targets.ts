import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Severity, severities } from "../../detections";
import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import { registerHealthAlarm } from "../healthAlarm";
import type { Names } from "../naming";
import { type PolicyStatement, policyDocument, tlsOnly } from "../policyDocument";

/** A queue with one message for each alert, as JSON, for a SIEM or a ticket system. */
export interface SqsArgs {
  /** Severities of the alerts that it gets: `info`, `low`, `medium`, `high`, `critical`. Default: all. */
  severities?: string[];
}

export function checkSeverities(argument: string, given: readonly string[] = severities): Severity[] {
  if (given.length === 0) throw new ArgumentError(argument, "is empty. Name a severity, or leave it out.");
  return given.map((written, i) => {
    const known = severities.find((severity) => severity === written);
    if (!known) {
      throw new ArgumentError(`${argument}[${i}]`, `${shown(written)} is not one of ${severities.join(", ")}.`);
    }
    return known;
  });
}

/** Throws `ArgumentError` for what is no bus. */
export function validateEventBus(arn: pulumi.Input<string>): void {
  if (
    typeof arn !== "string" ||
    /^arn:[a-z0-9-]+:events:[a-z0-9-]+:\d{12}:event-bus\/[/.\-_A-Za-z0-9]{1,256}$/.test(arn)
  ) {
    return;
  }
  throw new ArgumentError(
    "eventBusArn",
    `${shown(arn)} is not the ARN of an event bus. Write arn:<partition>:events:<region>:<account>:event-bus/<name>.`,
  );
}

/**
 * Filter of subscriptions that want alerts and no canary. Other messages carry no attributes: what Lambda says of an
 * invocation that failed, AWS Config's changes, and alarms where no notifier is deployed; these come through, except
 * to a queue that wants alerts alone.
 */
export function alertFilter(wanted: readonly Severity[], alertsOnly = false): string {
  const alerts = {
    kind: ["alert", "ok"],
    ...(wanted.length < severities.length && { severity: [...wanted] }),
  };
  return JSON.stringify(alertsOnly ? alerts : { $or: [{ kind: [{ exists: false }] }, alerts] });
}

interface Wiring {
  topic: aws.sns.Topic;
  key: aws.kms.Key;
  deadLetters: aws.sqs.Queue;
  redrivePolicy: pulumi.Output<string>;
  tags?: aws.sqs.QueueArgs["tags"];
}

/** The queue, its policy and its subscription. What its reader fails to process five times goes to the dead letters. */
export function registerAlertQueue(
  names: Names,
  args: SqsArgs,
  { topic, key, deadLetters, redrivePolicy, tags }: Wiring,
  inside: pulumi.CustomResourceOptions,
): aws.sqs.Queue {
  const queue = new aws.sqs.Queue(
    names.child("alert-queue"),
    {
      name: names.physical("queue", "alert-queue"),
      kmsMasterKeyId: key.arn,
      messageRetentionSeconds: 14 * 24 * 60 * 60, // the longest that SQS keeps a message
      visibilityTimeoutSeconds: 300,
      redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 5 }),
      tags,
    },
    inside,
  );
  const policy = new aws.sqs.QueuePolicy(
    names.child("alert-queue", "policy"),
    {
      queueUrl: queue.url,
      policy: pulumi
        .all([queue.arn, topic.arn])
        .apply(([queueArn, topicArn]) => policyDocument(alertQueueStatements(queueArn, topicArn))),
    },
    inside,
  );
  new aws.sns.TopicSubscription(
    names.child("alert-queue", "subscription"),
    {
      topic: topic.arn,
      protocol: "sqs",
      endpoint: queue.arn,
      rawMessageDelivery: true,
      filterPolicy: alertFilter(checkSeverities("sqs.severities", args.severities), true),
      redrivePolicy,
    },
    { ...inside, dependsOn: [policy] },
  );
  return queue;
}

function alertQueueStatements(queueArn: string, topicArn: string): PolicyStatement[] {
  return [
    {
      Sid: "AlertTopicSends",
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
    },
    tlsOnly("sqs:*", queueArn),
  ];
}

/** Sends alerts on to another event bus, of this account or one that lets this account in. */
export function registerEventBusTarget(
  names: Names,
  from: aws.cloudwatch.EventBus,
  to: pulumi.Input<string>,
  deadLetters: aws.sqs.Queue,
  health: aws.sns.Topic,
  tags: aws.cloudwatch.EventRuleArgs["tags"],
  inside: pulumi.CustomResourceOptions,
): void {
  const rule = new aws.cloudwatch.EventRule(
    names.child("forward"),
    {
      name: names.physical("eventRule", "forward"),
      description: "Alerts for another event bus.",
      eventBusName: from.name,
      eventPattern: JSON.stringify({ source: ["dynamodb-detective"], "detail-type": ["DynamoDB Alert"] }),
      tags,
    },
    inside,
  );
  const role = new aws.iam.Role(
    names.child("forward-role"),
    {
      name: names.physical("role", "forward"),
      description: "Sends alerts to another event bus",
      assumeRolePolicy: rule.arn.apply((arn) =>
        policyDocument([
          {
            Sid: "Rule",
            Effect: "Allow",
            Principal: { Service: "events.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: { ArnEquals: { "aws:SourceArn": arn } },
          },
        ]),
      ),
      tags,
    },
    inside,
  );
  const policy = new aws.iam.RolePolicy(
    names.child("forward-policy"),
    {
      role: role.name,
      policy: pulumi
        .output(to)
        .apply((arn) =>
          policyDocument([{ Sid: "Forward", Effect: "Allow", Action: "events:PutEvents", Resource: arn }]),
        ),
    },
    inside,
  );
  new aws.cloudwatch.EventTarget(
    names.child("forward-target"),
    {
      rule: rule.name,
      eventBusName: from.name,
      arn: to,
      roleArn: role.arn,
      retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
      deadLetterConfig: { arn: deadLetters.arn },
    },
    { ...inside, dependsOn: [policy] },
  );
  registerHealthAlarm(
    names,
    {
      suffix: "forward-undelivered",
      description: "Alerts do not reach the other event bus. Check its policy, then the dead-letter queue.",
      namespace: "AWS/Events",
      metricName: "FailedInvocations",
      dimensions: { EventBusName: from.name, RuleName: rule.name },
    },
    { healthTopicArn: health.arn, tags },
    inside,
  );
}
