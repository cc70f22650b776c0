import type { WatchedDetection, WatchedTable } from "../../detections/watchedTable";
import type { Finding } from "../finding";
import type { ItemChange } from "./itemChange";
import type { KeyDisplay } from "./keyDisplay";
import { matcherOf } from "./match";
import { RecentSet } from "./recentSet";
import { Sightings } from "./sightings";
import { toFinding } from "./toFinding";

/** A finding on its way to the bus. */
export interface OpenFinding {
  finding: Finding;
  /** The records to report as failed if it cannot be delivered. */
  sequenceNumbers: string[];
  /** To be called when the finding was delivered. Otherwise it is found again when the records are. */
  delivered(): void;
}

/** Windows of counted changes that are remembered: those of some hours, for many tables. */
const rememberedWindows = 1000;

interface Window {
  id: string;
  sightings: Sightings;
  /** Its finding was delivered; what comes later is only counted. */
  reported: boolean;
}

interface Open {
  id: string;
  detection: WatchedDetection;
  tableArn: string;
  tableName: string;
  sightings: Sightings;
  sequenceNumbers: string[];
  of: { window: Window } | { eventIds: Set<string> };
}

interface Prepared extends WatchedDetection {
  matches: ReturnType<typeof matcherOf>;
  /** Changes are counted in windows and reported together. Otherwise each is reported. */
  windowed: boolean;
}

/**
 * Decides which changes make findings. What was not delivered is found again when Lambda delivers the records again, and
 * what was delivered is not, for as long as this environment of the function lives: after that a finding may be reported
 * twice.
 */
export class Findings {
  private readonly detections: ReadonlyMap<string, Prepared[]>;
  private readonly reported = new RecentSet();
  private readonly windows = new Map<string, Window>();
  private open = new Map<string, Open>();
  private readonly blind = new Set<string>();

  /** @param logGroupName Log group of the trail, which findings point to. */
  constructor(
    tables: readonly WatchedTable[],
    private readonly keyDisplay: KeyDisplay,
    private readonly logGroupName?: string,
  ) {
    this.detections = new Map(tables.map(({ tableArn, detections }) => [tableArn, detections.map(prepared)]));
  }

  /**
   * Ids of the detections that a change matches.
   *
   * @param isNew The change is seen for the first time. One that is seen again is not counted again.
   */
  observe(change: ItemChange, isNew: boolean): string[] {
    const matching: string[] = [];
    for (const detection of this.detections.get(change.tableArn) ?? []) {
      const answer = detection.matches(change);
      if (answer === "no-image") this.blind.add(change.tableName);
      if (answer === "no" || answer === "no-image") continue;
      matching.push(detection.id);
      if (detection.windowed) this.count(detection, change, answer.attributes, isNew);
      else this.report(detection, change, answer.attributes);
    }
    return matching;
  }

  /** Findings of the changes since the last call. */
  take(): OpenFinding[] {
    const taken = [...this.open.values()];
    this.open = new Map();
    return taken.map((open) => ({
      finding: toFinding({ ...open, windowed: "window" in open.of }, this.logGroupName),
      sequenceNumbers: open.sequenceNumbers,
      delivered: () => {
        if ("window" in open.of) open.of.window.reported = true;
        else for (const eventId of open.of.eventIds) this.reported.add(`${open.detection.id}:${eventId}`);
      },
    }));
  }

  /** Tables whose stream lacks the images that a detection needs, since the last call. */
  takeBlindTables(): string[] {
    const taken = [...this.blind];
    this.blind.clear();
    return taken;
  }

  /** The changes of one batch go into one finding, named after the first of them. */
  private report(detection: Prepared, change: ItemChange, attributes: string[] | undefined): void {
    const { tableArn, tableName, eventId } = change;
    const id = `${detection.id}:${eventId}`;
    if (this.reported.has(id)) return;
    const key = `${detection.id}:${tableArn}`;
    const open = this.open.get(key) ?? {
      id,
      detection,
      tableArn,
      tableName,
      sightings: new Sightings(this.keyDisplay),
      sequenceNumbers: [],
      of: { eventIds: new Set<string>() },
    };
    if (!("eventIds" in open.of) || open.of.eventIds.has(eventId)) return; // twice in one batch
    open.of.eventIds.add(eventId);
    open.sequenceNumbers.push(change.sequenceNumber);
    open.sightings.add(change, attributes);
    this.open.set(key, open);
  }

  private count(detection: Prepared, change: ItemChange, attributes: string[] | undefined, isNew: boolean): void {
    const { tableArn, tableName, sequenceNumber } = change;
    const window = this.windowOf(detection, change);
    const { id, sightings } = window;
    if (isNew) sightings.add(change, attributes);
    if (sightings.count <= detection.threshold || window.reported || this.open.has(id)) return;
    const sequenceNumbers = [sequenceNumber]; // one record is enough to come back for
    this.open.set(id, { id, detection, tableArn, tableName, sightings, sequenceNumbers, of: { window } });
  }

  /** Fixed windows by the time of the change: a finding has the same id, whichever environment makes it. */
  private windowOf({ id: detection, periodSeconds }: Prepared, { tableArn, changedAt }: ItemChange): Window {
    const length = periodSeconds * 1000;
    const start = new Date(Math.floor(Date.parse(changedAt) / length) * length).toISOString();
    const id = `${detection}:${tableArn}:${start}`;
    const known = this.windows.get(id);
    if (known) return known;
    const window = { id, sightings: new Sightings(this.keyDisplay), reported: false };
    this.windows.set(id, window);
    if (this.windows.size > rememberedWindows) {
      const [oldest] = this.windows.keys();
      if (oldest !== undefined) this.windows.delete(oldest);
    }
    return window;
  }
}

/** A threshold asks for many: then the single change is no finding. */
const prepared = (detection: WatchedDetection): Prepared => ({
  ...detection,
  matches: matcherOf(detection.rule),
  windowed: detection.rule.kind === "counted" || detection.threshold > 0,
});
