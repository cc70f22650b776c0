import { all, calls, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** What every other detection lives on. */
export const trailStopped: Detection = {
  id: "trail-stopped",
  title: "Trail stopped, deleted or changed",
  severity: "critical",
  source: "management",
  evidence: "observed",
  evidenceNote: "Events of StopLogging, DeleteTrail and UpdateTrail were published by several. No parameter is read.",
  when: all(calls("cloudtrail.amazonaws.com", "StopLogging", "DeleteTrail", "UpdateTrail"), succeeded()),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0005", technique: "T1562.008" },
    { version: "19.1", tactic: "TA0112", technique: "T1685.002", note: "Takes the place of T1562.008." },
  ],
  controls: ["CloudWatch.5"],
  impact: "API calls are no longer logged, or go elsewhere: nothing that follows is seen by any detection.",
  response: [
    "Start logging again at once (`aws cloudtrail start-logging`), or deploy the trail again.",
    "Stop the caller: revoke the role's sessions or disable the user's access keys.",
    "Read the last 90 days in the event history of CloudTrail, which nobody can switch off, for what was done while the trail was blind.",
    "Deny the calls to all but the deployment role, in a service control policy.",
  ],
  falsePositives: [
    "Deployments that change a trail: list their role in `ignorePrincipals`.",
    "Trails of others in the account count too, by name or by ARN.",
  ],
  limits: [
    "Whether the call that stops the trail is itself delivered in time is up to CloudTrail; the alarm on the silent log group is there for the other case.",
    "A trail that logs less is not stopped: see event-selectors-changed.",
    "The trail's bucket and its key are not watched by this detection.",
  ],
};
