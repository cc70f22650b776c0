/** A text that was read, or why it could not be. */
export type Parsed = { value: unknown } | { problem: string };

/** Reads JSON without throwing: for callers that must tell a mistake from a crash. */
export function parseJson(text: string, reviver?: (key: string, value: unknown) => unknown): Parsed {
  try {
    return { value: JSON.parse(text, reviver) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}
