/** A filter pattern that CloudWatch Logs would refuse, or that its documentation does not allow. */
export class FilterPatternError extends Error {
  constructor(
    /** Offset of the offending character, from 0. */
    readonly position: number,
    /** What is wrong and what to write instead. */
    readonly reason: string,
  ) {
    super(`filter pattern, offset ${position}: ${reason}`);
    this.name = "FilterPatternError";
  }
}
