/**
 * A wrong argument. Thrown before anything is registered. The message names the argument, the value and what is
 * allowed; `index.ts` prints the argument's path as configuration key.
 */
export class ArgumentError extends Error {
  constructor(
    /** Path of the argument, for example `detections.table-scanned.threshold`. */
    readonly argument: string,
    /** What is wrong and what to write instead. */
    readonly problem: string,
  ) {
    super(`${argument}: ${problem}`);
    this.name = "ArgumentError";
  }
}
