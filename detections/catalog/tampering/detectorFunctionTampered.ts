import { all, any, calls, equals, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { onOwnResource } from "../../own";
import { ownNamesLimits } from "./ownNames";

/** The functions that detect are gone or can no longer run. */
export const detectorFunctionTampered: Detection = {
  id: "detector-function-tampered",
  title: "Function of the detectors deleted or stopped",
  severity: "critical",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS documents the events' names and functionName. reservedConcurrentExecutions follows from the API model.",
  when: all(
    any(
      calls("lambda.amazonaws.com", "DeleteFunction2*", "DeleteFunction", "RemovePermission*"),
      all(
        calls("lambda.amazonaws.com", "PutFunctionConcurrency*"),
        equals("requestParameters.reservedConcurrentExecutions", 0),
      ),
    ),
    onOwnResource(),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0005", technique: "T1562.001" },
    { version: "19.1", tactic: "TA0112", technique: "T1685", note: "Takes the place of T1562.001." },
  ],
  impact: "Sequences, new principals and countries, and item changes are no longer detected.",
  response: [
    "Deploy again at once, and stop the caller: the caller knows how it is watched.",
    "Replay the CloudTrail events since then (`dynamodb-detective replay`).",
    "Look into the failure queue: invocations that found no function may lie there for 14 days.",
  ],
  falsePositives: [
    "Deployments of this project itself that replace or remove a function: list their role in `ignorePrincipals`.",
  ],
  limits: [
    ...ownNamesLimits,
    "New code or another role for the function is detectors-changed.",
    "A function of your own that the stream monitor uses has a name of its own.",
  ],
};
