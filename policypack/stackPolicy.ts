import { configurationOf, type Definition, type Policy, type StackResource } from "./policy";
import type { StackTable } from "./stackLinks";
import { tablesOf } from "./table";
import { isEmpty, isInScope, scopeSchema, shownScope, type TagScope } from "./table/scope";
import { compliant, undecided, unreadableVerdict, type Verdict } from "./verdict";

interface Scoped {
  forTags: TagScope;
}

/** Defines a policy on tables that takes other resources of the same stack into account. */
export function stackPolicy(
  definition: Omit<Definition<Scoped>, "configuration"> & {
    /** Description of the tables that `forTags` picks. */
    tables: string;
    /** Verdicts on one table among all resources of its stack. */
    check(table: StackTable, resources: readonly StackResource[]): readonly Verdict[];
  },
): Policy {
  const { check, tables, ...metadata } = definition;
  const { configuration, read, rest } = configurationOf<Scoped>({
    ...metadata,
    configuration: { forTags: scopeSchema(tables) },
  });
  return {
    ...metadata,
    ...rest,
    configuration,
    checkStack: (resources, given) => {
      const { forTags } = read(given);
      if (isEmpty(forTags)) return [];
      return resources.flatMap((resource) => {
        const { views, unreadable } = tablesOf(resource) ?? { views: [], unreadable: [] };
        const verdicts = [
          ...views.flatMap((view) => inScope(isInScope(view, forTags), check({ resource, view }, resources), forTags)),
          ...unreadable.map(unreadableVerdict),
        ];
        return verdicts.map((verdict): [StackResource, Verdict] => [resource, verdict]);
      });
    },
  };
}

function inScope(asked: boolean | undefined, verdicts: readonly Verdict[], scope: TagScope): readonly Verdict[] {
  if (asked === true) return verdicts;
  if (asked === false) return [compliant];
  const open = `whether it has ${shownScope(scope)} is not known before deployment`;
  return verdicts.map((verdict) =>
    verdict.kind === "violation" ? undecided(`${verdict.message.replace(/\.$/, "")}; ${open}.`) : verdict,
  );
}
