import { all, calls, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** AWS Config sees no change any more. */
export const configRecorderStopped: Detection = {
  id: "config-recorder-stopped",
  title: "AWS Config recorder stopped or changed",
  severity: "high",
  source: "management",
  evidence: "documented",
  evidenceNote:
    "AWS prints StopConfigurationRecorder and its siblings in the AWS Config developer guide. No parameter is read.",
  when: all(
    calls(
      "config.amazonaws.com",
      "StopConfigurationRecorder",
      "DeleteConfigurationRecorder",
      "DeleteServiceLinkedConfigurationRecorder",
      "DeleteDeliveryChannel",
      "PutConfigurationRecorder",
    ),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0005", technique: "T1562.008" },
    { version: "18.1", tactic: "TA0005", technique: "T1562.001" },
    { version: "19.1", tactic: "TA0112", technique: "T1685.002", note: "Takes the place of T1562.008." },
    { version: "19.1", tactic: "TA0112", technique: "T1685", note: "Takes the place of T1562.001." },
  ],
  controls: ["CloudWatch.9"],
  impact: "Tables that lose their protection are no longer evaluated, and the history of the configuration has a hole.",
  response: [
    "Start the recorder again (`aws configservice start-configuration-recorder`), or deploy it again.",
    "Stop the caller if it was not planned, and look at what the same caller did to tables since.",
    "Compare the tables' settings with the infrastructure code: AWS Config does not tell of the time between.",
  ],
  falsePositives: ["Deployments that make or change a recorder: list their role in `ignorePrincipals`."],
  limits: [
    "A recorder that is changed to record less cannot be told from one that records more: every PutConfigurationRecorder counts.",
    "Rules that are deleted are config-rules-deleted.",
  ],
};
