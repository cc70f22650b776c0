import { all, any, dynamodbEvent, equals } from "../../condition";
import type { Detection } from "../../detection";
import { byDynamodb, refused } from "../keys/keyCalls";

/** One principal is refused again and again. */
export const accessDeniedBurst: Detection = {
  id: "access-denied-burst",
  title: "Many refused calls by one principal",
  severity: "medium",
  source: "management",
  evidence: "observed",
  evidenceNote:
    "Refused calls of many services are published with errorCode AccessDenied; that DynamoDB writes the same is inferred.",
  // Service-linked roles and services that look for what they may not see are not this account's principals.
  when: all(any(dynamodbEvent(), all(equals("eventSource", "kms.amazonaws.com"), byDynamodb())), refused()),
  refusedCalls: "only",
  alarm: { moreThan: 10, withinSeconds: 600, per: ["principal"] },
  attack: [{ version: "18.1", tactic: "TA0007", technique: "T1580" }],
  controls: ["CloudWatch.2"],
  impact: "Somebody tries what their credentials allow: stolen ones are tried out so.",
  response: [
    "Find the caller in the alarm's contributor, and read which calls on which tables were refused.",
    "If it is an application of yours, a deployment changed its permissions: repair them.",
    "If it is not, revoke the role's sessions or disable the user's access keys, and look at what was not refused.",
  ],
  falsePositives: [
    "A deployment that forgot a permission: an application tries again and again.",
    "Scanners and inventory tools without the right to DynamoDB: list their roles in `ignorePrincipals`.",
  ],
  limits: [
    "Ten refusals or fewer in ten minutes stay quiet, also when repeated: somebody who is patient is not seen.",
    "Counted per principal: refusals that several principals share stay below the threshold.",
    "A refused call on another account's table is logged in the caller's account only.",
    "Item-level calls are seen only where the trail carries data events of tables.",
    "About a thousand different principals within an hour may make CloudWatch Logs stop the metric: `grouped: false` counts for the whole account.",
  ],
};
