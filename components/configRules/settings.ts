import type * as pulumi from "@pulumi/pulumi";
import {
  type ComplianceRule,
  complianceRules,
  parametersLength,
  type RuleParameter,
  type StackPart,
  type StackValue,
} from "../../detections/compliance";
import { shown, unknownName } from "../../wording";
import { ArgumentError } from "../argumentError";
import { checkTagKey, checkTagValue } from "../tags";
import type { ConfigRulesArgs, RuleScopeArgs, RuleSettingsArgs, WatchedStackArgs } from "./args";

/** Parameters of a rule. Config takes several values as one text with commas. */
export type Parameters = { [name: string]: pulumi.Input<string>[] };

/** Rules by name, with their settings; throws ArgumentError for a rule that is not known or that is configured twice. */
export function settingsOf(args: ConfigRulesArgs): Map<ComplianceRule, RuleSettingsArgs | undefined> {
  const { rules = {}, disabledRules = [] } = args;
  const settings = new Map<ComplianceRule, RuleSettingsArgs | undefined>();
  for (const rule of complianceRules) settings.set(rule, undefined);
  for (const [name, written] of Object.entries(rules)) {
    const rule = ruleNamed("rules", name);
    checkSettings(rule, `rules.${name}`, written);
    settings.set(rule, written);
  }
  for (const name of disabledRules) {
    const rule = ruleNamed("disabledRules", name);
    if (settings.get(rule) !== undefined) {
      throw new ArgumentError(`rules.${name}`, "is among disabledRules too. Leave out one of the two.");
    }
    settings.set(rule, { enabled: false });
  }
  return settings;
}

/** The rule of this name. Throws ArgumentError if there is none. */
export function ruleNamed(argument: string, name: string): ComplianceRule {
  const rule = complianceRules.find((candidate) => candidate.name === name);
  if (rule) return rule;
  const names = complianceRules.map((known) => known.name);
  throw new ArgumentError(argument, unknownName("rule", name, names));
}

function checkSettings(rule: ComplianceRule, argument: string, settings: RuleSettingsArgs): void {
  const { enabled, parameters = {}, scope, frequency } = settings;
  const others = Object.keys(settings).filter((key) => key !== "enabled");
  if (enabled === false && others.length > 0) {
    throw new ArgumentError(
      `${argument}.${others[0]}`,
      "changes nothing beside enabled: false. Leave out one of the two.",
    );
  }
  for (const [name, value] of Object.entries(parameters)) {
    const known = rule.parameters[name];
    if (!known) {
      const names = Object.keys(rule.parameters);
      throw new ArgumentError(
        `${argument}.parameters`,
        names.length === 0 ? `the rule takes none, and not ${shown(name)}.` : unknownName("parameter", name, names),
      );
    }
    if (typeof value === "string") checkValue(`${argument}.parameters.${name}`, known, value);
  }
  if (rule.name === "required-tags" && Object.keys(parameters).length > 0) {
    throw new ArgumentError(`${argument}.parameters`, "are made from requiredTags. Set that instead.");
  }
  if (scope) checkScope(rule, `${argument}.scope`, scope);
  if (frequency !== undefined && rule.trigger === "change") {
    throw new ArgumentError(
      `${argument}.frequency`,
      "is for periodic rules. This one is evaluated when a resource changes.",
    );
  }
}

const forms: { [type in RuleParameter["type"]]?: { pattern: RegExp; words: string } } = {
  integer: { pattern: /^\d+$/, words: "a whole number" },
  number: { pattern: /^\d+(\.\d+)?$/, words: "a number" },
  boolean: { pattern: /^(true|false)$/i, words: "true or false" },
};

/** Throws ArgumentError for a value, or one of several values, that the parameter does not take. */
export function checkValue(argument: string, parameter: RuleParameter, text: string): void {
  const form = parameter.form ?? forms[parameter.type];
  for (const value of parameter.type === "list" ? text.split(",") : [text]) {
    // Config itself refuses blanks.
    if (value.trim() === "")
      throw new ArgumentError(argument, `${shown(text)} has an empty value. Write one, or leave the parameter out.`);
    if (form && !form.pattern.test(value.trim())) {
      throw new ArgumentError(argument, `${shown(value)} is not ${form.words}.`);
    }
  }
}

