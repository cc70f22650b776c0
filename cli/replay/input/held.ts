const nothing = Buffer.alloc(0);

/** Bytes that wait for more, joined in memory that is used again: to join them anew for each chunk would leave large buffers. */
export class Held {
  private memory = nothing;
  private bytes: Buffer = nothing;

  clear(): void {
    this.bytes = nothing;
  }

  /** What is held, followed by a chunk. Good until the next call; where nothing was held, the chunk itself. */
  add(chunk: Buffer): Buffer {
    const held = this.bytes;
    if (held.length === 0) {
      this.bytes = chunk;
      return chunk;
    }
    const length = held.length + chunk.length;
    if (length > this.memory.length) this.memory = Buffer.allocUnsafe(Math.max(length, 2 * this.memory.length));
    held.copy(this.memory); // it may be in this memory, or in what was it before, or in a chunk
    chunk.copy(this.memory, held.length);
    this.bytes = this.memory.subarray(0, length);
    return this.bytes;
  }

  /** Forgets what is before an offset. */
  keepFrom(offset: number): void {
    this.bytes = this.bytes.subarray(offset);
  }
}
