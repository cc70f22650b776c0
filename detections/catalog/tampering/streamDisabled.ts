import { all, any, dynamodb, isFalse, parametersOmitted, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** Whatever watches the table through its stream is blind. */
export const streamDisabled: Detection = {
  id: "stream-disabled",
  title: "Stream of a table switched off",
  severity: "medium",
  source: "management",
  evidence: "inferred",
  evidenceNote: "AWS prints UpdateTable, without streamSpecification, which follows from the API model.",
  when: all(
    dynamodb("UpdateTable"),
    any(isFalse("requestParameters.streamSpecification.streamEnabled"), parametersOmitted()),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0005", technique: "T1562.008" },
    { version: "19.1", tactic: "TA0112", technique: "T1685.002", note: "Takes the place of T1562.008." },
  ],
  impact:
    "The stream monitor and every trigger of the table see no change any more; the stream's records are lost after 24 hours.",
  response: [
    "Ask the owner of the table whether it was planned.",
    "If not, switch the stream on again, and put the stream monitor onto the new stream: it has another ARN.",
    "Stop the caller, and look at what was written to the table meanwhile in the trail's data events.",
  ],
  falsePositives: ["Infrastructure code that takes a trigger from a table: list its role in `ignorePrincipals`."],
  limits: [
    "A trigger that is disabled while the stream stays on is stream-trigger-stopped.",
    "A deleted table takes its stream along: see table-deleted.",
  ],
};
