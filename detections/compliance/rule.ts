/** A rule that AWS Config evaluates, as data: what it checks, with which parameters, and where AWS has it. */
export interface ComplianceRule {
  /** AWS's name of a managed rule, or ours; kebab-case. Configuration key, and suffix of every name. */
  name: string;
  /** Shown in the Config console: what is checked, and what to change where it fails. At most 256 characters. */
  description: string;
  source: ManagedRule | GuardRule;
  /** `change`: when a recorded resource changes. `periodic`: every so often, by default once a day; AWS gives such a rule no scope. */
  trigger: "change" | "periodic";
  /** Types that the rule judges. The scope of a rule that changes trigger. */
  resourceTypes: string[];
  /** The part of this stack that the rule watches. Absent: the tables. */
  watches?: StackPart;
  /** The verdict is about the account, not about one resource. Default: false. */
  account?: boolean;
  /** Deployed unless switched off. Otherwise only where it is configured. */
  byDefault: boolean;
  /** By AWS's names, which are case-sensitive. */
  parameters: { [name: string]: RuleParameter };
  /** A scope by tag would make the rule judge other types too. Default: false. */
  refusesTagScope?: boolean;
  /** What mends a resource that fails, where something does. */
  remediation?: RemediationAction;
  /** Regions that lack the rule. Default: none. */
  notIn?: readonly string[];
  /** The only Regions that have the rule. Default: all. */
  onlyIn?: readonly string[];
}

/** Written and run by AWS. */
export interface ManagedRule {
  /** AWS's identifier. */
  identifier: string;
}

/** Written by us in Guard, run by AWS Config on the configuration item of a resource. */
export interface GuardRule {
  /** The text, given the parameters. Property paths are those of AWS's published schema of configuration items. */
  guard: (parameters: { [name: string]: string }) => string;
}

export interface RuleParameter {
  /** `list`: values separated by commas. */
  type: "text" | "integer" | "number" | "boolean" | "list";
  /** What it means, with unit. */
  description: string;
  /** AWS refuses the rule without it. Default: false. */
  required?: boolean;
  /** Set where nothing else is written. Default: the parameter is left out. */
  default?: string;
  /** What each value must look like. Default: anything. */
  form?: { pattern: RegExp; words: string };
  /** What this stack knows and sets by itself. */
  fromStack?: StackValue;
}

/** How a table that fails is mended. */
export type RemediationAction = "point-in-time-recovery" | "encryption" | "deletion-protection" | "tags";

/** Parts of this stack that rules watch. */
export const stackParts = ["trail", "alarms", "keys", "topics", "functions"] as const;
export type StackPart = (typeof stackParts)[number];

/** Values of this stack that pin a rule to it. */
export type StackValue = "trailBucketName" | "logGroupName" | "logGroupArn" | "keyArns";

/** Shape of a rule's entry in the catalog; a mistake in one is a compile error. */
export const complianceRule = (rule: ComplianceRule): ComplianceRule => rule;

/** Longest description (AWS Config API Reference, ConfigRule). */
export const descriptionLength = 256;
/** Longest input parameters of a rule, as JSON (same page). */
export const parametersLength = 1024;
/** Longest Guard text (same reference, CustomPolicyDetails). */
export const guardLength = 10_000;

/** The resource type of a table. A replica is a table of its own Region. */
export const tableType = "AWS::DynamoDB::Table";
