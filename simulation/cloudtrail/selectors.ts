import type { CloudTrailRecord } from "../../detections/event/record";
import { InputError } from "../inputError";
import { categoryOf, readOnlyOf, resourcesOf } from "./category";

/** Whether a trail's selectors take an event. */
export type EventTest = (record: CloudTrailRecord) => boolean;

/** Operators of a field selector, as the Pulumi inputs spell them. */
const positive = ["equals", "startsWiths", "endsWiths"] as const;
const negative = ["notEquals", "notStartsWiths", "notEndsWiths"] as const;
type Operator = (typeof positive)[number] | (typeof negative)[number];

const tests: Record<(typeof positive)[number], (value: string, operand: string) => boolean> = {
  equals: (value, operand) => value === operand,
  startsWiths: (value, operand) => value.startsWith(operand),
  endsWiths: (value, operand) => value.endsWith(operand),
};
const positiveOf = { notEquals: "equals", notStartsWiths: "startsWiths", notEndsWiths: "endsWiths" } as const;

/**
 * Values of one field by operator: the event's value must meet one of the positive ones, if there are any, and none of the
 * negative ones (CloudTrail user guide, "Filtering data events by using advanced event selectors", "How CloudTrail
 * evaluates multiple conditions for a field").
 */
export function fieldTest(operators: Partial<Record<Operator, readonly string[]>>): (value: string) => boolean {
  const wanted = positive.flatMap((operator) => testsOf(operator, operators[operator]));
  const refused = negative.flatMap((operator) => testsOf(positiveOf[operator], operators[operator]));
  return (value) =>
    !refused.some((meets) => meets(value)) && (wanted.length === 0 || wanted.some((meets) => meets(value)));
}

const testsOf = (
  operator: (typeof positive)[number],
  operands: readonly string[] = [],
): ((value: string) => boolean)[] => operands.map((operand) => (value) => tests[operator](value, operand));

/** Values of a single-valued field; a field that the event lacks is the empty text. */
const fields: Record<string, (record: CloudTrailRecord) => string> = {
  eventCategory: categoryOf,
  eventName: (record) => String(record.eventName ?? ""),
  eventSource: (record) => String(record.eventSource ?? ""),
  eventType: (record) => String(record.eventType ?? ""),
  errorCode: (record) => String(record.errorCode ?? ""),
  readOnly: readOnlyOf,
  sessionCredentialFromConsole: (record) => String(record.sessionCredentialFromConsole ?? ""),
  "userIdentity.arn": (record) => String(record.userIdentity?.arn ?? ""),
  vpcEndpointId: (record) => String(record.vpcEndpointId ?? ""),
};
const resourceFields = ["resources.type", "resources.ARN"];

interface FieldSelector extends Partial<Record<Operator, readonly string[]>> {
  field: string;
}

/** Advanced event selectors of a trail: conditions are ANDed, selectors are ORed. */
export function advancedSelectors(trail: string, selectors: readonly unknown[]): EventTest {
  const alternatives = selectors.map((selector, i) => {
    const path = `advancedEventSelectors[${i}]`;
    const list = (selector as { fieldSelectors?: unknown } | null)?.fieldSelectors ?? [];
    if (!isFieldSelectors(list)) {
      throw new InputError(trail, path, 'its fieldSelectors are no list of { field: "…", equals: ["…"] }');
    }
    return advancedSelector(trail, path, list);
  });
  return (record) => alternatives.some((takes) => takes(record));
}

const isFieldSelectors = (value: unknown): value is FieldSelector[] =>
  Array.isArray(value) &&
  value.every(
    (each: FieldSelector | null) =>
      typeof each?.field === "string" &&
      [...positive, ...negative].every((operator) => each[operator] === undefined || Array.isArray(each[operator])),
  );

function advancedSelector(trail: string, path: string, list: readonly FieldSelector[]): EventTest {
  const conditions: EventTest[] = [];
  for (const selector of list) {
    if (resourceFields.includes(selector.field)) continue;
    const read = fields[selector.field];
    if (!read) {
      throw new InputError(
        trail,
        path,
        `unknown field "${selector.field}". Known: ${[...Object.keys(fields), ...resourceFields].sort().join(", ")}.`,
      );
    }
    const test = fieldTest(selector);
    conditions.push((record) => test(read(record)));
  }
  checkRequired(trail, path, list);
  const onResources = resourceTest(list.filter(({ field }) => resourceFields.includes(field)));
  if (onResources) conditions.push(onResources);
  return (record) => conditions.every((takes) => takes(record));
}

