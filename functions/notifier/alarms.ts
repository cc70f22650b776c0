import type { DeployedDetection } from "../../detections/deployedDetection";
import type { CloudTrailRecord } from "../../detections/event/record";
import { actorOf, tablesOf } from "../../detections/event/summary";
import type { AlarmNotice } from "./alarm";
import type { Dependencies } from "./dependencies";
import type { Window } from "./eventQuery";
import { eventId, findingOf } from "./findingOf";
import { ofGroup } from "./group";
import { plainAlarm } from "./plainAlarm";
import { type Speaker, StillHeld } from "./speaker";
import type { OpenAlarm } from "./state";

/** Milliseconds around an alarm's window: metrics are made of minutes, and log events can be searched a little late. */
const margin = { before: 120_000, after: 60_000 };
/** Milliseconds within which alarm and group are taken to speak of the same, where nothing else tells. */
const togetherMs = 120_000;
/** Milliseconds to wait for the finding that goes with an alarm of a function's metric. */
const findingWaits = [2_000, 5_000, 10_000];

/** What came of an alarm. */
type Outcome = Pick<OpenAlarm, "spoke" | "actors" | "tables" | "findings">;

const nothing: Outcome = { spoke: false, actors: [], tables: [], findings: [] };

/** Alarms of detections: looks up who did what, and says it unless it has been said. */
export class Alarms {
  constructor(
    private readonly with_: Dependencies,
    private readonly speaker: Speaker,
  ) {}

  async handle(alarm: AlarmNotice): Promise<void> {
    const { detections, canaryMetric, publisher, log } = this.with_;
    if (alarm.metricNames.includes(canaryMetric)) {
      if (alarm.state === "ALARM") await publisher.canary();
      return;
    }
    const detection = detections.find(({ id }) => alarm.metricNames.includes(id));
    if (alarm.state !== "ALARM" && alarm.state !== "OK") {
      log.info("an alarm has no data", { alarm: alarm.name, state: alarm.state });
      return;
    }
    // A new alarm goes to OK as soon as it has data: nobody waits for that.
    if (alarm.state === "OK" && alarm.oldState !== "ALARM") return;

    // A topic may deliver a message more than once.
    const of = detection?.id ?? "alarm";
    const delivery = `notice:${keyOf(alarm)}:${alarm.state}:${alarm.changedAt}`;
    const { won, held } = await this.speaker.claim(of, [delivery]);
    if (held.length > 0) throw new StillHeld(of, held);
    if (won.length === 0) return;
    try {
      if (alarm.state === "OK") await this.over(alarm, detection);
      else await this.raised(alarm, detection);
    } catch (error) {
      await this.speaker.quietly("release", (state) => state.release(of, [delivery], this.speaker.owner));
      throw error;
    }
    await this.speaker.settle(of, [delivery], alarm.name, { silently: true });
  }

  private async raised(alarm: AlarmNotice, detection: DeployedDetection | undefined): Promise<void> {
    if (!detection) {
      await this.speaker.say(plainAlarm(alarm, undefined), undefined, [], { alarm: alarm.name });
      return;
    }
    const window = windowOf(alarm);
    const outcome = isSearchable(detection)
      ? await this.byEvents(alarm, detection, window)
      : await this.byFindings(alarm, detection, window);
    if (!outcome.spoke) this.with_.count("AlarmsSilent");
    await this.speaker.quietly("save alarm", (state) =>
      state.saveAlarm({
        key: keyOf(alarm),
        alarm: alarm.name,
        detection: detection.id,
        since: alarm.changedAt,
        seenUntil: window.start,
        group: alarm.contributor?.attributes ?? {},
        ...outcome,
      }),
    );
  }

  /** Looks the events up that the alarm's filters counted. */
  private async byEvents(alarm: AlarmNotice, detection: DeployedDetection, window: Window): Promise<Outcome> {
    const search = await this.with_.events.find(detection.patterns, window);
    const records = ofGroup(search.records, alarm.contributor?.attributes ?? {});
    if (records.length === 0) {
      const why =
        search.problem === undefined
          ? "No event of this alarm was found in the log group; it is looked for again while the alarm lasts."
          : `The events of this alarm could not be looked up: ${search.problem}.`;
      return this.plain(alarm, detection, why);
    }
    const byKey = new Map(records.map((record) => [eventId(record), record]));
    const { won, done, held } = await this.speaker.claim(detection.id, [...byKey.keys()]);
    const known = { ...namesIn(records), findings: [...new Set(done.map(({ finding }) => finding))] };
    if (won.length === 0) {
      if (held.length > 0) throw new StillHeld(detection.id, held);
      return { spoke: false, ...known };
    }
    const note =
      search.problem === undefined ? undefined : `Not all events of this alarm may be listed: ${search.problem}.`;
    const finding = findingOf(
      detection,
      won.map((key) => byKey.get(key)!),
      note,
    );
    await this.speaker.say(finding, detection, won, { alarm: alarm.name });
    if (held.length > 0) throw new StillHeld(detection.id, held);
    return { spoke: true, ...known, findings: [...known.findings, finding.id] };
  }

