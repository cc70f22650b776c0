/** More than a few of the largest batches; some 10 MB of memory for ids of AWS's length. */
const remembered = 50_000;

/** Remembers the newest texts, and forgets the oldest. */
export class RecentSet {
  private readonly texts = new Set<string>();

  has(text: string): boolean {
    return this.texts.has(text);
  }

  add(text: string): void {
    this.texts.add(text);
    if (this.texts.size <= remembered) return;
    const [oldest] = this.texts; // a Set keeps the order of insertion
    if (oldest !== undefined) this.texts.delete(oldest);
  }
}
