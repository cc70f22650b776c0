import { actorOf, tablesOf } from "../../detections/event/summary";
import { isSearchable, namesIn } from "./alarms";
import type { Dependencies } from "./dependencies";
import { eventId, findingOf } from "./findingOf";
import { ofGroup } from "./group";
import { reasonOf, type Speaker } from "./speaker";
import type { OpenAlarm } from "./state";

/** Milliseconds for all open alarms; what is left comes with the next sweep. */
const budgetMs = 75_000;
/** Milliseconds of which a sweep looks at again what the last one saw: log events can be searched a little late. */
const overlapMs = 120_000;

/**
 * An alarm that stays in ALARM notifies of nothing more. While it lasts, whoever joins in and every further table is
 * reported; further events of those that are known are only remembered.
 */
export async function sweep(with_: Dependencies, speaker: Speaker): Promise<void> {
  const { now, log, count } = with_;
  const started = now();
  const open = (await speaker.quietly("open alarms", (state) => state.openAlarms())) ?? [];
  for (const alarm of open) {
    if (now() - started > budgetMs) break;
    try {
      await sweepOne(with_, speaker, alarm);
    } catch (error) {
      log.warn("an open alarm was not looked at", { alarm: alarm.alarm, reason: reasonOf(error) });
      count("SweepFailures");
      speaker.problems.push(error);
    }
  }
}

async function sweepOne(with_: Dependencies, speaker: Speaker, open: OpenAlarm): Promise<void> {
  const detection = with_.detections.find(({ id }) => id === open.detection);
  if (!detection || !isSearchable(detection)) return;
  const end = with_.now();
  const search = await with_.events.find(detection.patterns, { start: open.seenUntil, end }, false);
  if (search.problem !== undefined) {
    with_.log.warn("the events of an open alarm were not all looked up", { alarm: open.alarm, reason: search.problem });
    with_.count("SweepFailures");
  }
  const byKey = new Map(ofGroup(search.records, open.group).map((record) => [eventId(record), record]));
  if (byKey.size === 0) return;
  const { won } = await speaker.claim(detection.id, [...byKey.keys()]);
  if (won.length === 0) return;
  const fresh = won.map((key) => byKey.get(key)!);
  const joined = fresh.filter(
    (record) =>
      !open.actors.includes(actorOf(record)) || tablesOf(record).some((table) => !open.tables.includes(table)),
  );
  const findings = [...open.findings];
  if (joined.length > 0) {
    const note = open.spoke && open.actors.length > 0 ? "New callers or tables, while the alarm lasts." : undefined;
    const finding = findingOf(detection, joined, note);
    await speaker.say(finding, detection, joined.map(eventId), { alarm: open.alarm });
    findings.push(finding.id);
  }
  const known = fresh.filter((record) => !joined.includes(record)).map(eventId);
  if (known.length > 0) await speaker.settle(detection.id, known, findings.at(-1) ?? "", { silently: true });
  const names = namesIn(fresh);
  // Read again: the alarm may have ended in between.
  await speaker.quietly("save alarm", async (state) => {
    if ((await state.openAlarm(open.key)) === undefined) return;
    await state.saveAlarm({
      ...open,
      spoke: open.spoke || joined.length > 0,
      seenUntil: search.problem === undefined ? Math.max(open.seenUntil, end - overlapMs) : open.seenUntil,
      actors: [...new Set([...open.actors, ...names.actors])].slice(-500),
      tables: [...new Set([...open.tables, ...names.tables])].slice(-500),
      findings: findings.slice(-100),
    });
  });
}
