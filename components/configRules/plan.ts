import type * as pulumi from "@pulumi/pulumi";
import { shown, unknownName } from "../../wording";
import { ArgumentError } from "../argumentError";
import { arns, readArn } from "../arns";
import type { Names } from "../naming";
import { checkTagKey, checkTagValue, tagsPerResource } from "../tags";
import { type ManagedRule, managedRules, type RuleName } from "./rules";

/** A tag that every table must have. */
export interface RequiredTagArgs {
  /** Key of the tag, case-sensitive. */
  key: string;
  /** Values that the tag may have, case-sensitive. Default: any. */
  allowedValues?: string[];
}

/** The settings that decide which rules there are. */
export interface RuleSettings {
  disabledRules?: string[];
  kmsKeyArns?: pulumi.Input<string>[];
  requiredTags?: RequiredTagArgs[];
}

/** One rule to register. */
export interface RulePlan {
  /** Key among the outputs and suffix of the logical name: the rule's name, numbered from the second of its kind on. */
  key: string;
  physicalName: string;
  identifier: string;
  description: string;
  /** Values by parameter. Config takes several values as one text with commas. */
  parameters?: { [parameter: string]: pulumi.Input<string>[] };
}

const defaultTags: RequiredTagArgs[] = [{ key: "Security" }, { key: "Confidentiality" }, { key: "Environment" }];

/** `tag1Key` to `tag6Key` (AWS Config Developer Guide, "required-tags"). */
const tagsPerRule = 6;
/** Longest input parameters of a rule, as JSON (AWS Config API Reference, ConfigRule). */
const parametersLength = 1024;

/** The rules to register. Pure. Throws an ArgumentError for wrong settings. */
export function planRules(settings: RuleSettings, names: Names): RulePlan[] {
  const { disabledRules = [], kmsKeyArns = [], requiredTags = defaultTags } = settings;
  const disabled = new Set(disabledRules.map(checkRuleName));
  kmsKeyArns.forEach((arn, i) => {
    if (typeof arn === "string") readArn(`kmsKeyArns[${i}]`, arns.key, arn);
  });

  const parametersOf: { [name in RuleName]?: RulePlan["parameters"][] } = {
    "dynamodb-table-encrypted-kms": [kmsKeyArns.length > 0 ? { kmsKeyArns } : undefined],
    "required-tags": disabled.has("required-tags") ? [] : planTags(requiredTags),
  };
  return managedRules
    .filter(({ name }) => !disabled.has(name))
    .flatMap((rule: ManagedRule & { name: RuleName }) =>
      (parametersOf[rule.name] ?? [undefined]).map((parameters, i) => {
        const key = i === 0 ? rule.name : `${rule.name}-${i + 1}`;
        const { identifier, description } = rule;
        return { key, physicalName: names.physical("configRule", key), identifier, description, parameters };
      }),
    );
}

/**
 * Parameters of as many rules as the tags need: a rule takes six keys, and 1,024 characters of parameters. Tags keep their
 * order, so that a tag added at the end changes the last rule only.
 */
export function planTags(tags: RequiredTagArgs[]): TagParameters[] {
  checkTags(tags);
  const rules: RequiredTagArgs[][] = [];
  for (const tag of tags) {
    const last = rules.at(-1);
    if (last && fits([...last, tag])) last.push(tag);
    else rules.push([tag]);
  }
  return rules.map(tagParameters);
}

type TagParameters = { [parameter: string]: string[] };

function fits(tags: RequiredTagArgs[]): boolean {
  const json = Object.fromEntries(Object.entries(tagParameters(tags)).map(([key, values]) => [key, values.join(",")]));
  return tags.length <= tagsPerRule && JSON.stringify(json).length <= parametersLength;
}

function tagParameters(tags: RequiredTagArgs[]): TagParameters {
  return Object.fromEntries(
    tags.flatMap(({ key, allowedValues = [] }, i): [string, string[]][] => [
      [`tag${i + 1}Key`, [key]],
      ...(allowedValues.length > 0 ? [[`tag${i + 1}Value`, allowedValues] as [string, string[]]] : []),
    ]),
  );
}

function checkTags(tags: RequiredTagArgs[]): void {
  if (tags.length === 0) {
    throw new ArgumentError("requiredTags", "is empty. Name a tag, or leave out the rule required-tags.");
  }
  if (tags.length > tagsPerResource) {
    throw new ArgumentError("requiredTags", `names ${tags.length} tags. A table can have ${tagsPerResource}.`);
  }
  const seen = new Set<string>();
  for (const [i, tag] of tags.entries()) {
    const argument = `requiredTags[${i}]`;
    checkTagKey(`${argument}.key`, tag.key);
    if (seen.has(tag.key))
      throw new ArgumentError(`${argument}.key`, `${shown(tag.key)} is listed twice. List it once.`);
    seen.add(tag.key);
    for (const value of tag.allowedValues ?? []) {
      checkTagValue(`${argument}.allowedValues`, value);
      // Config separates values by commas.
      if (value === "") throw new ArgumentError(`${argument}.allowedValues`, "has an empty value. Leave it out.");
    }
    if (!fits([tag])) {
      throw new ArgumentError(
        `${argument}.allowedValues`,
        `the values of ${shown(tag.key)} take more than the ${parametersLength} characters that a Config rule allows. ` +
          "List fewer or shorter values, or none.",
      );
    }
  }
}

function checkRuleName(name: string): RuleName {
  const names = managedRules.map((rule) => rule.name);
  const known = names.find((candidate) => candidate === name);
  if (!known) throw new ArgumentError("disabledRules", unknownName("rule", name, names));
  return known;
}

/**
 * Event pattern for tables that stopped complying with one of these rules (AWS Config Developer Guide, "Monitoring AWS
 * Config with Amazon EventBridge").
 */
export function nonCompliantPattern(ruleNames: string[]): string {
  const pattern = JSON.stringify({
    source: ["aws.config"],
    "detail-type": ["Config Rules Compliance Change"],
    detail: {
      messageType: ["ComplianceChangeNotification"],
      configRuleName: ruleNames,
      newEvaluationResult: { complianceType: ["NON_COMPLIANT"] },
    },
  });
  if (pattern.length > 2048) {
    // Amazon EventBridge User Guide, "Amazon EventBridge quotas": size of an event pattern.
    throw new ArgumentError(
      "requiredTags",
      `needs ${ruleNames.length} rules, more than fit into one event pattern of 2,048 characters. ` +
        "List fewer tags or fewer allowed values.",
    );
  }
  return pattern;
}

/** Turns a compliance change into a sentence. */
export const nonCompliantMessage = {
  inputPaths: {
    table: "$.detail.resourceId",
    rule: "$.detail.configRuleName",
    account: "$.detail.awsAccountId",
    region: "$.detail.awsRegion",
    time: "$.detail.newEvaluationResult.resultRecordedTime",
  },
  inputTemplate:
    '"DynamoDB table <table> in account <account>, Region <region>, does not comply with the AWS Config rule <rule> ' +
    "(evaluated <time>). The rule's description in AWS Config says what to change.\"",
};
