/** Ends a preview with exit code 2: wrong usage, wrong configuration, or a program or policy pack that failed. */
export class PreviewError extends Error {
  constructor(
    message: string,
    /** Lines that help to find the place, printed below the message. */
    readonly details: readonly string[] = [],
  ) {
    super(message);
    this.name = "PreviewError";
  }
}
