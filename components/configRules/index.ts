import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentError } from "../argumentError";
import { Names } from "../naming";
import { nonCompliantMessage, nonCompliantPattern, planRules, type RequiredTagArgs, type RulePlan } from "./plan";
import { ruleScope } from "./rules";

export type { RequiredTagArgs } from "./plan";

export interface ConfigRulesArgs {
  /** The recorder that records tables, as `ConfigRecorder` gives it. Rules wait until it runs. Default: the rules do not wait. */
  recorderName?: pulumi.Input<string>;
  /**
   * Rules to leave out, by AWS's names: `dynamodb-pitr-enabled`, `dynamodb-table-deletion-protection-enabled`,
   * `dynamodb-table-encrypted-kms`, `required-tags`. Default: none.
   */
  disabledRules?: string[];
  /** Keys of which a table must use one. Default: any key but the AWS owned one. */
  kmsKeyArns?: pulumi.Input<string>[];
  /** Tags that every table must have. Default: Security, Confidentiality and Environment, with any value. */
  requiredTags?: RequiredTagArgs[];
  /** Topic that hears of each table that stops complying. Default: nobody is told. */
  alertTopicArn?: pulumi.Input<string>;
  /** Queue for alerts that the topic did not take. Its policy must let `events.amazonaws.com` send. Default: they are lost. */
  deadLetterQueueArn?: pulumi.Input<string>;
  /** Topic that hears when alerts cannot be delivered. Default: the alarm shows it in CloudWatch only. */
  healthTopicArn?: pulumi.Input<string>;
  /** Tags for every resource. Default: none. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}

/** Throws ArgumentError for arguments that a component of this name could not deploy. */
export function validateConfigRules(name: string, args: ConfigRulesArgs): void {
  plan(args, new Names(name));
}

function plan(args: ConfigRulesArgs, names: Names) {
  if (args.alertTopicArn === undefined && args.deadLetterQueueArn !== undefined) {
    throw new ArgumentError("deadLetterQueueArn", "has nothing to keep without alertTopicArn. Give both or neither.");
  }
  const rules = planRules(args, names);
  return { rules, pattern: nonCompliantPattern(rules.map((rule) => rule.physicalName)) };
}

/** AWS Config rules for the protection of tables, and the way of their findings to the alert topic. */
export class ConfigRules extends pulumi.ComponentResource {
  /** ARNs of the rules, by AWS's names; `required-tags-2` and so on where one rule does not hold all tags. */
  public readonly ruleArns: pulumi.Output<{ [name: string]: string }>;

  /**
   * @param name Logical name; part of every physical name.
   * @param args What tables must have, and who hears of those that do not.
   * @param opts Resource options of the component.
   */
  constructor(name: string, args: ConfigRulesArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const names = new Names(name);
    const { rules, pattern } = plan(args, names);
    super("dynamodb-detective:index:ConfigRules", name, {}, opts);

    // AWS refuses a rule while no recorder runs (NoAvailableConfigurationRecorderException).
    const recording = pulumi.output(args.recorderName).apply((): pulumi.Resource[] => []);
    const arns = rules.map((rule) => [rule.key, this.rule(rule, names, args.tags, recording).arn] as const);
    if (args.alertTopicArn !== undefined && rules.length > 0) this.route(pattern, names, args, args.alertTopicArn);

    this.ruleArns = pulumi.output(Object.fromEntries(arns));
    this.registerOutputs({ ruleArns: this.ruleArns });
  }

  private rule(
    { key, physicalName, identifier, description, parameters }: RulePlan,
    names: Names,
    tags: ConfigRulesArgs["tags"],
    dependsOn: pulumi.Output<pulumi.Resource[]>,
  ): aws.cfg.Rule {
    return new aws.cfg.Rule(
      names.child(key),
      {
        name: physicalName,
        description,
        source: { owner: "AWS", sourceIdentifier: identifier },
        scope: { complianceResourceTypes: ruleScope },
        inputParameters: parameters && inputParameters(parameters),
        tags,
      },
      { parent: this, dependsOn },
    );
  }

  /** By EventBridge and not by Config's own topic: that one hears everything, and may not be encrypted. */
  private route(pattern: string, names: Names, args: ConfigRulesArgs, alertTopicArn: pulumi.Input<string>): void {
    const rule = new aws.cloudwatch.EventRule(
      names.child("noncompliant"),
      {
        name: names.physical("eventRule", "noncompliant"),
        description: "Tables that stop complying with a rule of this stack.",
        eventPattern: pattern,
        tags: args.tags,
      },
      { parent: this },
    );
    new aws.cloudwatch.EventTarget(
      names.child("noncompliant-alert"),
      {
        rule: rule.name,
        arn: alertTopicArn,
        inputTransformer: nonCompliantMessage,
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 20 },
        deadLetterConfig: args.deadLetterQueueArn === undefined ? undefined : { arn: args.deadLetterQueueArn },
      },
      { parent: this },
    );
    new aws.cloudwatch.MetricAlarm(
      names.child("noncompliant-undelivered"),
      {
        name: names.physical("alarm", "health", "noncompliant-undelivered"),
        alarmDescription:
          "EventBridge could not deliver an alert about a table that does not comply. " +
          "Check the topic's policy and its key's policy, then the dead-letter queue.",
        namespace: "AWS/Events",
        metricName: "FailedInvocations",
        dimensions: { RuleName: rule.name },
        statistic: "Sum",
        period: 300,
        evaluationPeriods: 1,
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        treatMissingData: "notBreaching", // EventBridge sends the metric only when it is not zero
        alarmActions: args.healthTopicArn === undefined ? undefined : [args.healthTopicArn],
        tags: args.tags,
      },
      { parent: this },
    );
  }
}

function inputParameters(parameters: NonNullable<RulePlan["parameters"]>): pulumi.Output<string> {
  return pulumi
    .output(parameters)
    .apply((known) =>
      JSON.stringify(Object.fromEntries(Object.entries(known).map(([key, values]) => [key, values.join(",")]))),
    );
}
