import type { Alert, Stopped } from "../../simulation";
import { counted } from "./text";

/** What does not arrive, by detection and hop, as sentences. */
export function undelivered(alerts: readonly Alert[], stopped: readonly Stopped[]): string[] {
  const found = new Map<string, { detection: string; where: string; alerts: number; events: number }>();
  const at = (detection: string, where: string) => {
    const key = `${detection}\n${where}`;
    const known = found.get(key) ?? { detection, where, alerts: 0, events: 0 };
    found.set(key, known);
    return known;
  };
  for (const { detection, stoppedAt } of alerts) {
    if (stoppedAt) at(detection, whereOf(stoppedAt)).alerts++;
  }
  for (const each of stopped) at(each.detection, whereOf(each)).events += each.events;
  return [...found.values()].map(({ detection, where, alerts, events }) => {
    const lost = [alerts > 0 ? counted(alerts, "alert") : "", events > 0 ? counted(events, "event") : ""];
    return `${detection}: ${lost.filter((each) => each !== "").join(", ")} stopped at ${where}`;
  });
}

/** A hop, and why it is as it is. */
export const whereOf = ({ hop, at, reason }: { hop: string; at: string; reason?: string }): string =>
  `${hop} (${at})${reason === undefined ? "" : `: ${reason}`}`;
