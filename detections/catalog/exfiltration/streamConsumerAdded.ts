import type { Detection } from "../../detection";
import { streamConsumed } from "./tableStream";

/** A function or a pipe is put onto a table's stream. */
export const streamConsumerAdded: Detection = {
  id: "stream-consumer-added",
  title: "New consumer on a table's stream",
  severity: "medium",
  source: "management",
  evidence: "documented",
  evidenceNote:
    "AWS prints CreateEventSourceMapping20150331 with eventSourceArn in request and response. UpdateEventSourceMapping is " +
    "documented by name; CreatePipe is inferred, in either case of its letters.",
  when: streamConsumed(),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0003", technique: "T1546" },
    { version: "18.1", tactic: "TA0002", technique: "T1648" },
  ],
  impact:
    "Code of the caller's choice runs with each changed item, in the role of the function: a copy of the data, or a way to stay.",
  response: [
    "Find the function or pipe in the event, read its code and its role, and ask whose it is.",
    "If nobody knows, disable the mapping (`aws lambda update-event-source-mapping --no-enabled`) before it is deleted, as evidence.",
    "Stop the caller, and look for the functions, roles and layers that it made.",
    "Treat items changed since then as disclosed.",
  ],
  falsePositives: ["Deployments of applications with table triggers: list their role in `ignorePrincipals`."],
  limits: [
    "A mapping of another source that is not DynamoDB does not count.",
    "New code in a function that reads the stream already adds no consumer.",
    "Who reads the stream directly adds no mapping: see stream-read-directly.",
    "Kinesis Data Streams for DynamoDB is another way out: see kinesis-destination-enabled.",
  ],
};
