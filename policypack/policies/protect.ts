import { isEmpty, isInScope, scopeSchema, shownScope, type TagScope } from "../table/scope";
import { viewPolicy } from "../tablePolicy";
import { compliant, undecided, violation } from "../verdict";

interface ProtectConfiguration {
  forTags: TagScope;
}

export const protect = viewPolicy<ProtectConfiguration>({
  name: "dynamodb-protect",
  description: "Checks whether resources that create certain DynamoDB tables have Pulumi's option protect.",
  why: "A protected resource is neither deleted nor replaced by Pulumi: a renamed key or a removed line is an error, and not the end of a table.",
  severity: "medium",
  level: "advisory",
  frameworks: [],
  remediationSteps: "Set the resource option `protect: true` on the table, or on a component around it.",
  url: "https://www.pulumi.com/docs/iac/concepts/options/protect/",
  configuration: { forTags: scopeSchema("Tables that must be protected") },
  applies: ({ forTags }) => !isEmpty(forTags),
  check: (view, { forTags }) => {
    if (view.protect) return [compliant];
    const asked = isInScope(view, forTags);
    const write = "set the resource option protect: true";
    if (asked === undefined) {
      const open = `whether it has ${shownScope(forTags)} is not known before deployment`;
      return [undecided(`${view.label}: ${open}, ${write}.`)];
    }
    return [asked ? violation(`${view.label} can be deleted or replaced by Pulumi: ${write}.`) : compliant];
  },
});
