import type { CloudTrailRecord } from "../../simulation";

/** Events of one generation; two are remembered. */
const generation = 5_000;

/**
 * Knows events that another file holds too: two trails that deliver into one bucket, or a copy of a folder. An event that
 * one file holds twice is no copy. Remembers the last 5,000 to 10,000 events that it was asked about.
 */
export class Copies {
  private newer = new Map<string, number>();
  private older = new Map<string, number>();

  /** `file`: the number of the file that the event is in. */
  isCopy({ eventID, eventTime, eventName }: CloudTrailRecord, file: number): boolean {
    // The id alone would do for events of AWS; made-up ones may share theirs.
    if (typeof eventID !== "string" || eventID === "") return false;
    const key = `${eventID} ${eventTime} ${eventName}`;
    const first = this.newer.get(key) ?? this.older.get(key);
    if (first !== undefined) return first !== file;
    if (this.newer.size === generation) [this.older, this.newer] = [this.newer, new Map()];
    this.newer.set(key, file);
    return false;
  }
}
