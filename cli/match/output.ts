/** Large enough that a write costs little, small enough that a reader sees events soon. */
const batchSize = 64 * 1024;

/** Lines to a stream, in batches, no faster than it takes them. */
export class Output {
  private batch: string[] = [];
  private size = 0;
  private closed = false;
  private wake: () => void = () => undefined;

  constructor(private readonly stream: NodeJS.WriteStream) {
    // A reader that goes away, such as `head`, is no error.
    for (const event of ["error", "close"]) {
      stream.on(event, () => {
        this.closed = true;
        this.wake();
      });
    }
    stream.on("drain", () => this.wake());
  }

  /** False when nobody reads any more. */
  async line(text: string): Promise<boolean> {
    this.batch.push(text);
    this.size += text.length;
    if (this.size >= batchSize || this.stream.isTTY) await this.end();
    return !this.closed;
  }

  /** Writes what is left. */
  async end(): Promise<void> {
    if (this.batch.length === 0 || this.closed) return;
    const text = `${this.batch.join("\n")}\n`;
    this.batch = [];
    this.size = 0;
    if (this.stream.write(text)) return;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
    });
  }
}
