import { type RegisteredResource, unknownText } from "../stack/registered";

interface FieldSelector {
  field: string;
  [operator: string]: unknown;
}

/** A basic event selector (CloudTrail API reference, EventSelector). */
interface BasicSelector {
  includeManagementEvents?: unknown;
  excludeManagementEventSources?: unknown;
  dataResources?: unknown;
}

/** Three-valued: what hangs on a value that is known after deployment only is `undefined`. */
export type Answer = boolean | undefined;

/** Advanced event selectors of a trail, each as a list of its conditions. */
export function selectorsOf(trail: RegisteredResource): FieldSelector[][] {
  const selectors = trail.inputs["advancedEventSelectors"];
  if (!Array.isArray(selectors)) return [];
  return selectors.map((selector) => (selector as { fieldSelectors?: FieldSelector[] }).fieldSelectors ?? []);
}

/** Whether a trail logs management events. */
export const logsManagement = (trail: RegisteredResource): Answer =>
  anySelector(trail, {
    withoutSelectors: true,
    advanced: (fields) => holds(fields, "eventCategory", "Management"),
    basic: managementOf,
  });

/** Whether a trail logs management events of AWS KMS. */
export const logsKms = (trail: RegisteredResource): Answer =>
  anySelector(trail, {
    withoutSelectors: true,
    advanced: (fields) =>
      both(
        holds(fields, "eventCategory", "Management"),
        ...fields.filter(({ field }) => field === "eventSource").map(({ notEquals }) => not(includes(notEquals, kms))),
      ),
    basic: (selector) => both(managementOf(selector), not(includes(selector.excludeManagementEventSources, kms))),
  });

const kms = "kms.amazonaws.com";

/** Whether a trail logs data events of a type of resource. */
export const logsData = (trail: RegisteredResource, resourceType: string): Answer =>
  anySelector(trail, {
    withoutSelectors: false,
    advanced: (fields) => both(holds(fields, "eventCategory", "Data"), holds(fields, "resources.type", resourceType)),
    basic: ({ dataResources }) =>
      includes(dataResources, resourceType, (resource) => (resource as { type?: unknown }).type),
  });

/** Values over all selectors of a trail; AWS allows 500. */
export function selectorValues(trail: RegisteredResource): number {
  return selectorsOf(trail)
    .flat()
    .flatMap(({ field: _, ...operators }) => Object.values(operators))
    .reduce<number>((sum, values) => sum + (Array.isArray(values) ? values.length : 0), 0);
}

interface Question {
  /** Without selectors a trail logs management events and nothing else (CloudTrail user guide, "Logging management events"). */
  withoutSelectors: boolean;
  advanced(fields: FieldSelector[]): Answer;
  basic(selector: BasicSelector): Answer;
}

function anySelector(trail: RegisteredResource, { withoutSelectors, advanced, basic }: Question): Answer {
  const { advancedEventSelectors, eventSelectors } = trail.inputs;
  if (advancedEventSelectors === unknownText || eventSelectors === unknownText) return undefined;
  if (Array.isArray(eventSelectors) && eventSelectors.length > 0) {
    return either(eventSelectors.map((selector) => basic(selector as BasicSelector)));
  }
  const selectors = selectorsOf(trail);
  return selectors.length === 0 ? withoutSelectors : either(selectors.map(advanced));
}

/** AWS's default for a basic selector is to log them. */
const managementOf = ({ includeManagementEvents = true }: BasicSelector): Answer => is(includeManagementEvents, true);

const holds = (fields: FieldSelector[], field: string, value: string): Answer =>
  either(fields.filter((selector) => selector.field === field).map(({ equals }) => includes(equals, value)));

function includes(values: unknown, wanted: string, of = (value: unknown): unknown => value): Answer {
  if (values === unknownText) return undefined;
  return Array.isArray(values) && either(values.map((value) => is(value === unknownText ? value : of(value), wanted)));
}

const is = (value: unknown, wanted: unknown): Answer => (value === unknownText ? undefined : value === wanted);

const not = (answer: Answer): Answer => (answer === undefined ? undefined : !answer);

const either = (answers: readonly Answer[]): Answer =>
  answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;

const both = (...answers: Answer[]): Answer => not(either(answers.map(not)));
