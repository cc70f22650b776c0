import type { Alert } from "../alert";
import { oneLine, shortened } from "./oneLine";
import { callsOf, circumstances, headline, timeText } from "./who";

/** A custom notification of Amazon Q Developer in chat applications (its administrator guide, "Custom notifications"). */
export interface CustomNotification {
  version: "1.0";
  source: "custom";
  id: string;
  content: {
    textType: "client-markdown";
    title: string;
    description: string;
    nextSteps?: string[];
    keywords?: string[];
  };
  metadata: {
    /** Alerts of one detection share a thread. */
    threadId: string;
    summary: string;
    additionalContext: Record<string, string>;
  };
}

/** Longest texts that the guide allows. */
const longest = { title: 250, description: 8_000, nextStep: 350, keyword: 75 };
/** Callers and tables that a message names; the rest is in the e-mail. */
const most = { actors: 5, tables: 10, steps: 10 };

/** The alert for Slack and Microsoft Teams. */
export function chatNotification(alert: Alert): CustomNotification {
  const { response } = alert;
  return {
    version: "1.0",
    source: "custom",
    id: oneLine(alert.id, 200),
    content: {
      textType: "client-markdown",
      title: shortened(headline(alert), longest.title),
      description: description(alert),
      ...(response.length > 0 && {
        nextSteps: response.slice(0, most.steps).map((step) => shortened(plain(step), longest.nextStep)),
      }),
      keywords: [alert.kind, alert.severity, alert.detection, alert.account, alert.region]
        .map((keyword) => lookAlikes(oneLine(keyword, longest.keyword)))
        .filter((keyword) => keyword !== ""),
    },
    metadata: {
      threadId: `dynamodb-detective/${oneLine(alert.detection, 100)}`,
      summary: shortened(headline(alert), longest.title),
      additionalContext: { detection: oneLine(alert.detection, 100), severity: alert.severity, kind: alert.kind },
    },
  };
}

function description(alert: Alert): string {
  const { actors, tables, moreActors = 0, moreTables = 0, note, links, count } = alert;
  const actorsLeft = moreActors + Math.max(0, actors.length - most.actors);
  const tablesLeft = moreTables + Math.max(0, tables.length - most.tables);
  const calls = callsOf(alert).map(({ name, times }) => (times > 1 ? `${code(name)} x${times}` : code(name)));
  const lines = [
    ...(alert.summary === "" ? [] : [code(alert.summary, 1000)]),
    ...(note === undefined ? [] : [`*Note:* ${code(note, 1000)}`]),
    ...actors.slice(0, most.actors).map((actor) => {
      const session = actor.session === undefined ? "" : ` session ${code(actor.session, 64)}`;
      const where = circumstances(actor);
      return `*Who:* ${code(actor.principal)}${session}${where === "" ? "" : ` ${code(where)}`}`;
    }),
    ...(actorsLeft > 0 ? [`*Who:* and ${actorsLeft} more`] : []),
    ...(calls.length > 0 ? [`*What:* ${calls.slice(0, 10).join(", ")}`] : []),
    ...(tables.length > 0
      ? [
          `*Tables:* ${tables
            .slice(0, most.tables)
            .map((name) => code(name, 255))
            .join(", ")}${tablesLeft > 0 ? ` and ${tablesLeft} more` : ""}`,
        ]
      : []),
    `*When:* ${code(timeText(alert.time))}${count > 1 ? `, ${count} events` : ""}`,
    `*Where:* account ${code(alert.account, 20)}, Region ${code(alert.region, 30)}`,
    ...(alert.impact === "" ? [] : [`*Impact:* ${plain(alert.impact)}`]),
    ...(alert.runbook === "" ? [] : [`*Runbook:* ${plain(alert.runbook)}`]),
    // Alone on a line an address becomes a link in both Slack and Teams, whose link syntaxes differ.
    ...links.flatMap(({ title, url }) => [`${title}:`, url]),
    ...(alert.attack === "" ? [] : [plain(alert.attack)]),
  ];
  let text = "";
  for (const line of lines) {
    // A line that does not fit is left out whole: half a code span would let markdown out.
    if (text.length + line.length + 1 <= longest.description) text += `${line}\n`;
  }
  return text.trimEnd();
}

/**
 * Text from events as a code span, in which neither Slack nor Teams reads markdown, links or mentions. What could end the
 * span, or what Slack reads even there (`<!channel>`, `&lt;`), becomes a look-alike.
 */
const code = (text: string, most?: number): string => {
  const line = lookAlikes(oneLine(text, most)).replace(/`/g, "'");
  return line === "" ? "" : `\`${line}\``;
};

/** Our own words, which hold no markdown but code. */
const plain = (text: string): string => text.replace(/</g, "‹").replace(/>/g, "›");

const lookAlikes = (text: string): string => plain(text).replace(/&/g, "＆");
