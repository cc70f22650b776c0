import { createHmac } from "node:crypto";
import type { AttributeValue } from "aws-lambda";
import type { ChangeKind, ItemChange } from "./itemChange";

/**
 * How the log shows which item changed.
 *
 * - `hashed`: a digest, the same for every change of one item, so that its history can be followed. It is a pseudonym and
 *   no encryption: who knows the table's ARN can confirm a guessed key.
 * - `plain`: the key itself. Only where keys are no personal data.
 * - `none`: nothing.
 */
export const keyDisplays = ["hashed", "plain", "none"] as const;
export type KeyDisplay = (typeof keyDisplays)[number];

/** What is logged about one change. Holds no attribute value, except the key's own where `plain` is chosen. */
export interface ChangeLine {
  eventId: string;
  table: string;
  kind: ChangeKind;
  changedAt: string;
  keyDigest?: string;
  key?: Record<string, AttributeValue>;
  changedAttributes?: string[];
  /** How many more attributes changed than are named. */
  moreChangedAttributes?: number;
}

/** Changes by kind. */
export type Counts = Record<ChangeKind, number>;

/** An item may have thousands of attributes; a log line should stay readable. */
const namedAttributes = 50;
/** More than a few of the largest batches; about 0.5 MB of memory. */
const rememberedEvents = 50_000;

/** Turns item changes into redacted log lines, and counts them per table. */
export class StreamMonitor {
  private readonly seen = new Set<string>();
  private counts = new Map<string, Counts>();

  constructor(private readonly keyDisplay: KeyDisplay) {}

  /**
   * The line to log, or undefined for a change that was counted before. Lambda delivers the records after a failed one
   * again with every retry; without this memory one bad record would multiply the counts of its neighbours.
   */
  observe(change: ItemChange): ChangeLine | undefined {
    if (this.seen.has(change.eventId)) return undefined;
    this.remember(change.eventId);

    const counts = this.counts.get(change.tableName) ?? { INSERT: 0, MODIFY: 0, REMOVE: 0, EXPIRE: 0 };
    counts[change.kind] += 1;
    this.counts.set(change.tableName, counts);
    return toLine(change, this.keyDisplay);
  }

  /** Counts by table since the last call. */
  takeCounts(): Map<string, Counts> {
    const taken = this.counts;
    this.counts = new Map();
    return taken;
  }

  private remember(eventId: string): void {
    this.seen.add(eventId);
    if (this.seen.size <= rememberedEvents) return;
    const [oldest] = this.seen; // a Set keeps the order of insertion
    if (oldest !== undefined) this.seen.delete(oldest);
  }
}

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

/**
 * First 128 bits of HMAC-SHA-256 over the key, keyed with the table's ARN: equal keys of two tables differ, and a digest
 * of one table says nothing about another.
 */
function digestOf({ tableArn, keys }: ItemChange): string {
  const inOrder = Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHmac("sha256", tableArn).update(JSON.stringify(inOrder)).digest("hex").slice(0, 32);
}
