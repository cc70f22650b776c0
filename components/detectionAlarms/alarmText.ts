import type { CatalogEntry } from "../../detections";
import type { DetectionPlan } from "./plan";

/** Longest alarm description that CloudWatch takes (API reference, PutMetricAlarm). */
const longestDescription = 1024;

export interface AlarmPlace {
  accountId: string;
  region: string;
  /** The one table that the alarm counts; absent: all. */
  table?: string;
  /** Address under which runbook pages are published; absent: the page's path in this project. */
  runbookUrl?: string;
}

/** Where the runbook of a detection is: its address, or the page's path in this project. */
export const runbookOf = (id: string, runbookUrl?: string): string =>
  runbookUrl ? `${runbookUrl.replace(/\/$/, "")}/${id}.md` : `docs/detections/${id}.md`;

/** What an alarm says of its detection. */
type Said = Pick<DetectionPlan, "severity"> & {
  detection: Pick<CatalogEntry, "id" | "title" | "impact" | "response">;
  alarm: Pick<DetectionPlan["alarm"], "rule">;
};

/** What a person reads when the alarm fires: severity, what happened, where, what to do. */
export function alarmText({ detection, severity, alarm }: Said, place: AlarmPlace): string {
  const runbook = runbookOf(detection.id, place.runbookUrl);
  const head = `[${severity.toUpperCase()}] ${detection.title}: ${alarm.rule}.`;
  const table = place.table === undefined ? "" : `Table ${place.table}. `;
  const where = `${table}Account ${place.accountId}, Region ${place.region}.`;
  const tail = `Runbook: ${runbook}`;
  const room = longestDescription - [head, where, tail].join("\n").length - 2;
  const body = [detection.impact, `First step: ${detection.response[0]}`].filter((line) => line.length <= room);
  const text = [head, ...body, where, tail].join("\n");
  return text.length <= longestDescription ? text : [head, where, tail].join("\n").slice(0, longestDescription);
}
