import { createHash } from "node:crypto";
import { severities } from "../../../detections";
import type { Alert } from "../../../simulation";
import { actorLabel, cut } from "../labels";
import type { Outcome } from "../replay";
import { counted, grouped } from "../text";
import { detectionSection } from "./detections";
import { groupByDetection, type Ranked, ranking } from "./groups";
import { type Content, type Markup, markup, Markup as Raw } from "./markup";
import { severityLabel } from "./severity";
import { style } from "./style";
import { clock, timeline } from "./timeline";

/** Ranked actors and tables that the page lists. */
const mostRanked = 12;
/** Characters of their names. */
const longestName = 120;

/**
 * One page without scripts and without network: alerts over time, by whom, on what, and what to do. `alerts` in order of
 * time. `lost`: what does not arrive; `assumed`: what the others take for granted.
 */
export function htmlReport(
  alerts: readonly Alert[],
  outcome: Outcome,
  lost: readonly string[],
  assumed: readonly string[] = [],
): string {
  const groups = groupByDetection(alerts);
  const { summary } = outcome;
  const content =
    groups.length === 0
      ? markup`<h2>Alerts</h2><p class="card">None of these events would have raised an alert.</p>`
      : markup`<section id="timeline" aria-labelledby="timeline-title"><h2 id="timeline-title">When</h2>${timeline(groups)}</section>
<section id="ranking" aria-labelledby="ranking-title"><h2 id="ranking-title">Who and what</h2><div class="pair">
${rankingTable(
  "Actors",
  ranking(alerts, ({ actors }) => actors),
  actorLabel,
)}
${rankingTable(
  "Tables",
  ranking(alerts, ({ tables }) => tables),
  String,
)}
</div></section>
<section id="alerts" aria-labelledby="alerts-title"><h2 id="alerts-title">Alerts and what to do</h2>${groups.map(detectionSection)}</section>`;
  const counts = severities.toReversed().flatMap((severity) => {
    const count = alerts.filter((alert) => alert.severity === severity).length;
    return count > 0 ? [[count, severityLabel(severity)] as const] : [];
  });
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${styleHash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>${counted(alerts.length, "alert")}: replay of CloudTrail events</title><style>${new Raw(style)}</style></head>
<body><a class="skip" href="#main">Skip to the alerts</a>
<header><h1>${counted(alerts.length, "alert")} would have fired</h1>
<p class="soft">${period(outcome)}</p>
<dl class="totals">${counts.map(([count, label]) => total(label, count))}${total("suppressed events", sum(alerts))}${total("relevant events", summary.relevant)}${total("events read", summary.events)}${
    summary.late > 0 ? total("late, not counted", summary.late) : undefined
  }${summary.invalid > 0 ? total("unreadable parts", summary.invalid) : undefined}</dl>
${
  groups.length > 0
    ? markup`<nav aria-label="Contents"><ul><li><a href="#timeline">When</a></li><li><a href="#ranking">Who and what</a></li><li><a href="#alerts">Alerts and what to do</a></li></ul></nav>`
    : undefined
}</header>
<main id="main" tabindex="-1">${sentences("lost", "Would not arrive", lost)}${content}${sentences("assumed", "Taken for granted", assumed)}</main>
<footer>A simulation of the deployed controls over CloudTrail events, by dynamodb-detective. Times are UTC. An alarm notifies when its state changes; what happens while it lasts is counted as suppressed.</footer>
</body></html>
`.text;
}

function sentences(id: string, title: string, list: readonly string[]): Content {
  if (list.length === 0) return undefined;
  return markup`<section aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2><ul class="card sentences">${list.map((sentence) => markup`<li>${sentence}</li>`)}</ul></section>`;
}

/** Only this style is applied: markup that got into the page could not even colour it. */
const styleHash = `sha256-${createHash("sha256").update(style).digest("base64")}`;

const sum = (alerts: readonly Alert[]): number => alerts.reduce((total, { suppressed }) => total + suppressed, 0);

const total = (name: Content, count: number): Markup => markup`<div><dt>${name}</dt><dd>${grouped(count)}</dd></div>`;

function period({ from, to, summary }: Outcome): string {
  const files = `${counted(summary.files, "file")} of CloudTrail events`;
  if (from === undefined || to === undefined) return `${files}, none of them relevant to a detection`;
  const [first, last] = [from, to].map((time) => clock(new Date(time).toISOString()));
  return first === last
    ? `${files}, relevant ones at ${first} UTC`
    : `${files}, relevant ones from ${first} to ${last} UTC`;
}

function rankingTable(title: string, all: readonly Ranked[], label: (name: string) => string): Markup {
  if (all.length === 0) return markup`<div class="card"><h3>${title}</h3><p class="soft">No alert names one.</p></div>`;
  const listed = all.slice(0, mostRanked);
  const most = Math.max(...listed.map(({ alerts }) => alerts));
  return markup`<div class="card"><h3>${title}</h3><table><thead><tr><th scope="col">Name</th><th scope="col">Worst</th><th scope="col" class="number">Detections</th><th scope="col" class="number">Alerts</th></tr></thead>
<tbody>${listed.map(
    ({ name, severity, detections, alerts }) =>
      markup`<tr><th scope="row"><bdi>${cut(label(name), longestName)}</bdi><svg class="bar" width="100%" height="4" aria-hidden="true"><rect width="${((alerts / most) * 100).toFixed(1)}%" height="4" rx="2"/></svg></th><td>${severityLabel(severity)}</td><td class="number">${detections}</td><td class="number">${grouped(alerts)}</td></tr>`,
  )}</tbody></table>${all.length > mostRanked ? markup`<p class="soft">and ${all.length - mostRanked} more</p>` : undefined}</div>`;
}
