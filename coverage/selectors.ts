import type { RegisteredResource } from "../stack/registered";

interface FieldSelector {
  field: string;
  [operator: string]: unknown;
}

/** Advanced event selectors of a trail, each as a list of its conditions. */
export function selectorsOf(trail: RegisteredResource): FieldSelector[][] {
  const selectors = trail.inputs["advancedEventSelectors"];
  if (!Array.isArray(selectors)) return [];
  return selectors.map((selector) => (selector as { fieldSelectors?: FieldSelector[] }).fieldSelectors ?? []);
}

/** Trails that log a category of events, for data events of a resource type. */
export function logs(trail: RegisteredResource, category: "Management" | "Data", resourceType?: string): boolean {
  return selectorsOf(trail).some(
    (fields) =>
      holds(fields, "eventCategory", category) &&
      (resourceType === undefined || holds(fields, "resources.type", resourceType)),
  );
}

/** The trail leaves AWS KMS out of its management events. */
export function leavesOutKms(trail: RegisteredResource): boolean {
  return selectorsOf(trail)
    .filter((fields) => holds(fields, "eventCategory", "Management"))
    .every((fields) => fields.some((f) => f.field === "eventSource" && includes(f["notEquals"], "kms.amazonaws.com")));
}

/** Values over all selectors of a trail; AWS allows 500. */
export function selectorValues(trail: RegisteredResource): number {
  return selectorsOf(trail)
    .flat()
    .flatMap(({ field: _, ...operators }) => Object.values(operators))
    .reduce<number>((sum, values) => sum + (Array.isArray(values) ? values.length : 0), 0);
}

const holds = (fields: FieldSelector[], field: string, value: string): boolean =>
  fields.some((selector) => selector.field === field && includes(selector["equals"], value));

const includes = (values: unknown, value: string): boolean => Array.isArray(values) && values.includes(value);
