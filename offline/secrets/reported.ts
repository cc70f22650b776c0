import type { Configuration } from "../configuration";

/** Environment variable with the number of the file descriptor on which `preload.cjs` reports. */
export const reportsVariable = "DYNAMODB_DETECTIVE_REPORTS";

/** What a line of `preload.cjs` tells of. */
export interface Reported {
  /** A secret: what a configuration key holds, or a value. */
  secret?: string;
  /** A namespace of the configuration that the program reads. */
  namespace?: string;
}

export function reported(line: string, { values }: Configuration): Reported {
  try {
    const { key, value, namespace } = JSON.parse(line) as { key?: string; value?: string; namespace?: string };
    const secret = key === undefined ? value : values[key];
    return { ...(secret !== undefined && { secret }), ...(namespace !== undefined && { namespace }) };
  } catch {
    // The program itself can write there, too.
    return {};
  }
}
