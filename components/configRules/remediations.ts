import { type ComplianceRule, complianceRules } from "../../detections/compliance";
import { unknownName } from "../../wording";
import { ArgumentError } from "../argumentError";
import { type RemediationSettingsArgs, validateRemediation } from "../configRemediation";
import type { RulesPlan } from "./plan";
import { ruleNamed } from "./settings";

export interface RemediationPlan {
  rule: ComplianceRule;
  /** Keys of the planned rules that it belongs to. */
  keys: string[];
  settings: RemediationSettingsArgs;
}

/** What is to be mended. Pure. Throws an ArgumentError for a rule that nothing mends, or that is not deployed. */
export function planRemediations(
  remediation: { [rule: string]: RemediationSettingsArgs } = {},
  { rules, leftOut }: RulesPlan,
): RemediationPlan[] {
  return Object.entries(remediation).flatMap(([name, settings]) => {
    const rule = ruleNamed("remediation", name);
    if (!rule.remediation) {
      const mended = complianceRules.filter((known) => known.remediation).map((known) => known.name);
      throw new ArgumentError("remediation", unknownName("remediation for rule", name, mended));
    }
    const keys = rules.filter((plan) => plan.rule === rule).map(({ key }) => key);
    validateRemediation({ ...settings, action: rule.remediation }, `remediation.${name}.`);
    if (leftOut.includes(rule)) return [];
    if (keys.length === 0) {
      throw new ArgumentError(
        `remediation.${name}`,
        "the rule is not deployed. Deploy it, or leave the remediation out.",
      );
    }
    return [{ rule, keys, settings }];
  });
}
