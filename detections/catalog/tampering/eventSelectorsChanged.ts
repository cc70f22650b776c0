import { all, calls, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** What a trail logs is changed: data events of tables may be gone, or reads, or AWS KMS. */
export const eventSelectorsChanged: Detection = {
  id: "event-selectors-changed",
  title: "Event selectors of a trail changed",
  severity: "high",
  source: "management",
  evidence: "observed",
  evidenceNote: "PutEventSelectors with basic selectors was published by several. No parameter is read.",
  when: all(calls("cloudtrail.amazonaws.com", "PutEventSelectors"), succeeded()),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0005", technique: "T1562.008" },
    { version: "19.1", tactic: "TA0112", technique: "T1685.002", note: "Takes the place of T1562.008." },
  ],
  impact:
    "Item-level calls, reads, management events or AWS KMS events may no longer be logged, while the trail looks healthy.",
  response: [
    "Compare the selectors in the event with those of the infrastructure code: AWS::DynamoDB::Table should be there, with reads and writes, for all tables.",
    "If they were not meant, deploy the trail again, and stop the caller.",
    "Assume that what is no longer logged was done since then, and look at its traces elsewhere: streams, backups, billing.",
    "Deny cloudtrail:PutEventSelectors to all but the deployment role, in a service control policy.",
  ],
  falsePositives: [
    "Deployments of a trail set its selectors, this project's own first one among them: list their role in `ignorePrincipals`.",
    "Selectors that log more than before count too: the event does not say what was before.",
  ],
  limits: [
    "A filter cannot ask whether none of many selectors names a type, so every change counts, of any trail.",
    "Selectors of an event data store (UpdateEventDataStore) feed no log group and do not count.",
  ],
};