  /** Events of functions are no metric filter's: their finding comes by the bus, at the same time as the metric. */
  private async byFindings(alarm: AlarmNotice, detection: DeployedDetection, window: Window): Promise<Outcome> {
    const { pause } = this.with_;
    // A detection among item changes has an alarm for each table.
    const table = alarm.dimensions["TableName"];
    for (let attempt = 0; ; attempt++) {
      const said = (await this.speaker.quietly("said", (state) => state.said(detection.id, window.start))) ?? [];
      const findings = said
        .filter(({ finding, tables }) => !isPlain(finding, alarm) && (table === undefined || tables.includes(table)))
        .map(({ finding }) => finding);
      // A finding answers one alarm: the next alarm is about another.
      const { won } = await this.speaker.claim(detection.id, findings.map(answered));
      if (won.length > 0) {
        await this.speaker.settle(detection.id, won, alarm.name, { silently: true });
        return { ...nothing, findings: findings.filter((id) => won.includes(answered(id))) };
      }
      const wait = findingWaits[attempt];
      if (wait === undefined)
        return this.plain(
          alarm,
          detection,
          "No finding came with this alarm: what it counted is in the log of the function that counts.",
        );
      await pause(wait);
    }
  }

  /** What CloudWatch says, without events; of an alarm and its groups, once. */
  private async plain(alarm: AlarmNotice, detection: DeployedDetection, why: string): Promise<Outcome> {
    if (alarm.grouped || alarm.contributor) {
      const since = alarm.changedAt - togetherMs;
      const said = (await this.speaker.quietly("said", (state) => state.said(detection.id, since))) ?? [];
      if (said.some(({ finding }) => isPlain(finding, alarm))) return nothing;
    }
    this.with_.count("AlarmsWithoutEvents");
    const finding = plainAlarm(alarm, detection, why);
    await this.speaker.say(finding, detection, [], { alarm: alarm.name });
    return { ...nothing, spoke: true, findings: [finding.id] };
  }

  /** The end of an alarm, where people heard of its beginning. */
  private async over(alarm: AlarmNotice, detection: DeployedDetection | undefined): Promise<void> {
    const open = await this.speaker.quietly("close alarm", (state) => state.closeAlarm(keyOf(alarm)));
    const finding = plainAlarm(alarm, detection);
    const ok = { ...finding, id: `${finding.id}:ok` };
    if (open && open.findings.length > 0) await this.speaker.end(ok, detection, open.findings);
    if (open && !open.spoke) return;
    await this.speaker.say(ok, detection, [], { alarm: alarm.name, kind: "ok" });
  }
}

/** An alarm and each of its groups are open by themselves. */
const keyOf = ({ name, contributor }: AlarmNotice): string =>
  contributor === undefined ? name : `${name}#${contributor.id}`;

const answered = (finding: string): string => `answered:${finding}`;

/** See `plainAlarm` for the id. */
const isPlain = (finding: string, alarm: AlarmNotice): boolean => finding.includes(`:${alarm.name}:`);

/** A metric filter counts its events, so the log group has them. */
export const isSearchable = ({ stateful, patterns }: DeployedDetection): boolean =>
  stateful === undefined && patterns.length > 0;

/** Principals and tables of events. */
export function namesIn(records: readonly CloudTrailRecord[]): Pick<OpenAlarm, "actors" | "tables"> {
  return { actors: [...new Set(records.map(actorOf))], tables: [...new Set(records.flatMap(tablesOf))] };
}

/**
 * When the log events were delivered that an alarm counts. The data point that CloudWatch names in its reason begins
 * earlier than a window counted back from the change, where the metric came late.
 */
export function windowOf({ changedAt, windowSeconds, reason }: AlarmNotice): Window {
  const points = [...reason.matchAll(/\((\d{2})\/(\d{2})\/(\d{2}) (\d{2}):(\d{2}):(\d{2})\)/g)].map(
    ([, day, month, year, ...time]) => Date.parse(`20${year}-${month}-${day}T${time.join(":")}Z`),
  );
  const counted = changedAt - windowSeconds * 1000;
  // A time in the future or long ago is none of this alarm's.
  const near = points.filter((time) => time <= changedAt && time >= counted - 3_600_000);
  return { start: Math.min(counted, ...near) - margin.before, end: changedAt + margin.after };
}
