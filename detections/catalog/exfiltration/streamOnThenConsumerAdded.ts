import { any } from "../../condition";
import type { Detection } from "../../detection";
import type { SequenceStep } from "../../statefulRule";
import { sequenceLimits } from "../sequenceLimits";
import { streamConsumed, streamSwitchedOn } from "./tableStream";

const steps: readonly [SequenceStep, SequenceStep] = [
  { title: "the table's stream was switched on", when: streamSwitchedOn() },
  { title: "a consumer was put onto it", when: streamConsumed() },
];

/** A stream on, then a consumer: the same principal, the same table. */
export const streamOnThenConsumerAdded: Detection = {
  id: "stream-on-then-consumer-added",
  title: "Stream switched on, then a consumer added",
  severity: "high",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS prints CreateEventSourceMapping20150331; a stream's ARN holds the name of its table. Nobody published UpdateTable " +
    "with streamSpecification.",
  when: any(...steps.map(({ when }) => when)),
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: { kind: "sequence", steps, per: ["principal", "table"], withinSeconds: 86_400 },
  attack: [
    { version: "18.1", tactic: "TA0009", technique: "T1119" },
    { version: "18.1", tactic: "TA0003", technique: "T1546" },
  ],
  impact: "From now on each changed item of the table goes to code of the caller's choice.",
  response: [
    "Find the function or pipe in the second event, read its code and its role, and ask whose it is.",
    "If nobody knows, disable the mapping, switch the stream off, and stop the caller.",
    "Treat items changed since then as disclosed.",
    "Look for the same on other tables.",
  ],
  falsePositives: ["Infrastructure code that gives a table its first trigger: list its role in `ignorePrincipals`."],
  limits: [
    ...sequenceLimits,
    "Of a table that had a stream before, only the consumer is seen: see stream-consumer-added.",
  ],
};
