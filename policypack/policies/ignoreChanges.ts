import { segmentsOf } from "../table/propertyPath";
import type { TableCopy, TableView } from "../table/view";
import { viewPolicy } from "../tablePolicy";
import { compliant, violation } from "../verdict";

export const ignoreChanges = viewPolicy({
  name: "dynamodb-ignore-changes",
  description: "Checks whether ignoreChanges hides no property that protects a DynamoDB table.",
  why: "What is ignored is never corrected: whoever switches protection off in the console leaves it off for good, and every preview says that all is well.",
  severity: "medium",
  frameworks: [],
  remediationSteps:
    "Take the property out of `ignoreChanges`. Single tags, capacity and indexes may be ignored; protection, recovery, encryption, policies and tags as a whole may not.",
  url: "https://www.pulumi.com/docs/iac/concepts/options/ignorechanges/",
  configuration: {},
  check: (view) => {
    const hidden = new Set(view.copies.flatMap((copy) => hiddenOf(view, copy)));
    if (hidden.size === 0) return [compliant];
    const listed = `${[...hidden].join(", ")} in ignoreChanges`;
    return [violation(`${view.label}: ${listed} hides what protects it, take it out.`)];
  },
});

function hiddenOf({ ignored, direct }: TableView, copy: TableCopy): readonly string[] {
  const { deletionProtection, pointInTimeRecovery, recoveryPeriodInDays, encryption, tags, resourcePolicies } = copy;
  const protective = [
    deletionProtection.property,
    pointInTimeRecovery.property,
    recoveryPeriodInDays.property,
    encryption.property,
    ...resourcePolicies.map(({ property }) => property),
  ];
  if (!direct) return ignored(protective);
  const ofTags = tags.from === "copy" ? [tags.property, "tagsAll"] : [tags.propagated.property];
  // One tag among others may change: many tools write tags of their own.
  const whole = ignored(ofTags).filter((path) =>
    ofTags.some((property) => segmentsOf(path).length <= segmentsOf(property).length),
  );
  return [...ignored(protective), ...whole];
}
