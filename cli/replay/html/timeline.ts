import type { Severity } from "../../../detections";
import type { Alert } from "../../../simulation";
import { grouped } from "../text";
import type { DetectionAlerts } from "./groups";
import { type Markup, markup } from "./markup";
import { severityLabel, shape } from "./severity";

/** Alerts that are closer than this share of the width are one mark with a number. */
const bins = 60;

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
const steps = [
  second,
  ...[1, 5, 15, 30].map((count) => count * minute),
  ...[1, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 30, 90, 365].map((count) => count * day),
];
const mostTicks = 8;

/** When each detection alerted, one row per detection. */
export function timeline(groups: readonly DetectionAlerts[]): Markup {
  const times = groups.flatMap(({ alerts }) => alerts.map(({ time }) => Date.parse(time)));
  let [from, to] = [Infinity, -Infinity];
  for (const time of times) [from, to] = [Math.min(from, time), Math.max(to, time)];
  // Room at both ends, and for a single moment too.
  const margin = Math.max((to - from) * 0.04, 5 * minute);
  const scale = new Scale(from - margin, to + margin);
  return markup`<div class="card">
<div class="axis" aria-hidden="true"><span class="soft">UTC</span><svg width="100%" height="22">${scale.ticks.map(
    ({ x, label }) => markup`<text x="${x}%" y="15" text-anchor="${anchorAt(Number(x))}">${label}</text>`,
  )}</svg></div>
<ul class="timeline">${groups.map((group) => row(group, scale))}</ul>
</div>`;
}

/** Labels near the edges grow inwards. */
const anchorAt = (percent: number): string => (percent < 8 ? "start" : percent > 92 ? "end" : "middle");

const rowHeight = 52;

function row({ id, title, severity, alerts }: DetectionAlerts, scale: Scale): Markup {
  const marks = new Map<number, Alert[]>();
  for (const alert of alerts) {
    const bin = Math.floor((scale.percent(Date.parse(alert.time)) / 100) * bins);
    const others = marks.get(bin);
    if (others) others.push(alert);
    else marks.set(bin, [alert]);
  }
  const span = `${clock(alerts[0]!.time)}${alerts.length > 1 ? ` to ${clock(alerts.at(-1)!.time)}` : ""}`;
  // A number needs the room of three marks beside its own.
  const isDense = [...marks].some(
    ([bin, { length }]) => length > 1 && [1, 2, 3].some((distance) => marks.has(bin + distance)),
  );
  return markup`<li><div class="name"><a href="#${id}">${title}</a><br>${severityLabel(severity)} <span class="times soft">× ${grouped(alerts.length)}<span class="hidden"> alerts, ${span} UTC</span></span></div>
<svg class="mark ${severity}" width="100%" height="${rowHeight}" aria-hidden="true">${scale.ticks.map(
    ({ x }) => markup`<line class="tick" x1="${x}%" x2="${x}%" y1="0" y2="${rowHeight}"/>`,
  )}${isDense ? bars(title, marks) : symbols(title, severity, marks, scale)}</svg></li>`;
}

const tooltip = (title: string, [first, ...others]: readonly Alert[]): Markup =>
  markup`<title>${clock(first!.time)} ${title}${others.length > 0 ? `, ${others.length + 1} alerts` : ""}</title>`;

/** One symbol for each moment, with a number where it stands for several alerts. */
function symbols(title: string, severity: Severity, marks: ReadonlyMap<number, Alert[]>, scale: Scale): Markup[] {
  return [...marks.values()].map((mark) => {
    const x = scale.percent(Date.parse(mark[0]!.time)).toFixed(2);
    return markup`<svg x="${x}%" y="${rowHeight / 2}" overflow="visible">${tooltip(title, mark)}${shape(severity)}${
      mark.length > 1 ? markup`<text class="many" x="11" y="4">${mark.length}</text>` : undefined
    }</svg>`;
  });
}

/** How many alerts there were over time, as bars. */
function bars(title: string, marks: ReadonlyMap<number, Alert[]>): Markup[] {
  const most = Math.max(...[...marks.values()].map(({ length }) => length));
  return [...marks].map(([bin, mark]) => {
    const height = Math.max(4, (mark.length / most) * (rowHeight - 12));
    return markup`<rect x="${((bin / bins) * 100).toFixed(2)}%" y="${(rowHeight - 4 - height).toFixed(1)}" width="${(80 / bins).toFixed(2)}%" height="${height.toFixed(1)}" rx="1">${tooltip(title, mark)}</rect>`;
  });
}

/** Times as shares of the width. */
class Scale {
  readonly ticks: readonly { x: string; label: string }[];

  constructor(
    private readonly from: number,
    private readonly to: number,
  ) {
    const step = steps.find((each) => (to - from) / each <= mostTicks) ?? (to - from) / mostTicks;
    const ticks: { x: string; label: string }[] = [];
    for (let time = Math.ceil(from / step) * step; time <= to; time += step) {
      const text = new Date(time).toISOString();
      const label = step >= day ? text.slice(0, 10) : time % day === 0 ? text.slice(5, 10) : text.slice(11, 16);
      ticks.push({ x: this.percent(time).toFixed(2), label });
    }
    this.ticks = ticks;
  }

  percent(time: number): number {
    return ((time - this.from) / (this.to - this.from)) * 100;
  }
}

/** `2026-01-05 10:03`. */
export const clock = (time: string): string => time.slice(0, 16).replace("T", " ");
