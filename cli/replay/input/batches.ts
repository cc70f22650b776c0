import { type Content, Unreadable } from "./content";
import type { Batch, Splitter } from "./splitter";

/** What a file holds, stretch by stretch; last, why the rest of it cannot be read. */
export async function* batches(content: Content, splitter: Splitter): AsyncGenerator<Batch | Unreadable> {
  try {
    for await (const chunk of content) {
      yield splitter.push(chunk);
      if (splitter.isHopeless) return;
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    // That the text ends early then follows from it.
    yield error;
    return;
  }
  yield splitter.end();
}
