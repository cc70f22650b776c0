import type { DeployedDetection } from "../../detections/deployedDetection";
import type { CloudTrailRecord } from "../../detections/event/record";
import type { Finding } from "../finding";
import {
  type Advanced,
  advanceDocument,
  type GroupSightings,
  grouped,
  noDocument,
  type StateDocument,
} from "./document";
import { type CountryOf, sightingsOf, type Watched, watchedOf } from "./observe";
import { DocumentCache, type StateStore } from "./store";
import { type RecordSighting, toFinding } from "./toFinding";

export interface DetectorOptions {
  store: StateStore;
  countryOf: CountryOf;
  /** Milliseconds. Default: the clock. */
  now?: () => number;
  /** Documents kept in memory. Default: 5,000. */
  cached?: number;
  /** Documents written at the same time. Default: 10. */
  concurrency?: number;
  /** Waits before another attempt; for tests. Default: 20 to 200 ms. */
  pause?: (attempt: number) => Promise<void>;
}

/** What came of a batch. */
export interface Outcome {
  findings: Finding[];
  /** Groups whose state could not be read or written, with the reason. Their events have to come again. */
  failures: { key: string; reason: string }[];
}

/** Writers that meet on one document; each attempt reads what the other wrote. */
const maxAttempts = 5;

/** Events in, findings out. Keeps what it read in memory, so that a principal seen a minute ago costs nothing. */
export class Detector {
  private readonly watched: Watched[];
  private readonly cache: DocumentCache;
  /** Documents of the batch that were read and not yet used. Not in the cache, which may be smaller than a batch. */
  private readonly read = new Map<string, StateDocument>();
  private readonly learning = new Map<string, number>();
  private readonly options: Required<DetectorOptions>;

  constructor(detections: readonly DeployedDetection[], options: DetectorOptions) {
    this.watched = watchedOf(detections);
    const pause = (attempt: number) => new Promise<void>((done) => setTimeout(done, Math.random() * 40 * attempt + 10));
    this.options = { now: Date.now, cached: 5_000, concurrency: 10, pause, ...options };
    this.cache = new DocumentCache(this.options.cached);
  }

  /**
   * All that can be processed is, whatever fails: findings and failures are both there. A group that failed has changed
   * nothing, and one that is processed again finds the same again.
   */
  async process(records: readonly CloudTrailRecord[]): Promise<Outcome> {
    const now = this.options.now();
    const sightings = records.flatMap((record) =>
      sightingsOf(this.watched, record, this.options.countryOf).map((each): RecordSighting => ({ ...each, record })),
    );
    const groups = grouped(sightings);
    const outcome: Outcome = { findings: [], failures: [] };
    const fail = (key: string, error: unknown) =>
      outcome.failures.push({ key, reason: error instanceof Error ? error.message : String(error) });

    const open: { group: Group; learnsUntil: number }[] = [];
    for (const group of groups) {
      try {
        const learnsUntil = await this.learnsUntil(group.watched, now);
        const known = this.cache.get(group.key);
        const advanced = known && advanceDocument(known, group, now, learnsUntil);
        // Memory alone answers where there is nothing to write.
        if (advanced && advanced.document === known) outcome.findings.push(...findingsOf(advanced));
        else open.push({ group, learnsUntil });
      } catch (error) {
        fail(group.key, error);
      }
    }

    const unread = await this.readInto(open.map(({ group }) => group.key).filter((key) => !this.cache.get(key)));
    await inParallel(open, this.options.concurrency, async ({ group, learnsUntil }) => {
      const reason = unread.get(group.key);
      if (reason !== undefined) return void fail(group.key, reason);
      try {
        outcome.findings.push(...(await this.settle(group, now, learnsUntil)));
      } catch (error) {
        fail(group.key, error);
      }
    });
    return { ...outcome, findings: merged(outcome.findings) };
  }

  /** Advances a document and writes it; where somebody else wrote first, from what they wrote. */
  private async settle(group: Group, now: number, learnsUntil: number): Promise<Finding[]> {
    const { key } = group;
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const before = this.cache.get(key) ?? this.read.get(key) ?? noDocument(key);
      const advanced = advanceDocument(before, group, now, learnsUntil);
      const { document } = advanced;
      const findings = findingsOf(advanced);
      this.read.delete(key);
      if (document === before) {
        if (before.version > 0) this.cache.set(before);
        return findings;
      }
      try {
        if (await this.options.store.write(document)) {
          this.cache.set({ ...document, version: document.version + 1 });
          return findings;
        }
      } catch (error) {
        this.cache.delete(key); // whether it was written is not known
        throw error;
      }
      this.cache.delete(key);
      if (attempt < maxAttempts) await this.options.pause(attempt);
      const unread = await this.readInto([key]);
      if (unread.has(key)) throw new Error(unread.get(key));
    }
    throw new Error(`was written by others ${maxAttempts} times in between`);
  }

  /** Reads documents. Returns those that could not be read, with the reason. */
  private async readInto(keys: readonly string[]): Promise<Map<string, string>> {
    if (keys.length === 0) return new Map();
    try {
      const { documents, unread } = await this.options.store.read(keys);
      for (const [key, document] of documents) this.read.set(key, document);
      return new Map(unread.map((key) => [key, "was not read: DynamoDB left it unprocessed"]));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return new Map(keys.map((key) => [key, reason]));
    }
  }

  /** Kept in the state table, so that a new deployment does not begin to learn again. */
  private async learnsUntil({ detection, rule }: Watched, now: number): Promise<number> {
    if (rule.kind !== "first-seen") return 0;
    let since = this.learning.get(detection.id);
    if (since === undefined) {
      since = await this.options.store.learningSince(detection.id, now);
      this.learning.set(detection.id, since);
    }
    return since + rule.learnSeconds * 1000;
  }
}

type Group = GroupSightings<RecordSighting>;

const findingsOf = ({ found }: Advanced<RecordSighting>): Finding[] =>
  found.map(({ sighting, found }) => toFinding(sighting, found));

/** One event may concern several groups, for example several tables: it is one finding. */
function merged(findings: readonly Finding[]): Finding[] {
  const byId = new Map<string, Finding>();
  for (const finding of findings) {
    const known = byId.get(finding.id);
    const tables = [...new Set([...(known?.tables ?? []), ...finding.tables])].sort();
    byId.set(finding.id, { ...(known ?? finding), tables });
  }
  return [...byId.values()];
}

async function inParallel<T>(items: readonly T[], most: number, run: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await run(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
}
