import { complianceRule, type RuleParameter, tableType } from "../rule";

/** `tag1Key` to `tag6Key` (AWS Config Developer Guide, "required-tags"). */
export const tagsPerRule = 6;

/** Keys that AWS names as examples of tags for grouped controls (DynamoDB detective security best practices). */
export const defaultRequiredTags = ["Security", "Confidentiality", "Environment"] as const;

/**
 * Deployed as often as the required tags need. Their keys and values come from the list of required tags, and not from
 * parameters. AWS's rule judges many other types, so that a scope by tag would too.
 */
export const requiredTags = complianceRule({
  name: "required-tags",
  description: "Tables have the required tags, with an allowed value where values are listed. If not: set tags.",
  source: { identifier: "REQUIRED_TAGS" },
  trigger: "change",
  resourceTypes: [tableType],
  byDefault: true,
  refusesTagScope: true,
  remediation: "tags",
  parameters: Object.fromEntries(
    Array.from({ length: tagsPerRule }, (_, i): [string, RuleParameter][] => [
      [`tag${i + 1}Key`, { type: "text", description: "Key of a required tag.", required: i === 0 }],
      [`tag${i + 1}Value`, { type: "list", description: "Values that the tag may have." }],
    ]).flat(),
  ),
});
