import { absent, all, any, calls, equals, isFalse, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** Both calls answer with the mapping; where the answer is missing, which stream it was is not known. */
const ofTable = any(
  equals("responseElements.eventSourceArn", "*:dynamodb:*"),
  absent("responseElements.eventSourceArn"),
);

/** The function that watches a table's stream gets nothing any more. */
export const streamTriggerStopped: Detection = {
  id: "stream-trigger-stopped",
  title: "Trigger on a table's stream stopped",
  severity: "high",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS documents the events' names and prints their sibling CreateEventSourceMapping20150331 with eventSourceArn in the " +
    "response. That these answer the same follows from the API model.",
  when: all(
    any(
      all(calls("lambda.amazonaws.com", "DeleteEventSourceMapping*"), ofTable),
      all(calls("lambda.amazonaws.com", "UpdateEventSourceMapping*"), isFalse("requestParameters.enabled"), ofTable),
    ),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0005", technique: "T1562.008" },
    { version: "19.1", tactic: "TA0112", technique: "T1685.002", note: "Takes the place of T1562.008." },
  ],
  impact: "Changes of items reach the stream monitor, or an application's trigger, no more.",
  response: [
    "Find the mapping and its function in the event, and whether it is the stream monitor's.",
    "If it was not planned, make or enable it again from the oldest record (TRIM_HORIZON): the stream keeps 24 hours.",
    "Stop the caller, and look at what was written to the table meanwhile.",
  ],
  falsePositives: ["Deployments that replace a trigger: list their role in `ignorePrincipals`."],
  limits: [
    "A deletion whose event does not say the source counts, whatever the source was.",
    "A mapping that is given a filter which nothing passes stays enabled and does not count.",
    "A function that is deleted or has no concurrency left is detector-function-tampered, if it is one of this deployment.",
  ],
};
