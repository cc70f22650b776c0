// Deployed detections as the planner makes them, and a state table in memory that can fail.
import { deployedDetections } from "../../../components/detectionAlarms/deployed";
import { planDetections } from "../../../components/detectionAlarms/plan";
import type { DetectionSettings } from "../../../components/detectionAlarms/settings";
import { Names } from "../../../components/naming";
import type { StateDocument } from "../../../functions/detector/document";
import type { StateStore } from "../../../functions/detector/store";

/** Every stateful detection, with these settings. */
export const deployed = (detections: DetectionSettings = {}) =>
  deployedDetections(
    planDetections({ detections, statefulDetector: true }, new Names("detections", "detective", "test")),
  ).filter(({ stateful }) => stateful);

/** As DynamoDB does: a write whose version is not the one that is there is refused. Expired documents stay. */
export class MemoryStore implements StateStore {
  readonly documents = new Map<string, StateDocument>();
  readonly learning = new Map<string, number>();
  reads: string[][] = [];
  writes: string[] = [];
  /** Called before each write; may write itself, or throw. */
  beforeWrite: (document: StateDocument) => void = () => {};
  /** Keys that are left unprocessed. */
  unreadable: (key: string) => boolean = () => false;

  async read(keys: readonly string[]) {
    this.reads.push([...keys]);
    const documents = new Map<string, StateDocument>();
    for (const key of keys) {
      const found = this.documents.get(key);
      if (found && !this.unreadable(key)) documents.set(key, structuredClone(found));
    }
    return { documents, unread: keys.filter(this.unreadable) };
  }

  async write(document: StateDocument): Promise<boolean> {
    this.beforeWrite(document);
    if ((this.documents.get(document.key)?.version ?? 0) !== document.version) return false;
    this.writes.push(document.key);
    this.documents.set(document.key, structuredClone({ ...document, version: document.version + 1 }));
    return true;
  }

  async learningSince(detection: string, now: number): Promise<number> {
    if (!this.learning.has(detection)) this.learning.set(detection, now);
    return this.learning.get(detection)!;
  }
}