function checkScope(rule: ComplianceRule, argument: string, scope: RuleScopeArgs): void {
  const { tables, tagKey, tagValue } = scope;
  const used = tables !== undefined ? "tables" : tagKey !== undefined ? "tagKey" : undefined;
  if (used && rule.trigger === "periodic") {
    const narrowed = rule.parameters["resourceId"]
      ? " Set parameters.resourceId or parameters.resourceTags instead."
      : "";
    throw new ArgumentError(`${argument}.${used}`, `AWS gives a periodic rule no scope.${narrowed}`);
  }
  if (tables !== undefined) {
    if (rule.watches) throw new ArgumentError(`${argument}.tables`, "the rule does not judge tables.");
    if (tables.length === 0)
      throw new ArgumentError(`${argument}.tables`, "is empty. Name a table, or write enabled: false.");
    for (const [i, table] of tables.entries()) {
      if (!/^[A-Za-z0-9_.-]{3,255}$/.test(table)) {
        throw new ArgumentError(
          `${argument}.tables[${i}]`,
          `${shown(table)} is no name of a table. Write 3 to 255 letters, digits or _ . -.`,
        );
      }
      if (tables.indexOf(table) !== i) {
        throw new ArgumentError(`${argument}.tables[${i}]`, `${shown(table)} is listed twice. List it once.`);
      }
    }
    if (tagKey !== undefined) {
      throw new ArgumentError(`${argument}.tagKey`, "AWS takes a scope by table or by tag. Leave out one of the two.");
    }
  }
  if (tagKey !== undefined) {
    if (rule.refusesTagScope) {
      throw new ArgumentError(
        `${argument}.tagKey`,
        "with a scope by tag, AWS judges other types than tables too. Use scope.tables.",
      );
    }
    checkTagKey(`${argument}.tagKey`, tagKey);
  }
  if (tagValue !== undefined) {
    if (tagKey === undefined) throw new ArgumentError(`${argument}.tagValue`, "needs tagKey.");
    if (tagValue === "") throw new ArgumentError(`${argument}.tagValue`, "is empty. Write one, or leave it out.");
    checkTagValue(`${argument}.tagValue`, tagValue);
  }
}

/** What identifies the parts of the stack to AWS Config; absent parts are not there. */
export function partsOf(watched: WatchedStackArgs = {}): { [part in StackPart]?: pulumi.Input<string>[] } {
  const { trailArn, logGroupName, alarmNamePrefixes, keyArns, topicArns, functionArns } = watched;
  const some = <T>(list: T[] | undefined): T[] | undefined => (list && list.length > 0 ? list : undefined);
  return {
    trail: trailArn === undefined ? undefined : [trailArn, ...(logGroupName === undefined ? [] : [logGroupName])],
    alarms: some(alarmNamePrefixes),
    keys: some(keyArns),
    topics: some(topicArns),
    functions: some(functionArns),
  };
}

/** Parameters with what was written, what the stack knows, and the catalog's defaults, in this order. */
export function parametersOf(
  rule: ComplianceRule,
  written: { [name: string]: pulumi.Input<string> } = {},
  watched: WatchedStackArgs = {},
): Parameters {
  return Object.fromEntries(
    Object.entries(rule.parameters).flatMap(([name, parameter]): [string, pulumi.Input<string>[]][] => {
      const value = written[name];
      if (value !== undefined) return [[name, [value]]];
      const ours = parameter.fromStack && stackValue(watched, parameter.fromStack);
      if (ours) return [[name, ours]];
      return parameter.default === undefined ? [] : [[name, [parameter.default]]];
    }),
  );
}

function stackValue(watched: WatchedStackArgs, value: StackValue): pulumi.Input<string>[] | undefined {
  const found = watched[value];
  if (found === undefined) return undefined;
  return Array.isArray(found) ? found : [found];
}

/** The required parameter that has no value. */
export function missingParameter(rule: ComplianceRule, parameters: Parameters): string | undefined {
  return Object.entries(rule.parameters).find(
    ([name, { required }]) => required && parameters[name] === undefined,
  )?.[0];
}

/** Throws ArgumentError for parameters that are too long together, as far as they are known. */
export function checkLength(argument: string, parameters: Parameters): void {
  const known = Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [
      name,
      values.filter((value) => typeof value === "string").join(","),
    ]),
  );
  const { length } = JSON.stringify(known);
  if (length <= parametersLength) return;
  throw new ArgumentError(
    argument,
    `take ${length} characters as JSON, more than the ${parametersLength} that a Config rule allows. List fewer values.`,
  );
}
