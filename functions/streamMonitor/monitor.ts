import type { AttributeValue } from "aws-lambda";
import type { ItemChangeKind } from "../../detections/itemRule";
import type { Findings } from "./findings";
import type { ItemChange } from "./itemChange";
import { digestOf, type KeyDisplay } from "./keyDisplay";
import { RecentSet } from "./recentSet";

/** What is logged about one change. Holds no attribute value, except the key's own where `plain` is chosen. */
export interface ChangeLine {
  eventId: string;
  table: string;
  kind: ItemChangeKind;
  changedAt: string;
  keyDigest?: string;
  key?: Record<string, AttributeValue>;
  changedAttributes?: string[];
  /** How many more attributes changed than are named. */
  moreChangedAttributes?: number;
}

/** Changes of a table. */
export interface Counts {
  kinds: Record<ItemChangeKind, number>;
  /** Changes that a detection matches, by its id. */
  detections: Map<string, number>;
}

/** An item may have thousands of attributes; a log line should stay readable. */
const namedAttributes = 50;

/** Turns item changes into redacted log lines, counts them per table, and asks the detections about them. */
export class StreamMonitor {
  private readonly seen = new RecentSet();
  private counts = new Map<string, Counts>();

  constructor(
    private readonly keyDisplay: KeyDisplay,
    private readonly findings: Findings,
  ) {}

  /**
   * The line to log, or undefined for a change that was counted before. Lambda delivers the records after a failed one
   * again with every retry; without this memory one bad record would multiply the counts of its neighbours.
   */
  observe(change: ItemChange): ChangeLine | undefined {
    const isNew = !this.seen.has(change.eventId);
    const matching = this.findings.observe(change, isNew);
    if (!isNew) return undefined;
    this.seen.add(change.eventId);

    const counts = this.counts.get(change.tableName) ?? noCounts();
    counts.kinds[change.kind] += 1;
    for (const id of matching) counts.detections.set(id, (counts.detections.get(id) ?? 0) + 1);
    this.counts.set(change.tableName, counts);
    return toLine(change, this.keyDisplay);
  }

  /** Counts by table since the last call. */
  takeCounts(): Map<string, Counts> {
    const taken = this.counts;
    this.counts = new Map();
    return taken;
  }
}

const noCounts = (): Counts => ({ kinds: { INSERT: 0, MODIFY: 0, REMOVE: 0, EXPIRE: 0 }, detections: new Map() });

function toLine(change: ItemChange, keyDisplay: KeyDisplay): ChangeLine {
  const { eventId, tableName, kind, changedAt, changedAttributes } = change;
  return {
    eventId,
    table: tableName,
    kind,
    changedAt,
    ...(keyDisplay === "hashed" ? { keyDigest: digestOf(change) } : {}),
    ...(keyDisplay === "plain" ? { key: change.keys } : {}),
    ...(changedAttributes ? { changedAttributes: changedAttributes.slice(0, namedAttributes) } : {}),
    ...(changedAttributes && changedAttributes.length > namedAttributes
      ? { moreChangedAttributes: changedAttributes.length - namedAttributes }
      : {}),
  };
}
