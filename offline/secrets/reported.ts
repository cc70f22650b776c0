import type { Configuration } from "../configuration";

/** Environment variable with the number of the file descriptor on which `preload.cjs` reports. */
export const reportsVariable = "DYNAMODB_DETECTIVE_REPORTS";

/** The secret that a line of `preload.cjs` tells of: what a configuration key holds, or a value. */
export function reportedSecret(line: string, { values }: Configuration): string | undefined {
  try {
    const { key, value } = JSON.parse(line) as { key?: string; value?: string };
    return key === undefined ? value : values[key];
  } catch {
    // The program itself can write there, too.
    return undefined;
  }
}
