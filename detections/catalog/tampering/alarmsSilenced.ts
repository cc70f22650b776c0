import { all, any, calls, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { ownNamed } from "../../own";
import { ownNamesLimits } from "./ownNames";

/** Alarms of this deployment are deleted, muted or set by hand. */
export const alarmsSilenced: Detection = {
  id: "alarms-silenced",
  title: "Alarms of the detectors silenced",
  severity: "critical",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "Rules of other vendors read DeleteAlarms and DisableAlarmActions. alarmNames, alarmName and muteTargets follow from the " +
    "API model.",
  when: all(
    calls("monitoring.amazonaws.com", "DeleteAlarms", "DisableAlarmActions", "SetAlarmState", "PutAlarmMuteRule"),
    any(
      ownNamed("requestParameters.alarmNames[*]"),
      ownNamed("requestParameters.alarmName"),
      ownNamed("requestParameters.muteTargets.alarmNames[*]"),
    ),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0005", technique: "T1562.001" },
    { version: "19.1", tactic: "TA0112", technique: "T1685", note: "Takes the place of T1562.001." },
  ],
  impact: "What an alarm was for happens now without anybody hearing of it.",
  response: [
    "Find the alarms in the event, and ask whether the team that runs the detectors did it.",
    "If not, deploy again, and stop the caller: the caller knows how it is watched.",
    "Replay the CloudTrail events since then (`dynamodb-detective replay`): what was silenced shows there.",
  ],
  falsePositives: ["Deployments and tests of this project itself: list their role in `ignorePrincipals`."],
  limits: [
    ...ownNamesLimits,
    "An alarm that is overwritten with a threshold which nothing reaches is not silenced: see detectors-changed.",
  ],
};
