import type { Alert } from "../alert";
import { oneLine } from "./oneLine";
import { callsOf, circumstances, headline, timeText } from "./who";

/** Longest subject that SNS takes: ASCII, no line break, less than 100 characters (Amazon SNS API reference, Publish). */
const longestSubject = 99;

/** Subject of the e-mail. */
export function emailSubject(alert: Alert): string {
  const table = alert.tables.length > 0 ? `: ${alert.tables.slice(0, 3).join(", ")}` : "";
  const subject = oneLine(`${headline(alert)}${table} (${alert.account} ${alert.region})`, 400)
    .normalize("NFKD")
    .replace(/[^\x20-\x7e]/g, "?");
  return subject.length <= longestSubject ? subject : `${subject.slice(0, longestSubject - 3)}...`;
}

/**
 * The e-mail as plain text, to be read on a phone: what and who first, then what to do. Words from events stand within a
 * line that begins with our own, so that no name can pass for a line of ours.
 */
export function emailText(alert: Alert): string {
  const { count, events, tables, account, region, impact, response, links, note } = alert;
  const sections = [
    [headline(alert), ...(alert.summary === "" ? [] : [`> ${oneLine(alert.summary, 1000)}`])],
    note === undefined ? [] : [`Note: ${oneLine(note, 1000)}`],
    [
      ...whoLines(alert),
      ...field("What", calls(alert)),
      ...field(
        "Tables",
        listed(
          tables.map((name) => oneLine(name, 255)),
          alert.moreTables,
        ),
      ),
      ...field("When", when(alert)),
      ...field(
        "How often",
        count > 1 ? `${count} events${count > events.length ? `, ${events.length} listed` : ""}` : "",
      ),
      `Where: account ${oneLine(account, 20)}, Region ${oneLine(region, 30)}`,
    ],
    impact === "" ? [] : ["Impact", impact],
    response.length === 0 ? [] : ["What to do", ...response.map((step, i) => `${i + 1}. ${step}`)],
    [
      ...field("Runbook", alert.runbook),
      ...links.flatMap(({ title, url }) => [`${title}:`, url]),
      ...field(alert.attack.split(":")[0] ?? "", alert.attack.split(":").slice(1).join(":").trim()),
      ...field("Alarm", oneLine(alert.alarm, 255)),
      `Id: ${oneLine(alert.id, 200)}`,
    ],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

const field = (name: string, value: string): string[] => (name === "" || value === "" ? [] : [`${name}: ${value}`]);

function whoLines({ actors, moreActors, kind }: Alert): string[] {
  if (actors.length === 0) return kind === "ok" ? [] : ["Who: not known"];
  const lines = actors.map((actor) => {
    const session = actor.session === undefined ? "" : `, session ${oneLine(actor.session, 64)}`;
    const where = circumstances(actor);
    return `Who: ${oneLine(actor.principal, 300)}${session}${where === "" ? "" : `, ${where}`}`;
  });
  return moreActors === undefined ? lines : [...lines, `Who: and ${moreActors} more`];
}

const calls = (alert: Alert): string =>
  callsOf(alert)
    .map(({ name, times }) => (times > 1 ? `${name} x${times}` : name))
    .join(", ");

const listed = (names: readonly string[], more = 0): string => names.join(", ") + (more > 0 ? ` and ${more} more` : "");

function when({ time, events }: Alert): string {
  const first = events.at(-1)?.time;
  return first === undefined || timeText(first) === timeText(time)
    ? timeText(time)
    : `${timeText(first)} to ${timeText(time)}`;
}
