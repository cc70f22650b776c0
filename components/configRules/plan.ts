import type * as pulumi from "@pulumi/pulumi";
import { type ComplianceRule, isAvailable, knownRegions, type StackPart, tableType } from "../../detections/compliance";
import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import { arns, readArn } from "../arns";
import type { Names } from "../naming";
import type { ConfigRulesArgs, RuleScopeArgs, RuleSettingsArgs } from "./args";
import { defaultTags, planTags } from "./requiredTags";
import { checkLength, missingParameter, type Parameters, parametersOf, partsOf, settingsOf } from "./settings";

/** One rule to register. */
export interface RulePlan {
  rule: ComplianceRule;
  /**
   * Key among the outputs and suffix of the logical name: the rule's name, numbered from the second of its kind on, and the
   * table that it is for.
   */
  key: string;
  physicalName: string;
  /** None for periodic rules. */
  scope?: { complianceResourceTypes?: string[]; complianceResourceId?: string; tagKey?: string; tagValue?: string };
  parameters: Parameters;
  frequency?: string;
  /** What identifies the resources whose verdicts are notified; absent: every verdict is. */
  notifiedFor?: { part: StackPart; ids: pulumi.Input<string>[] };
}

export interface RulesPlan {
  rules: RulePlan[];
  /** Wanted, but not to be had in the Region. */
  leftOut: ComplianceRule[];
  /** What a preview has to say about rules that are left out, or that AWS may refuse. Full sentences. */
  notes: string[];
}

/** The rules to register. Pure. Throws an ArgumentError for wrong settings. */
export function planRules(args: ConfigRulesArgs, names: Names): RulesPlan {
  const { region, watched } = args;
  const parts = partsOf(watched);
  const rules: RulePlan[] = [];
  const leftOut: ComplianceRule[] = [];
  const doubtful: ComplianceRule[] = [];

  for (const [rule, settings] of settingsOf(args)) {
    const parameters = { ...parametersOf(rule, settings?.parameters, watched), ...keyParameters(rule, settings, args) };
    const missing = rule.name === "required-tags" ? undefined : missingParameter(rule, parameters);
    if (settings === undefined) {
      // What is not asked for is deployed where the catalog says so and the stack has what it is about.
      if (!rule.byDefault || missing || (rule.watches && !parts[rule.watches])) continue;
    } else if (settings.enabled === false) continue;
    else if (watched && rule.watches && !parts[rule.watches]) {
      throw new ArgumentError(
        `rules.${rule.name}`,
        `is about the ${rule.watches} of this stack, and there are none. Leave it out.`,
      );
    } else if (missing) {
      throw new ArgumentError(
        `rules.${rule.name}.parameters.${missing}`,
        `is missing: ${rule.parameters[missing]!.description} AWS has no default for it.`,
      );
    }
    checkLength(`rules.${rule.name}.parameters`, parameters);

    if (!isWanted(rule, settings?.scope, region)) continue;
    const available = region === undefined ? undefined : isAvailable(rule, region);
    if (available === false) {
      leftOut.push(rule);
      continue;
    }
    if (available === undefined && (rule.notIn || rule.onlyIn)) doubtful.push(rule);

    const kinds = rule.name === "required-tags" ? planTags(args.requiredTags ?? defaultTags) : [parameters];
    const ids = rule.watches && !rule.account ? parts[rule.watches] : undefined;
    for (const [i, kind] of kinds.entries()) {
      for (const table of settings?.scope?.tables ?? [undefined]) {
        const key = [rule.name, ...(i > 0 ? [`${i + 1}`] : []), ...(table === undefined ? [] : [table])].join("-");
        rules.push({
          rule,
          key,
          physicalName: names.physical("configRule", key),
          scope: scopeOf(rule, table, settings?.scope),
          parameters: kind,
          frequency: settings?.frequency,
          notifiedFor: ids && { part: rule.watches!, ids },
        });
      }
    }
  }
  refuseSameName(rules);
  return { rules, leftOut, notes: notesOf(region, leftOut, doubtful) };
}

