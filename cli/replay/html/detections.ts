import { detectionById, type Severity } from "../../../detections";
import type { Alert } from "../../../simulation";
import { actorLabel, andMore, cut } from "../labels";
import { counted } from "../text";
import type { DetectionAlerts } from "./groups";
import { type Content, type Markup, markup } from "./markup";
import { severityLabel } from "./severity";
import { clock } from "./timeline";

/** Alerts of one detection that the page lists. `--json` has all. */
const mostListed = 200;
/** Those in sight; the others are behind a line that opens. */
const inSight = 20;
/** Characters of a name in the line of an alert; its details have all. */
const longestName = 80;

/** One detection: what it means, what to do, and its alerts with their events. */
export function detectionSection({ id, detection, title, severity, alerts }: DetectionAlerts): Markup {
  const known = detectionById(detection);
  return markup`<section class="card detection ${severity}" id="${id}" aria-labelledby="${id}-title" tabindex="-1">
<div class="head"><h3 id="${id}-title">${title}</h3>${severityLabel(severity)}<span class="soft">${counted(alerts.length, "alert")} · <code>${detection}</code></span></div>
${
  known &&
  markup`<p>${prose(known.impact)}</p>
<details class="guide"${urgent(severity)}><summary>What to do</summary><ol class="steps">${known.response.map((step) => markup`<li>${prose(step)}</li>`)}</ol>
<h4>What else it can be</h4><ul class="steps">${known.falsePositives.map((each) => markup`<li>${prose(each)}</li>`)}</ul></details>`
}
${alerts.slice(0, inSight).map(alertDetails)}
${furtherAlerts(alerts)}
</section>`;
}

function furtherAlerts(alerts: readonly Alert[]): Content {
  if (alerts.length <= inSight) return undefined;
  const unlisted = alerts.length - mostListed;
  return markup`<details class="further"><summary>${counted(alerts.length - inSight, "later alert")}</summary>
${alerts.slice(inSight, mostListed).map(alertDetails)}
${unlisted > 0 ? markup`<p class="soft">${counted(unlisted, "further alert")} not listed; --json prints them all.</p>` : undefined}
</details>`;
}

/** The catalog writes commands and names between backticks. */
const prose = (text: string): Content[] =>
  text.split("`").map((part, i) => (i % 2 === 1 ? markup`<code>${part}</code>` : part));

/** Steps that are needed at once are in sight. */
const urgent = (severity: Severity): Content =>
  severity === "critical" || severity === "high" ? markup` open` : undefined;

function alertDetails(alert: Alert): Markup {
  const { time, count, threshold, periodSeconds, suppressed, tables, actors, regions, sourceIps, eventIds } = alert;
  const window = periodSeconds > 0 ? ` in ${periodSeconds / 60} min` : "";
  const events = [...alert.events, ...alert.suppressedEvents];
  return markup`<details><summary><span class="when">${clock(time)}</span>${name(andMore(actors.map(actorLabel)))}${
    tables.length > 0 ? markup` on ${name(andMore(tables))}` : undefined
  } <span class="what">${counted(count, "event")}${window}${suppressed > 0 ? `, ${suppressed} more suppressed` : ""}</span></summary>
<dl class="facts">${fact("Alarm", `${count} > ${threshold}${window}; notified ${time}`)}${fact("Actors", actors)}${fact("Tables", tables)}${fact("Source addresses", sourceIps)}${fact("Regions", regions)}</dl>
<div class="scroll" tabindex="0" role="group" aria-label="Events of the alert of ${clock(time)}"><table><thead><tr><th scope="col">Time</th><th scope="col">Call</th><th scope="col">Actor</th><th scope="col">Tables</th><th scope="col">From</th><th scope="col">Event</th></tr></thead>
<tbody>${events.map(
    (event) =>
      markup`<tr><td>${event.time.replace("T", " ")}</td><td>${event.name}${event.errorCode ? ` (${event.errorCode})` : ""}</td><td>${actorLabel(event.actor)}</td><td>${listed(event.tables)}</td><td>${event.sourceIp}</td><td><code>${cut(event.id, longestName)}</code></td></tr>`,
  )}</tbody></table></div>
${eventIds.length > events.length ? markup`<p class="soft">${eventIds.length - events.length} further events; --json has their ids.</p>` : undefined}
</details>`;
}

function fact(name: string, values: string | readonly string[]): Content {
  const shown = typeof values === "string" ? [values] : values.slice(0, 12);
  if (shown.length === 0) return undefined;
  const more = values.length > 12 && typeof values !== "string" ? `, and ${values.length - 12} more` : "";
  return markup`<dt>${name}</dt><dd>${listed(shown)}${more}</dd>`;
}

const listed = (values: readonly string[]): Content =>
  values.map((value, i) => markup`${i > 0 ? ", " : ""}<bdi>${value}</bdi>`);

/** What logs call somebody or something. Letters that are read from the right do not change the order of the line. */
const name = (text: string): Markup => markup`<bdi>${cut(text, longestName)}</bdi>`;
