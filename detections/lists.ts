import type { Condition } from "./condition";
import { differs, equals, fieldsOf } from "./condition";

/**
 * What only a deployment knows, as lists of texts.
 *
 * - `tableKeyArns`: keys that encrypt tables.
 * - `decoyTableArns`: tables that nobody has a reason to touch.
 * - `trustedAccounts`: ids of other accounts that may use tables.
 */
export const listNames = ["tableKeyArns", "decoyTableArns", "trustedAccounts"] as const;
export type ListName = (typeof listNames)[number];
export type Lists = Partial<Readonly<Record<ListName, readonly string[]>>>;

/** Stands in conditions for each value of a list; `bindLists` puts them in. */
const standIn = (list: ListName): string => `<${list}>`;

/** The lists that a condition asks for values of. */
export const listsIn = (condition: Condition): ListName[] =>
  listNames.filter((list) =>
    fieldsOf(condition).some((leaf) => leaf.kind === "equals" && String(leaf.value).includes(standIn(list))),
  );

/** The field is one of the list, with this behind it (`*` for any text). Left out where the list is empty. */
export const oneOfList = (field: string, list: ListName, suffix = ""): Condition =>
  equals(field, `${standIn(list)}${suffix}`);

/** The field is missing or none of the list. Left out where the list is empty. */
export const noneOfList = (field: string, list: ListName): Condition => differs(field, standIn(list));

/**
 * The condition with a deployment's own lists. A part about an empty list is left out: of an `all` it asks for nothing, of an
 * `any` it adds nothing.
 */
export function bindLists(condition: Condition, lists: Lists): Condition {
  return bound(condition, lists) ?? { kind: "all", of: [] };
}

function bound(condition: Condition, lists: Lists): Condition | undefined {
  switch (condition.kind) {
    case "all":
    case "any": {
      const of = condition.of.map((part) => bound(part, lists)).filter((part) => part !== undefined);
      return of.length === 0 ? undefined : { ...condition, of };
    }
    case "equals": {
      const values = valuesOf(condition.value, lists);
      if (values.length === 0) return undefined;
      const of = values.map((value) => ({ ...condition, value }));
      return of.length === 1 ? of[0] : { kind: "any", of };
    }
    case "differs": {
      const values = condition.values.flatMap((value) => valuesOf(value, lists));
      return values.length === 0 ? undefined : { ...condition, values };
    }
    default:
      return condition;
  }
}

function valuesOf(value: string | number, lists: Lists): (string | number)[] {
  const list = listNames.find((name) => typeof value === "string" && value.includes(standIn(name)));
  if (list === undefined) return [value];
  return [...new Set(lists[list] ?? [])].map((text) => String(value).replace(standIn(list), text));
}
