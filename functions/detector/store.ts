import type { StateDocument } from "./document";

/** Where documents are kept. */
export interface StateStore {
  /** Those that are there, by key, and the keys that could not be read. Expired ones may be among them. */
  read(keys: readonly string[]): Promise<{ documents: Map<string, StateDocument>; unread: string[] }>;
  /** Writes the next version. False: somebody else wrote first. Rejects where the store fails. */
  write(document: StateDocument): Promise<boolean>;
  /** When a detection began to learn: `now` at its first call, what that was at later ones. */
  learningSince(detection: string, now: number): Promise<number>;
}

/** Documents by key, of which the one used longest ago is dropped when there are too many. */
export class DocumentCache {
  private readonly documents = new Map<string, StateDocument>();

  constructor(private readonly most: number) {}

  get(key: string): StateDocument | undefined {
    const found = this.documents.get(key);
    if (found) this.set(found);
    return found;
  }

  set(document: StateDocument): void {
    this.documents.delete(document.key);
    this.documents.set(document.key, document);
    if (this.documents.size <= this.most) return;
    const [oldest] = this.documents.keys(); // a Map keeps the order of insertion
    this.documents.delete(oldest!);
  }

  delete(key: string): void {
    this.documents.delete(key);
  }

  get size(): number {
    return this.documents.size;
  }
}
