import type * as pulumi from "@pulumi/pulumi";
import type { RemediationSettingsArgs } from "../configRemediation";

/** A tag that every table must have. */
export interface RequiredTagArgs {
  /** Key of the tag, case-sensitive. */
  key: string;
  /** Values that the tag may have, case-sensitive. Default: any. */
  allowedValues?: string[];
}

/** How often AWS Config evaluates a rule that no change triggers. */
export enum EvaluationFrequency {
  OneHour = "One_Hour",
  ThreeHours = "Three_Hours",
  SixHours = "Six_Hours",
  TwelveHours = "Twelve_Hours",
  TwentyFourHours = "TwentyFour_Hours",
}

/** What a rule judges. Only for rules that changes trigger: AWS gives the periodic ones no scope. */
export interface RuleScopeArgs {
  /** Names of tables; the rule is deployed once for each. Default: every table. */
  tables?: string[];
  /** Key of a tag that a resource must have to be judged. Default: none. */
  tagKey?: string;
  /** Value of that tag. Default: any. */
  tagValue?: string;
  /** Regions in which to deploy the rule, of whichever kind it is. Default: every one that has it. */
  regions?: string[];
}

/** Changes to one rule. To name a rule is to deploy it. */
export interface RuleSettingsArgs {
  /** Deploy the rule. Default: true. */
  enabled?: boolean;
  /** Values of AWS's parameters, by AWS's names; several values separated by commas. Default: the catalog's. */
  parameters?: { [name: string]: pulumi.Input<string> };
  /** What the rule judges. Default: everything that it can. */
  scope?: RuleScopeArgs;
  /** How often to evaluate, only for periodic rules. Default: AWS's, once a day. */
  frequency?: EvaluationFrequency;
}

/** The stack that rules watch. Compliance changes of other resources of the account are not notified. */
export interface WatchedStackArgs {
  /** ARN of the trail. Default: no rules for the trail. */
  trailArn?: pulumi.Input<string>;
  /** Bucket that the trail delivers to. Default: the trail need not exist. */
  trailBucketName?: pulumi.Input<string>;
  /** Log group that the trail delivers to. */
  logGroupName?: pulumi.Input<string>;
  /** Its ARN, with the `:*` that CloudTrail has it with. */
  logGroupArn?: pulumi.Input<string>;
  /** Beginnings of the alarms' names. Default: no rules for alarms. */
  alarmNamePrefixes?: string[];
  /** ARNs of keys. Default: no rules for keys. */
  keyArns?: pulumi.Input<string>[];
  /** ARNs of topics. Default: no rules for topics. */
  topicArns?: pulumi.Input<string>[];
  /** ARNs of functions. Default: no rules for functions. */
  functionArns?: pulumi.Input<string>[];
}

export interface ConfigRulesArgs {
  /** The recorder that records tables, as `ConfigRecorder` gives it. Rules wait until it runs. Default: the rules do not wait. */
  recorderName?: pulumi.Input<string>;
  /** Region of the rules: those that AWS does not have there are left out. Default: `aws:region`; of a component with a parent or a provider of its own, every rule is deployed. */
  region?: string;
  /** Changes to single rules, by name; docs/compliance.md lists them. Default: the catalog's own settings. */
  rules?: { [name: string]: RuleSettingsArgs };
  /** Rules to leave out, by name. The same as `rules` with `enabled: false`. Default: none. */
  disabledRules?: string[];
  /** Keys of which a table must use one; parameter of `dynamodb-table-encrypted-kms`. Default: any key but the AWS owned one. */
  kmsKeyArns?: pulumi.Input<string>[];
  /** Tags that every table must have. Default: Security, Confidentiality and Environment, with any value. */
  requiredTags?: RequiredTagArgs[];
  /** This stack, which rules watch too. Default: only tables and their backups are watched. */
  watched?: WatchedStackArgs;
  /** What mends tables that fail, by rule. Default: nothing is changed by itself. */
  remediation?: { [rule: string]: RemediationSettingsArgs };
  /** Topic that hears of each resource that stops complying. Default: nobody is told. */
  alertTopicArn?: pulumi.Input<string>;
  /** Queue for alerts that the topic did not take. Its policy must let `events.amazonaws.com` send. Default: they are lost. */
  deadLetterQueueArn?: pulumi.Input<string>;
  /** Topic that hears when alerts cannot be delivered. Default: the alarm shows it in CloudWatch only. */
  healthTopicArn?: pulumi.Input<string>;
  /** Tags for every resource. Default: none. */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }>;
}
