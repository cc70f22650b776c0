import type { SelectorStep } from "./ast";

/** The value that a selector leads to; `undefined` where the event has no such field. JSON has no `undefined`. */
type Read = (event: unknown) => unknown;

/**
 * A test of the value that a selector leads to, as a predicate on events. With a wildcard step the event matches when any
 * of the values does; absent values are not asked.
 */
export function testAt(steps: readonly SelectorStep[], test: (value: unknown) => boolean): (event: unknown) => boolean {
  const wildcard = steps.findIndex(({ kind }) => kind === "anyElement" || kind === "anyField");
  if (wildcard < 0) {
    const read = reader(steps);
    return (event) => test(read(event));
  }
  const read = reader(steps.slice(0, wildcard));
  const testRest = testAt(steps.slice(wildcard + 1), (value) => value !== undefined && test(value));
  return steps[wildcard]!.kind === "anyElement"
    ? (event) => {
        const array = read(event);
        return Array.isArray(array) && array.some(testRest);
      }
    : (event) => {
        const object = read(event);
        if (!isObject(object)) return false;
        for (const key in object) if (testRest(object[key])) return true;
        return false;
      };
}

/** The value at a selector without wildcards. */
export function reader(steps: readonly SelectorStep[]): Read {
  const reads = steps.map(stepReader);
  const [first, second, third] = reads;
  if (!first) return (event) => event;
  if (!second) return first;
  if (!third) return (event) => second(first(event));
  if (reads.length === 3) return (event) => third(second(first(event)));
  return (event) => {
    let value = event;
    for (const read of reads) {
      value = read(value);
      if (value === undefined) return undefined;
    }
    return value;
  };
}

/** Names that every object or array has without the event saying so, and array indices written as keys. */
const isInherited = (name: string): boolean => name in Array.prototype || /^\d+$/.test(name);

function stepReader(step: SelectorStep): Read {
  if (step.kind === "index") {
    const { index } = step;
    return (value) => (Array.isArray(value) ? value[index] : undefined);
  }
  if (step.kind !== "key") throw new Error(`a wildcard step (${step.kind}) leads to no single value`);
  const { name } = step;
  if (isInherited(name)) return (value) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);
  return (value) =>
    typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
