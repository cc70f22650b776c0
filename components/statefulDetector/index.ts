import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { detectionsFile } from "../../detections";
import { customerKey } from "../customerKey";
import { EvidencePolicy } from "../evidence";
import { lambdaFunction } from "../lambdaFunction";
import { Names } from "../naming";
import { type Place, placeOf, policyDocument } from "../policyDocument";
import type { StatefulDetectorArgs } from "./args";
import { registerHealthAlarms } from "./healthAlarms";
import { detectorStatements, keyStatements, queueStatements } from "./permissions";
import { eventPattern, planDetector, subscriptionPattern } from "./plan";

export type { StatefulDetectorArgs } from "./args";
export { planCountryDatabase } from "./countryDatabase";

/** Throws ArgumentError for arguments that cannot be deployed. */
export function validateStatefulDetector(args: Parameters<typeof planDetector>[0]): void {
  planDetector(args);
}

/** Name of the role of a detector of this name, so that its calls can be left out elsewhere. */
export const detectorRoleName = (name: string): string => new Names(name).physical("role", "function");

/**
 * A function that decides what no metric filter can say: first-seen values, distinct counts, rates, sequences. It gets
 * the trail's events from the log group, writes a metric for each detection, and puts findings onto an event bus.
 */
export class StatefulDetector extends pulumi.ComponentResource {
  /** ARN of the function. */
  public readonly functionArn: pulumi.Output<string>;
  /** Key of its log group and of the queue. */
  public readonly keyArn: pulumi.Output<string>;
  /** Name of its role. */
  public readonly roleName: pulumi.Output<string>;
  /** Log group of the function, with one line for each finding. */
  public readonly functionLogGroupName: pulumi.Output<string>;
  /** Queue of the invocations that failed to the end, with the events in them. */
  public readonly failureQueueUrl: pulumi.Output<string>;

  /**
   * @param name Logical name; part of every physical name.
   * @param args Where events come from, what to detect, where to remember.
   * @param opts Resource options of the component.
   */
  constructor(name: string, args: StatefulDetectorArgs, opts?: pulumi.ComponentResourceOptions) {
    const { eventSources, countryDatabase, notes } = planDetector(args);
    super("dynamodb-detective:index:StatefulDetector", name, {}, opts);
    const names = new Names(name);
    const { evidence = EvidencePolicy.Retain, eventBridge = false, tags, reservedConcurrency } = args;
    const { ownRoleNames = [detectorRoleName(name)] } = args;
    const inside = { parent: this };
    const kept = { parent: this, retainOnDelete: evidence === EvidencePolicy.Retain };
    const place = placeOf(this);
    for (const note of notes) pulumi.log.warn(note, this);

    const logGroupPrefix = names.physical("logGroupPrefix");
    const key = customerKey(
      names,
      {
        description: `Stateful detections ${name}: log group and events that could not be processed`,
        statements: place.apply((at) => keyStatements(logGroupPrefix, eventBridge, at)),
        tags,
      },
      kept,
      inside,
    );
    const queue = new aws.sqs.Queue(
      names.child("failures"),
      {
        name: names.physical("queue", "failures"),
        kmsMasterKeyId: key.arn,
        messageRetentionSeconds: 14 * 24 * 60 * 60, // the longest that SQS keeps a message
        tags,
      },
      inside,
    );

    const statements = pulumi
      .all([args.stateTableArn, args.stateKeyArn, queue.arn, key.arn, args.findingsBusArn ?? "", place])
      .apply(([stateTableArn, stateKeyArn, queueArn, queueKeyArn, findingsBusArn, at]) =>
        detectorStatements({ stateTableArn, stateKeyArn, queueArn, queueKeyArn, findingsBusArn }, at),
      );
    const { lambda, role, policy, logGroup } = lambdaFunction(
      names,
      {
        function: "detector",
        description: "Decides what no metric filter can say, and reports findings",
        roleDescription: "Keeps the state of stateful detections, writes its log, reports findings",
        statements,
        variables: {
          STATE_TABLE: args.stateTableName,
          FINDINGS_BUS: args.findingsBusArn ?? "",
          POWERTOOLS_METRICS_NAMESPACE: args.metricNamespace,
          POWERTOOLS_SERVICE_NAME: "detector",
        },
        files: {
          [detectionsFile]: new pulumi.asset.StringAsset(args.detections),
          "country.mmdb": new pulumi.asset.FileAsset(countryDatabase.path),
        },
        keyArn: key.arn,
        logGroupPrefix,
        memorySize: 512,
        timeout: 60,
        reservedConcurrency,
        tracing: args.tracing,
        logRetentionDays: args.logRetentionDays,
        tags,
      },
      inside,
      kept,
    );
    new aws.lambda.FunctionEventInvokeConfig(
      names.child("retries"),
      {
        functionName: lambda.name,
        maximumRetryAttempts: 2, // the most that Lambda tries
        maximumEventAgeInSeconds: 21_600, // the longest that it waits
        destinationConfig: { onFailure: { destination: queue.arn } },
      },
      { ...inside, dependsOn: [policy] }, // Lambda checks that the role may use the destination.
    );

    const rule = eventBridge
      ? this.byEventBridge(names, place, lambda, queue, eventSources, ownRoleNames, tags)
      : undefined;
    const filterName = names.physical("subscriptionFilter");
    if (!rule) this.bySubscription(names, place, args, lambda, filterName, eventSources, ownRoleNames);
    new aws.sqs.QueuePolicy(
      names.child("failures", "policy"),
      {
        queueUrl: queue.url,
        policy: pulumi
          .all([queue.arn, rule?.arn])
          .apply(([arn, ruleArn]) => policyDocument(queueStatements(arn, ruleArn))),
      },
      inside,
    );
    registerHealthAlarms(
      names,
      {
        functionName: lambda.name,
        queueName: queue.name,
        from: rule ? { ruleName: rule.name } : { logGroupName: args.logGroupName, filterName },
        healthTopicArn: args.healthTopicArn,
        tags,
      },
      inside,
    );

    this.functionArn = lambda.arn;
    this.keyArn = key.arn;
    this.roleName = role.name;
    this.functionLogGroupName = logGroup.name;
    this.failureQueueUrl = queue.url;
    this.registerOutputs({
      functionArn: this.functionArn,
      keyArn: this.keyArn,
      roleName: this.roleName,
      functionLogGroupName: this.functionLogGroupName,
      failureQueueUrl: this.failureQueueUrl,
    });
  }