/** CloudTrail API reference, AdvancedFieldSelector: what a selector of each category must name. */
function checkRequired(trail: string, path: string, list: readonly FieldSelector[]): void {
  for (const selector of list) {
    if ([...positive, ...negative].some((operator) => selector[operator]?.length)) continue;
    throw new InputError(trail, path, `${selector.field} has no operator with a value. Write equals: ["…"].`);
  }
  const valuesOf = (name: string): readonly string[] | undefined => list.find(({ field }) => field === name)?.equals;
  const category = valuesOf("eventCategory");
  if (!category) throw new InputError(trail, path, 'lacks eventCategory with equals, for example ["Management"].');
  if (category.includes("Data") && !valuesOf("resources.type")) {
    throw new InputError(trail, path, 'lacks resources.type with equals, for example ["AWS::DynamoDB::Table"].');
  }
}

/** Reading `several-resources`: one resource of the event meets all conditions on resources. */
function resourceTest(list: readonly FieldSelector[]): EventTest | undefined {
  if (list.length === 0) return undefined;
  const conditions = list.map((selector) => ({
    read: selector.field === "resources.type" ? ("type" as const) : ("ARN" as const),
    test: fieldTest(selector),
  }));
  const ofTables = list.some(
    ({ field, equals }) => field === "resources.type" && equals?.includes("AWS::DynamoDB::Table"),
  );
  return (record) =>
    resourcesOf(record).some((resource) =>
      conditions.every(({ read, test }) => {
        if (test(resource[read])) return true;
        // "A Table selector records both table and stream API activity" (same page).
        return read === "type" && ofTables && resource.type === "AWS::DynamoDB::Stream";
      }),
    );
}

/** Services whose management events a basic selector may leave out. */
interface BasicSelector {
  readWriteType?: "All" | "ReadOnly" | "WriteOnly";
  includeManagementEvents?: boolean;
  excludeManagementEventSources?: readonly string[];
  dataResources?: readonly { type: string; values: readonly string[] }[];
}

/**
 * Basic event selectors (CloudTrail API reference, EventSelector and DataResource). An ARN covers what begins with it;
 * `arn:<partition>:dynamodb` alone covers every table of the account.
 */
export function basicSelectors(selectors: readonly unknown[]): EventTest {
  const alternatives = (selectors as readonly BasicSelector[]).map(basicSelector);
  return (record) => alternatives.some((takes) => takes(record));
}

function basicSelector(selector: BasicSelector): EventTest {
  const {
    readWriteType = "All",
    includeManagementEvents = true,
    excludeManagementEventSources = [],
    dataResources = [],
  } = selector;
  return (record) => {
    if (readWriteType !== "All" && (readWriteType === "ReadOnly") !== (readOnlyOf(record) === "true")) return false;
    switch (categoryOf(record)) {
      case "Management":
        return includeManagementEvents && !excludeManagementEventSources.includes(String(record.eventSource));
      case "Data":
        return dataResources.some(({ type, values }) =>
          resourcesOf(record).some((found) => covers(type, values, found)),
        );
      default:
        return false;
    }
  };
}

function covers(type: string, values: readonly string[], found: { type: string; ARN: string }): boolean {
  if (found.type !== type) return false;
  return values.some((value) => {
    if (/^arn:[^:]+:[a-z0-9]+$/.test(value)) return found.ARN === "" || found.ARN.startsWith(`${value}:`);
    // A table's ARN covers the table and what is under it, not tables whose names begin with its name.
    if (type.startsWith("AWS::DynamoDB")) return found.ARN === value || found.ARN.startsWith(`${value}/`);
    return found.ARN.startsWith(value);
  });
}

/** A trail without selectors logs all management events and nothing else (CloudTrail user guide, "Logging management events"). */
export const defaultSelectors: EventTest = (record) => categoryOf(record) === "Management";
