import type { Change } from "./change";
import type { ConfigurationSchema } from "./configuration";
import { type Declared, declarations, type PolicyResource, type TableTypes } from "./declared";
import { configurationOf, type Definition, type Policy } from "./policy";
import { tableAdapters, tablesIn, tablesOf } from "./table";
import type { TableCopy, TableSettings, TableView } from "./table/view";
import { compliant, unchanged, unreadableVerdict, type Verdict } from "./verdict";

interface Shared {
  tableTypes: TableTypes;
}

/** The configuration key that every policy on tables has. */
export const tableTypesSchema: ConfigurationSchema = {
  tableTypes: {
    type: "object",
    additionalProperties: { type: "string", enum: tableAdapters.map(({ type }) => type) },
    default: {},
    description:
      "Types of dynamic and other providers that create tables, by type token, with the type whose properties they have: `pulumi-nodejs:dynamic:Resource` as `aws:dynamodb/table:Table`.",
  },
};

type TableDefinition<C> = Definition<C> & {
  /** Whether the policy is in force with this configuration. Default: always. */
  applies?(configuration: C): boolean;
  /** Verdicts on what is declared beside tables; undefined if the policy has nothing to do with its type. */
  others?(resource: Declared, configuration: C): readonly Verdict[] | undefined;
};

/** Defines a policy that judges each copy of a table. */
export function tablePolicy<C>(
  definition: TableDefinition<C> & {
    /** Verdicts on one copy, from what is written. */
    check(copy: TableCopy, configuration: C): readonly Verdict[];
    /** Paths of the properties that these verdicts rest on. */
    properties(copy: TableCopy, configuration: C): readonly string[];
    /** What to set on a copy. Default: nothing can be mended safely. */
    mend?(copy: TableCopy, configuration: C): readonly Change[];
  },
): Policy {
  return overTables(definition, {
    check: (view, configuration) =>
      view.copies.flatMap((copy) => [
        ...(copy.unwritten ? [] : definition.check(copy, configuration)),
        ...unchanged(copy.label, view.ignored(definition.properties(copy, configuration))),
      ]),
    ...(definition.mend && {
      mend: (view, configuration) =>
        view.copies.flatMap((copy) => (copy.unwritten ? [] : definition.mend!(copy, configuration))),
    }),
  });
}

/** Defines a policy that judges what is the same in all copies of a table. */
export function settingsPolicy<C>(
  definition: TableDefinition<C> & {
    /** Verdicts on a table, from what is written. */
    check(settings: TableSettings, view: TableView, configuration: C): readonly Verdict[];
    /** Paths of the properties that these verdicts rest on. */
    properties(settings: TableSettings, configuration: C): readonly string[];
  },
): Policy {
  return overTables(definition, {
    check: (view, configuration) =>
      view.settings === undefined
        ? []
        : [
            ...definition.check(view.settings, view, configuration),
            ...unchanged(view.label, view.ignored(definition.properties(view.settings, configuration))),
          ],
  });
}

/** Defines a policy that judges a table as a whole, and says itself what changes that are ignored mean. */
export function viewPolicy<C>(
  definition: TableDefinition<C> & { check(view: TableView, configuration: C): readonly Verdict[] },
): Policy {
  return overTables(definition, { check: definition.check });
}

function overTables<C>(
  definition: TableDefinition<C>,
  judge: {
    check(view: TableView, configuration: C): readonly Verdict[];
    mend?(view: TableView, configuration: C): readonly Change[];
  },
): Policy {
  const shared = { ...definition.configuration, ...tableTypesSchema };
  const { configuration, read, rest } = configurationOf<C & Shared>({
    ...definition,
    configuration: shared,
  } as Definition<C & Shared>);
  const { applies = () => true, others = () => undefined } = definition;
  return {
    ...definition,
    ...rest,
    configuration,
    check: (resource, given) => {
      const values = read(given);
      const found = declarations(resource, values.tableTypes);
      const tables = tablesIn(found);
      const beside = found.declared.map((each) => others(each, values)).filter((verdicts) => verdicts !== undefined);
      if (!tables && beside.length === 0) return undefined;
      if (!applies(values)) return [compliant];
      return [
        ...(tables?.views ?? []).flatMap((view) => judge.check(view, values)),
        ...(tables?.unreadable ?? []).map(unreadableVerdict),
        ...beside.flat(),
      ];
    },
    ...(judge.mend && {
      mend: (resource: PolicyResource, given: object) => {
        const values = read(given);
        const views = tablesOf(resource, values.tableTypes)?.views ?? [];
        return views.filter(({ direct }) => direct).flatMap((view) => judge.mend!(view, values));
      },
    }),
  };
}
