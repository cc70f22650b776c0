import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { inventoryQueries } from "../../detections/compliance";
import { ArgumentError } from "../argumentError";
import { ConfigRemediation, type ConfigRemediationArgs } from "../configRemediation";
import { registerHealthAlarm } from "../healthAlarm";
import { homeRegion } from "../homeRegion";
import { locationOf } from "../location";
import { Names } from "../naming";
import { placeOf } from "../policyDocument";
import type { ConfigRulesArgs } from "./args";
import { type Notification, noncompliantMessage, patternOf, planNotifications } from "./notification";
import { planRules, type RulePlan, refusedIn } from "./plan";
import { planRemediations } from "./remediations";
import type { Parameters } from "./settings";

export {
  type ConfigRulesArgs,
  EvaluationFrequency,
  type RequiredTagArgs,
  type RuleScopeArgs,
  type RuleSettingsArgs,
  type WatchedStackArgs,
} from "./args";

/** Throws ArgumentError for arguments that a component of this name could not deploy. */
export function validateConfigRules(name: string, args: ConfigRulesArgs): void {
  plan(args, new Names(name));
}

function plan(args: ConfigRulesArgs, names: Names, region = args.region) {
  if (args.alertTopicArn === undefined && args.deadLetterQueueArn !== undefined) {
    throw new ArgumentError("deadLetterQueueArn", "has nothing to keep without alertTopicArn. Give both or neither.");
  }
  const planned = planRules({ ...args, region }, names);
  return {
    ...planned,
    notifications: args.alertTopicArn === undefined ? [] : planNotifications(planned.rules),
    remediations: planRemediations(args.remediation, planned),
  };
}

/** AWS Config rules for tables and for the stack that watches them, and the way of their findings to the alert topic. */
export class ConfigRules extends pulumi.ComponentResource {
  /** ARNs of the rules, by name; `required-tags-2` and so on where one rule does not hold all tags. */
  public readonly ruleArns: pulumi.Output<{ [name: string]: string }>;
  /** Names that the rules have in AWS Config, by the same names. */
  public readonly ruleNames: pulumi.Output<{ [name: string]: string }>;
  /** Advanced queries about the inventory of tables, by id: paste one into AWS Config, or give it to `aws configservice select-resource-config`. */
  public readonly inventoryQueries: pulumi.Output<{ [id: string]: string }>;

  /**
   * @param name Logical name; part of every physical name.
   * @param args What tables must have, and who hears of those that do not.
   * @param opts Resource options of the component.
   */
  constructor(name: string, args: ConfigRulesArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const names = new Names(name);
    const { rules, notes, notifications, remediations } = plan(args, names, args.region ?? homeRegion(opts));
    super("dynamodb-detective:index:ConfigRules", name, {}, opts);
    for (const note of notes) pulumi.log.info(note, this);
    // What was planned without the Region, or for another one than the provider's.
    locationOf(this).region.apply((region) => {
      const refused = refusedIn(region, rules);
      if (refused) pulumi.log.warn(refused, this);
    });

    // AWS refuses a rule while no recorder runs (NoAvailableConfigurationRecorderException).
    const recording = pulumi.output(args.recorderName).apply((): pulumi.Resource[] => []);
    const made = new Map(rules.map((rule) => [rule.key, this.rule(rule, names, args.tags, recording)]));
    for (const notification of notifications) this.notify(notification, names, args);
    for (const { rule, keys, settings } of remediations) {
      const configRuleNames = Object.fromEntries(keys.map((key) => [key, made.get(key)!.name]));
      this.remediate(names.child(rule.name, "remediation"), {
        ...settings,
        action: rule.remediation!,
        configRuleNames,
        tags: args.tags,
      });
    }

    const each = (property: "arn" | "name") =>
      pulumi.output(Object.fromEntries([...made].map(([key, rule]) => [key, rule[property]])));
    this.ruleArns = each("arn");
    this.ruleNames = each("name");
    this.inventoryQueries = pulumi.output(
      Object.fromEntries(inventoryQueries.map(({ id, expression }) => [id, expression])),
    );
    this.registerOutputs({
      ruleArns: this.ruleArns,
      ruleNames: this.ruleNames,
      inventoryQueries: this.inventoryQueries,
    });
  }

  private rule(
    { rule, key, physicalName, scope, parameters, frequency }: RulePlan,
    names: Names,
    tags: ConfigRulesArgs["tags"],
    dependsOn: pulumi.Output<pulumi.Resource[]>,
  ): aws.cfg.Rule {
    const { source, description } = rule;
    const known = texts(parameters);
    return new aws.cfg.Rule(
      names.child(key),
      {
        name: physicalName,
        description,
        source:
          "identifier" in source
            ? { owner: "AWS", sourceIdentifier: source.identifier }
            : {
                owner: "CUSTOM_POLICY",
                sourceDetails: [
                  "ConfigurationItemChangeNotification",
                  "OversizedConfigurationItemChangeNotification",
                ].map((messageType) => ({ eventSource: "aws.config", messageType })),
                customPolicyDetails: { policyRuntime: "guard-2.x.x", policyText: known.apply(source.guard) },
              },
        scope,
        inputParameters:
          "identifier" in source && Object.keys(parameters).length > 0
            ? known.apply((values) => JSON.stringify(values))
            : undefined,
        maximumExecutionFrequency: frequency,
        tags,
      },
      { parent: this, dependsOn },
    );
  }

  /** By EventBridge and not by Config's own topic: that one hears everything, and may not be encrypted. */
  private notify(notification: Notification, names: Names, args: ConfigRulesArgs): void {
    const { key, description } = notification;
    const rule = new aws.cloudwatch.EventRule(
      names.child(key),
      {
        name: names.physical("eventRule", key),
        description,
        eventPattern: patternOf(notification, placeOf(this)),
        tags: args.tags,
      },
      { parent: this },
    );
    new aws.cloudwatch.EventTarget(
      names.child(key, "alert"),
      {
        rule: rule.name,
        arn: args.alertTopicArn!,
        inputTransformer: noncompliantMessage,
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 20 },
        deadLetterConfig: args.deadLetterQueueArn === undefined ? undefined : { arn: args.deadLetterQueueArn },
      },
      { parent: this },
    );
    registerHealthAlarm(
      names,
      {
        suffix: `${key}-undelivered`,
        description:
          "EventBridge could not deliver an alert about a resource that does not comply. " +
          "Check the topic's policy and its key's policy, then the dead-letter queue.",
        namespace: "AWS/Events",
        metricName: "FailedInvocations",
        dimensions: { RuleName: rule.name },
      },
      args,
      { parent: this },
    );
  }

  private remediate(name: string, args: ConfigRemediationArgs): void {
    new ConfigRemediation(name, args, { parent: this });
  }
}

/** Config takes several values as one text with commas. */
function texts(parameters: Parameters): pulumi.Output<{ [name: string]: string }> {
  return pulumi
    .output(parameters)
    .apply((known) => Object.fromEntries(Object.entries(known).map(([key, values]) => [key, values.join(",")])));
}
