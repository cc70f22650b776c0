import { all, calls, equals, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** The scaling of a table's capacity is taken away or set anew. */
export const autoScalingChanged: Detection = {
  id: "auto-scaling-changed",
  title: "Auto scaling of a table changed",
  severity: "low",
  profile: "full",
  source: "management",
  evidence: "documented",
  evidenceNote:
    "The Application Auto Scaling user guide prints RegisterScalableTarget with serviceNamespace, under the event source of Auto " +
    "Scaling; the other calls have the same parameter.",
  when: all(
    calls(
      "autoscaling.amazonaws.com",
      "RegisterScalableTarget",
      "DeregisterScalableTarget",
      "DeleteScalingPolicy",
      "DeleteScheduledAction",
    ),
    equals("requestParameters.serviceNamespace", "dynamodb"),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [{ version: "18.1", tactic: "TA0040", technique: "T1499" }],
  impact: "A table that no longer scales, or scales to a low limit, throttles its applications at the next peak.",
  response: [
    "Read minCapacity, maxCapacity and suspendedState in the event, and set the target back to what the infrastructure code says.",
    "Find the caller and ask whether the change was planned.",
    "If not, revoke the role's sessions or disable the user's access keys, and look for capacity-cut.",
  ],
  falsePositives: [
    "Deployments through infrastructure code register their targets: list the role in `ignorePrincipals`.",
  ],
  limits: [
    "Whether a limit is low is not judged: every change counts.",
    "A changed scaling policy (PutScalingPolicy) does not count; nor does a scheduled action that is put (PutScheduledAction).",
    "Alarms that drive the scaling belong to CloudWatch.",
  ],
};
