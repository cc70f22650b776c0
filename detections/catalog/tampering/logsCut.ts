import { all, any, below, calls, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { onOwnResource } from "../../own";
import { ownNamesLimits } from "./ownNames";

/** The way from the log group to the detections, or the log itself, is cut. */
export const logsCut: Detection = {
  id: "logs-cut",
  title: "Log group or filters of the detectors deleted",
  severity: "critical",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "Rules of other vendors read DeleteLogGroup and DeleteLogStream. logGroupName, filterName and retentionInDays follow " +
    "from the API model.",
  when: all(
    any(
      calls(
        "logs.amazonaws.com",
        "DeleteLogGroup",
        "DeleteLogStream",
        "DeleteMetricFilter",
        "DeleteSubscriptionFilter",
      ),
      all(calls("logs.amazonaws.com", "PutRetentionPolicy"), below("requestParameters.retentionInDays", 30)),
    ),
    onOwnResource(),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0005", technique: "T1562.008" },
    { version: "19.1", tactic: "TA0112", technique: "T1685.002", note: "Takes the place of T1562.008." },
  ],
  impact: "Events no longer reach the detections, or the record of what happened is gone from the log group.",
  response: [
    "Deploy again at once, and stop the caller: the caller knows how it is watched.",
    "Take the events from the evidence bucket, which has them all, and replay them (`dynamodb-detective replay`).",
    "Ask the team that runs the detectors only after that.",
  ],
  falsePositives: [
    "Deployments of this project itself that replace or remove a filter: list their role in `ignorePrincipals`.",
  ],
  limits: [
    ...ownNamesLimits,
    "A filter that is overwritten with a pattern which matches nothing is not deleted: see detectors-changed.",
    "A retention of 30 days or more is not short.",
  ],
};
