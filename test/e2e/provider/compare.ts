import type { Json, Properties } from "./resourceType";

/**
 * Whether the account reports what the program wrote. Objects may say more (what AWS adds by default), lists may not;
 * text that is JSON is compared by meaning.
 */
export function agrees(written: Json, reported: Json): boolean {
  if (isNothing(written)) return isNothing(reported);
  if (Array.isArray(written)) {
    return (
      Array.isArray(reported) &&
      written.length === reported.length &&
      written.every((element, i) => agrees(element, reported[i]))
    );
  }
  if (isObject(written)) {
    return isObject(reported) && Object.entries(written).every(([key, value]) => agrees(value, reported[key]));
  }
  if (typeof written === "string" && typeof reported === "string" && written !== reported) {
    const [a, b] = [parsed(written), parsed(reported)];
    return a !== undefined && b !== undefined && canonical(a) === canonical(b);
  }
  return written === reported;
}

/** The same text for equal values, in whatever order their keys are. */
export function canonical(value: Json): string {
  return JSON.stringify(value, (_, inner) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

export const isObject = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isNothing(value: Json): boolean {
  if (value === undefined || value === null) return true;
  return (Array.isArray(value) ? value : isObject(value) ? Object.keys(value) : [1]).length === 0;
}

function parsed(text: string): Json {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
