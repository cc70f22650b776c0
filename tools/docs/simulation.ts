import { hopNames, readings } from "../../simulation";

/** The page of what the simulation models, and how it answers what AWS's pages leave open. */
export function simulationReference(): string {
  return [
    "# Simulation",
    "",
    "Generated from `simulation/` by `npm run docs`.",
    "",
    "`simulation/` runs CloudTrail events through the resources that a program registered, as AWS would: the trail's event",
    "selectors, delivery to the log group, metric filters, metrics, alarms, topics and their policies and keys. Events go in,",
    "alerts come out, each with the way that it took. Where a selector, a name, an ARN or a policy on that way is wrong, the",
    "alert does not arrive, and the report names the hop at which it stopped:",
    "",
    hopNames.map((hop) => `*${hop}*`).join(", "),
    "",
    "An alert of an alarm goes through a *metric filter*, or through a *subscription filter* (where the log group has none free:",
    "an *event rule*) and the *detector*: its own core runs here, with the state in memory. It begins to learn with the first",
    "event, so a new country or principal shows in a replay of more than its learning period only.",
    "",
    "Where a *notifier* is deployed the way has two topics: the alarm's, and the one at which people get what the notifier says.",
    "A notifier that cannot run still lets alarms out, to its *failure destination*; one that may not search the log group lets",
    "them out without who did what. Both are marked as assumed, with the reason. The notifier's fast way over EventBridge tells",
    "earlier of the same events; it makes no alerts of its own here.",
    "",
    "A hop is *ok*, *broken*, or *assumed*: it lies outside the registered resources, or its policy cannot be decided before",
    "deployment. The resources come from `dynamodb-detective preview --resolved` or from a stack export; unknown inputs are an",
    "error, since the wiring hangs on names and ARNs.",
    "",
    "An alarm notifies when it changes to ALARM. Matching events while it stays there are counted as *suppressed*, and their",
    "actors, tables and addresses are listed with the alert.",
    "",
    "What is simulated of Metrics Insights is the one query that this project writes, a sum grouped by dimensions. Alarms of",
    "other kinds (other queries, anomaly detection, high resolution, percentiles) and alarms on metrics that no filter writes",
    "are reported as not simulated, with the reason.",
    "",
    "## Readings",
    "",
    "Where AWS's documentation is silent, the simulation takes one reading. Shipped detections avoid depending on them.",
    "",
    "| id | question | reading taken | if AWS does otherwise |",
    "|---|---|---|---|",
    ...readings.map(
      ({ id, question, taken, consequence }) =>
        `| \`${id}\` | ${[question, taken, consequence].map(cell).join(" | ")} |`,
    ),
    "",
  ].join("\n");
}

const cell = (text: string): string => text.replaceAll("|", "\\|");
