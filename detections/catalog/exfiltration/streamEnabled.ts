import type { Detection } from "../../detection";
import { streamSwitchedOn } from "./tableStream";

/** Every change of an item is offered to readers from now on. */
export const streamEnabled: Detection = {
  id: "stream-enabled",
  title: "Stream of a table switched on",
  severity: "medium",
  source: "management",
  evidence: "inferred",
  evidenceNote: "AWS prints UpdateTable, without streamSpecification, which follows from the API model.",
  when: streamSwitchedOn(),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [{ version: "18.1", tactic: "TA0009", technique: "T1119" }],
  impact: "Whoever may read the stream gets each changed item, whole, without reading the table.",
  response: [
    "Ask the owner of the table whether a stream was planned, and for which consumer.",
    "If not, switch it off (`aws dynamodb update-table --stream-specification StreamEnabled=false`) and stop the caller.",
    "Look for GetRecords, CreateEventSourceMapping and CreatePipe on the stream since then.",
  ],
  falsePositives: ["Infrastructure code that adds a trigger to a table: list its role in `ignorePrincipals`."],
  limits: [
    "A stream of keys only carries no items and does not count.",
    "A table that is created with a stream does not count: there is nothing in it yet.",
    "The streams that DynamoDB switches on itself for replicas are not in the caller's name: see replica-added.",
  ],
};
