import { type Declared, declarations } from "./declared";
import { configurationOf, type Definition, type Policy } from "./policy";
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