  private bySubscription(
    names: Names,
    place: pulumi.Output<Place>,
    { logGroupName, logGroupArn }: StatefulDetectorArgs,
    lambda: aws.lambda.Function,
    name: string,
    eventSources: readonly string[],
    ownRoleNames: readonly string[],
  ): void {
    const permission = new aws.lambda.Permission(
      names.child("permission"),
      {
        function: lambda.name,
        action: "lambda:InvokeFunction",
        principal: "logs.amazonaws.com",
        sourceArn: pulumi.interpolate`${logGroupArn}:*`,
        sourceAccount: place.accountId,
      },
      { parent: this },
    );
    new aws.cloudwatch.LogSubscriptionFilter(
      names.child("subscription"),
      {
        name,
        logGroup: logGroupName,
        filterPattern: place.apply((at) => subscriptionPattern(eventSources, ownRoleNames, at)),
        destinationArn: lambda.arn,
      },
      // CloudWatch Logs sends a test message when the filter is made.
      { parent: this, dependsOn: [permission] },
    );
  }

  private byEventBridge(
    names: Names,
    place: pulumi.Output<Place>,
    lambda: aws.lambda.Function,
    queue: aws.sqs.Queue,
    eventSources: readonly string[],
    ownRoleNames: readonly string[],
    tags: StatefulDetectorArgs["tags"],
  ): aws.cloudwatch.EventRule {
    const rule = new aws.cloudwatch.EventRule(
      names.child("rule"),
      {
        name: names.physical("eventRule", "events"),
        description: "Events that stateful detections ask about.",
        eventPattern: place.apply((at) => eventPattern(eventSources, ownRoleNames, at)),
        // Without it EventBridge keeps back management events that only read.
        state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
        tags,
      },
      { parent: this },
    );
    const permission = new aws.lambda.Permission(
      names.child("permission"),
      {
        function: lambda.name,
        action: "lambda:InvokeFunction",
        principal: "events.amazonaws.com",
        sourceArn: rule.arn,
      },
      { parent: this },
    );
    new aws.cloudwatch.EventTarget(
      names.child("target"),
      {
        rule: rule.name,
        arn: lambda.arn,
        retryPolicy: { maximumEventAgeInSeconds: 21_600, maximumRetryAttempts: 20 },
        deadLetterConfig: { arn: queue.arn },
      },
      { parent: this, dependsOn: [permission] },
    );
    return rule;
  }
}