/** `kmsKeyArns`, which is an argument of its own since it takes the keys of the same program. */
function keyParameters(
  rule: ComplianceRule,
  settings: RuleSettingsArgs | undefined,
  args: ConfigRulesArgs,
): Parameters {
  const { kmsKeyArns = [] } = args;
  if (rule.name !== "dynamodb-table-encrypted-kms" || kmsKeyArns.length === 0) return {};
  if (settings?.parameters?.["kmsKeyArns"] !== undefined) {
    throw new ArgumentError("kmsKeyArns", `is a parameter of rules.${rule.name} too. Leave out one of the two.`);
  }
  for (const [i, arn] of kmsKeyArns.entries()) {
    if (typeof arn === "string") readArn(`kmsKeyArns[${i}]`, arns.key, arn);
  }
  return { kmsKeyArns };
}

function isWanted(rule: ComplianceRule, scope: RuleScopeArgs | undefined, region: string | undefined): boolean {
  if (scope?.regions === undefined) return true;
  if (region === undefined) {
    throw new ArgumentError(
      `rules.${rule.name}.scope.regions`,
      "needs the Region of the rules. Set region, or aws:region.",
    );
  }
  return scope.regions.includes(region);
}

/** A scope names types, one resource of one type, or a tag; never two of these (AWS Config API Reference, Scope). */
function scopeOf(rule: ComplianceRule, table: string | undefined, scope: RuleScopeArgs = {}): RulePlan["scope"] {
  if (rule.trigger === "periodic") return undefined;
  if (table !== undefined) return { complianceResourceTypes: [tableType], complianceResourceId: table };
  if (scope.tagKey === undefined) return { complianceResourceTypes: rule.resourceTypes };
  return scope.tagValue === undefined ? { tagKey: scope.tagKey } : { tagKey: scope.tagKey, tagValue: scope.tagValue };
}

/** The second rule for a table may be called like the first one for another: `…-2-orders`. */
function refuseSameName(rules: RulePlan[]): void {
  const seen = new Map<string, RulePlan>();
  for (const plan of rules) {
    const other = seen.get(plan.physicalName);
    if (other) {
      throw new ArgumentError(
        `rules.${plan.rule.name}.scope.tables`,
        `the rules ${shown(other.key)} and ${shown(plan.key)} would have the same name. Leave out one of the two tables.`,
      );
    }
    seen.set(plan.physicalName, plan);
  }
}

const listed = (rules: ComplianceRule[]) => rules.map(({ name }) => name).join(", ");

function notesOf(region: string | undefined, leftOut: ComplianceRule[], doubtful: ComplianceRule[]): string[] {
  if (region === undefined) return []; // said by refusedIn once the provider has told
  const notes: string[] = [];
  if (leftOut.length > 0) {
    notes.push(`AWS Config rules that AWS does not have in ${region} are left out: ${listed(leftOut)}.`);
  }
  if (doubtful.length > 0) {
    notes.push(
      `AWS Config rules that not every Region has are deployed, since ${region} is none of the ${knownRegions.length} ` +
        `Regions whose rules are known: ${listed(doubtful)}. Should AWS refuse one, switch it off by its name.`,
    );
  }
  return notes;
}

/** What is wrong with rules that were planned without knowing their Region, now that it is known; undefined if nothing is. */
export function refusedIn(region: string, plans: RulePlan[]): string | undefined {
  const refused = [...new Set(plans.map(({ rule }) => rule))].filter((rule) => isAvailable(rule, region) === false);
  if (refused.length === 0) return undefined;
  return `AWS does not have these AWS Config rules in ${region} and will refuse them: ${listed(refused)}. Set aws:region, or the argument region, to ${region}: they are left out then.`;
}
