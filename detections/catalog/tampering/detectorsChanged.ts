import { all, any, calls, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { onOwnResource } from "../../own";
import { ownNamesLimits } from "./ownNames";

/** A threshold that nothing reaches, a pattern that nothing matches, code that finds nothing: changed, and still there. */
export const detectorsChanged: Detection = {
  id: "detectors-changed",
  title: "Detectors changed",
  severity: "medium",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS documents the names of Lambda's events. alarmName, filterName, functionName, topicArn and name follow from the API model.",
  when: all(
    any(
      calls("monitoring.amazonaws.com", "PutMetricAlarm"),
      calls("logs.amazonaws.com", "PutMetricFilter", "PutSubscriptionFilter", "DisassociateKmsKey"),
      calls("lambda.amazonaws.com", "UpdateFunctionCode*", "UpdateFunctionConfiguration*"),
      calls("sns.amazonaws.com", "SetTopicAttributes"),
      calls("events.amazonaws.com", "PutRule", "PutTargets"),
    ),
    onOwnResource(),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0005", technique: "T1562.001" },
    { version: "19.1", tactic: "TA0112", technique: "T1685", note: "Takes the place of T1562.001." },
  ],
  impact: "A detector may be there and detect nothing.",
  response: [
    "Ask whether this project was deployed at that time.",
    "If not, deploy it again (`pulumi refresh` shows what differs), and stop the caller.",
    "Replay the CloudTrail events since then (`dynamodb-detective replay`).",
  ],
  falsePositives: [
    "Every deployment of this project that changes something, the first one too: list its role in `ignorePrincipals`.",
  ],
  limits: [
    ...ownNamesLimits,
    "The event does not say what was before, so that a change for the better counts as well.",
    "Policies of the functions' roles are not watched by this detection.",
  ],
};
