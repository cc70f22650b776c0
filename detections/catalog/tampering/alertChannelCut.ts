import { all, any, calls, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { onOwnResource } from "../../own";
import { ownNamesLimits } from "./ownNames";

/** Alerts reach nobody. */
export const alertChannelCut: Detection = {
  id: "alert-channel-cut",
  title: "Topic, subscription or rule of the alerts removed",
  severity: "critical",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "Rules of other vendors read DeleteRule and DisableRule. topicArn, subscriptionArn, name and rule follow from the API model.",
  when: all(
    any(
      calls("sns.amazonaws.com", "DeleteTopic", "Unsubscribe"),
      calls("events.amazonaws.com", "DisableRule", "DeleteRule", "RemoveTargets"),
    ),
    onOwnResource(),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0005", technique: "T1562.001" },
    { version: "19.1", tactic: "TA0112", technique: "T1685", note: "Takes the place of T1562.001." },
  ],
  impact: "Alarms go off and nobody is told.",
  response: [
    "Deploy again at once, and have the addresses confirm their subscriptions.",
    "Stop the caller if the team that runs the detectors did not do it.",
    "Read the history of the alarms since then (`aws cloudwatch describe-alarm-history`).",
  ],
  falsePositives: [
    "Deployments of this project itself that change who is told: list their role in `ignorePrincipals`.",
    "Somebody who left the team unsubscribes.",
  ],
  limits: [
    ...ownNamesLimits,
    "Who follows the link at the end of an e-mail unsubscribes without credentials: whether CloudTrail logs that is not documented.",
    "If the topic of the alerts itself is deleted, this alarm has no way to tell; the health topic is another one.",
    "A topic's policy or key that is changed until nothing comes through is detectors-changed.",
  ],
};
