import pc from "picocolors";
import { type Severity, severities } from "../../detections";
import type { Alert } from "../../simulation";
import { actorLabel, andMore, cut, plain } from "./labels";
import type { Outcome } from "./replay";

type Colors = ReturnType<typeof pc.createColors>;

/** Characters of a column. */
const widest = 64;

const headings = ["TIME", "SEVERITY", "DETECTION", "COUNT", "SUPPRESSED", "ACTOR", "TABLES", "FIRST EVENT"] as const;

/** The report that people read: a table of alerts and totals. */
export function textReport(alerts: readonly Alert[], { summary }: Outcome, useColors: boolean): string {
  const colors = pc.createColors(useColors);
  const lines = table(alerts, colors);
  const bySeverity = severities
    .toReversed()
    .map((severity) => [severity, alerts.filter((alert) => alert.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`);
  const suppressed = alerts.reduce((sum, alert) => sum + alert.suppressed, 0);
  return [
    ...lines,
    ...(lines.length > 0 ? [""] : []),
    colors.bold(`${counted(alerts.length, "alert")}${bySeverity.length > 0 ? ` (${bySeverity.join(", ")})` : ""}`) +
      (suppressed > 0 ? `, ${counted(suppressed, "event")} suppressed while an alarm lasted` : ""),
    [
      counted(summary.files, "file"),
      counted(summary.events, "event"),
      `${grouped(summary.relevant)} relevant`,
      `${grouped(summary.invalid)} invalid`,
      `${grouped(summary.late)} late`,
    ].join(", "),
    "",
  ].join("\n");
}

function table(alerts: readonly Alert[], colors: Colors): string[] {
  if (alerts.length === 0) return [];
  const rows = alerts.map((alert) => [
    alert.time,
    alert.severity,
    alert.detection,
    `${alert.count} > ${alert.threshold}`,
    alert.suppressed === 0 ? "-" : String(alert.suppressed),
    andMore(alert.actors.map(actorLabel)),
    andMore(alert.tables),
    alert.eventIds[0] ?? "-",
  ]);
  const texts = [[...headings], ...rows].map((row) => row.map((text) => cut(plain(text), widest)));
  const widths = headings.map((_, column) => Math.max(...texts.map((row) => row[column]!.length)));
  return texts.map((row, i) => {
    const line = row
      .map((text, column) => text.padEnd(widths[column]!))
      .map((text, column) => {
        if (i === 0) return colors.bold(text);
        return column === 1 ? severityColor(alerts[i - 1]!.severity, colors)(text) : text;
      });
    return line.join("  ").trimEnd();
  });
}

function severityColor(severity: Severity, colors: Colors): (text: string) => string {
  if (severity === "critical" || severity === "high") return colors.red;
  return severity === "medium" ? colors.yellow : String;
}

export const grouped = (count: number): string => count.toLocaleString("en-US");
export const counted = (count: number, thing: string): string => `${grouped(count)} ${thing}${count === 1 ? "" : "s"}`;
