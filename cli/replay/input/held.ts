/** Bytes that wait for more, in memory that is used again: to join them anew for each chunk would leave large buffers behind. */
export class Held {
  private memory = Buffer.allocUnsafe(0);
  private length = 0;

  clear(): void {
    this.length = 0;
  }

  /** What is held, followed by a chunk. Good until the next call. */
  add(chunk: Buffer): Buffer {
    const length = this.length + chunk.length;
    if (length > this.memory.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.memory.length));
      this.memory.copy(larger, 0, 0, this.length);
      this.memory = larger;
    }
    chunk.copy(this.memory, this.length);
    this.length = length;
    return this.memory.subarray(0, length);
  }

  /** Forgets what is before an offset. */
  keepFrom(offset: number): void {
    this.memory.copyWithin(0, offset, this.length);
    this.length -= offset;
  }
}
