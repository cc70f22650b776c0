import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Names } from "../naming";
import type { AlertNotifierArgs } from "./args";
import type { FastRule } from "./plan";

/** A rule of EventBridge that starts the notifier. */
interface RuleSource {
  suffix: string;
  description: string;
  eventPattern?: string;
  scheduleExpression?: string;
  state?: string;
  eventBusName?: pulumi.Input<string>;
  /** What the function gets instead of the event. */
  input?: string;
}

/** Events of one hour are still worth an alert; what waits for longer is in the alarm's way too. */
const retryPolicy = { maximumEventAgeInSeconds: 3_600, maximumRetryAttempts: 20 };

/** Everything that starts the notifier: two topics, and rules. Returns the rules, by suffix. */
export function registerSources(
  names: Names,
  args: AlertNotifierArgs,
  lambda: aws.lambda.Function,
  fastRules: readonly FastRule[],
  inside: pulumi.CustomResourceOptions,
): { suffix: string; rule: aws.cloudwatch.EventRule; eventBusName?: pulumi.Input<string> }[] {
  subscribe(names, "alarms", args.alarmTopicArn, args, lambda, undefined, inside);
  // The canary comes back by the way that alerts take to people.
  subscribe(names, "canary-return", args.alertTopicArn, args, lambda, { kind: ["canary"] }, inside);
  const sources: RuleSource[] = [
    ...fastRules.map(
      (rule, i): RuleSource => ({
        suffix: i === 0 ? "fast" : `fast-${i + 1}`,
        description: "Calls for which one event is enough for an alert of high severity.",
        ...rule,
      }),
    ),
    ...(args.findingsBusName === undefined
      ? []
      : [
          {
            suffix: "findings",
            description: "Findings of the functions of this stack.",
            eventBusName: args.findingsBusName,
            eventPattern: JSON.stringify({ source: ["dynamodb-detective"], "detail-type": ["DynamoDB Finding"] }),
          },
        ]),
    {
      suffix: "sweep",
      description: "While an alarm lasts: looks for new callers and tables.",
      scheduleExpression: "rate(5 minutes)",
      input: JSON.stringify({ kind: "sweep" }),
    },
    {
      suffix: "canary-schedule",
      description: "Sends a canary the way of every event.",
      scheduleExpression: "rate(30 minutes)",
      input: JSON.stringify({ kind: "canary" }),
    },
  ];
  return sources.map((source) => ({
    suffix: source.suffix,
    eventBusName: source.eventBusName,
    rule: startedBy(names, source, args, lambda, inside),
  }));
}

function subscribe(
  names: Names,
  suffix: string,
  topic: pulumi.Input<string>,
  args: AlertNotifierArgs,
  lambda: aws.lambda.Function,
  filter: object | undefined,
  inside: pulumi.CustomResourceOptions,
): void {
  const permission = new aws.lambda.Permission(
    names.child(suffix, "permission"),
    {
      function: lambda.name,
      action: "lambda:InvokeFunction",
      principal: "sns.amazonaws.com",
      sourceArn: topic,
    },
    inside,
  );
  new aws.sns.TopicSubscription(
    names.child(suffix),
    {
      topic,
      protocol: "lambda",
      endpoint: lambda.arn,
      filterPolicy: filter && JSON.stringify(filter),
      redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: args.deadLetterQueueArn }),
    },
    { ...inside, dependsOn: [permission] },
  );
}

function startedBy(
  names: Names,
  { suffix, input, ...rule }: RuleSource,
  { tags, deadLetterQueueArn }: AlertNotifierArgs,
  lambda: aws.lambda.Function,
  inside: pulumi.CustomResourceOptions,
): aws.cloudwatch.EventRule {
  const registered = new aws.cloudwatch.EventRule(
    names.child(suffix),
    { name: names.physical("eventRule", suffix), ...rule, tags },
    inside,
  );
  const permission = new aws.lambda.Permission(
    names.child(suffix, "permission"),
    {
      function: lambda.name,
      action: "lambda:InvokeFunction",
      principal: "events.amazonaws.com",
      sourceArn: registered.arn,
    },
    inside,
  );
  new aws.cloudwatch.EventTarget(
    names.child(suffix, "target"),
    {
      rule: registered.name,
      eventBusName: rule.eventBusName,
      arn: lambda.arn,
      input,
      retryPolicy,
      deadLetterConfig: { arn: deadLetterQueueArn },
    },
    { ...inside, dependsOn: [permission] },
  );
  return registered;
}
