import type { Actor } from "../../finding";
import type { Alert } from "../alert";
import { oneLine } from "./oneLine";

/** "from 198.51.100.7 (NL), without MFA, in the console": where a caller came from, as far as the record says. */
export function circumstances({ sourceIp, country, mfa, console: inConsole, type }: Actor): string {
  return [
    ...(sourceIp === undefined ? [] : [`from ${oneLine(sourceIp, 64)}${country ? ` (${oneLine(country, 3)})` : ""}`]),
    ...(mfa === undefined ? [] : [mfa ? "with MFA" : "without MFA"]),
    ...(inConsole ? ["in the console"] : []),
    ...(type === "Root" ? ["ROOT USER"] : []),
  ].join(", ");
}

/** "DeleteBackup x3, DeleteTable": calls by name, most frequent first. */
export function callsOf({ events }: Alert): { name: string; times: number }[] {
  const counts = new Map<string, number>();
  for (const { name } of events) counts.set(oneLine(name, 128), (counts.get(oneLine(name, 128)) ?? 0) + 1);
  return [...counts].map(([name, times]) => ({ name, times })).sort((a, b) => b.times - a.times);
}

/** "2026-11-24 18:03:05 UTC", or the text itself where it is no time. */
export function timeText(time: string): string {
  const at = Date.parse(time);
  return Number.isNaN(at)
    ? oneLine(time, 40) || "unknown"
    : `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** Headline without a word from events: "[HIGH] Backup deleted", or "[OK] Backup deleted". */
export const headline = ({ kind, severity, title }: Alert): string =>
  `[${kind === "ok" ? "OK" : severity.toUpperCase()}] ${oneLine(title, 120)}`;
