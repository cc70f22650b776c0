/** A resource input that the simulation cannot use. */
export class InputError extends Error {
  constructor(
    /** Logical name of the resource. */
    readonly resource: string,
    /** Path of the input. */
    readonly input: string,
    /** What is wrong and what to write instead. */
    readonly problem: string,
  ) {
    super(`${resource}, ${input}: ${problem}`);
    this.name = "InputError";
  }
}
