import { type Declared, declarations, type PolicyResource } from "./declared";
import { configurationOf, type Definition, type Policy, type StackResource } from "./policy";
import type { Verdict } from "./verdict";

/** Defines a policy on resources other than tables, whatever declares them. */
export function declaredPolicy<C>(
  definition: Definition<C> & {
    /** Verdicts on a resource; undefined if the policy has nothing to do with its type. */
    check(resource: Declared, configuration: C): readonly Verdict[] | undefined;
  },
): Policy {
  const { configuration, read, rest } = configurationOf(definition);
  return {
    ...definition,
    ...rest,
    configuration,
    check: (resource, given) => {
      const values = read(given);
      const found = declarations(resource).declared.map((each) => definition.check(each, values));
      const judged = found.filter((verdicts) => verdicts !== undefined);
      return judged.length > 0 ? judged.flat() : undefined;
    },
  };
}

/** Defines a policy on a whole stack. */
export function stackPolicy<C>(
  definition: Definition<C> & {
    check(resources: readonly StackResource[], configuration: C): readonly [PolicyResource, Verdict][];
  },
): Policy {
  const { configuration, read, rest } = configurationOf(definition);
  const { check, ...metadata } = definition;
  return { ...metadata, ...rest, configuration, checkStack: (resources, given) => check(resources, read(given)) };
}
