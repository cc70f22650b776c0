import { all, any, dynamodb, present, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** Who may use a table or stream, from any account, is changed on the table itself. */
export const resourcePolicyChanged: Detection = {
  id: "resource-policy-changed",
  title: "Resource policy of a table changed",
  severity: "high",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "The calls and the parameter resourcePolicy of CreateTable are in the API model; nobody published such an event. The " +
    "text of the policy is not read.",
  when: all(
    any(
      dynamodb("PutResourcePolicy", "DeleteResourcePolicy"),
      all(dynamodb("CreateTable"), present("requestParameters.resourcePolicy")),
    ),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0010", technique: "T1537", note: "Where another account gets access." },
    { version: "18.1", tactic: "TA0003", technique: "T1098", note: "Where the caller keeps access for later." },
  ],
  impact: "Another account, or everybody, may read and change the table; or a policy that denied it is gone.",
  response: [
    "Read the policy in the event: which principals, of which accounts, it allows what.",
    "If it was not planned, put the earlier policy back (`aws dynamodb put-resource-policy`) and stop the caller.",
    "Look for item-level calls of principals of other accounts since then.",
    "Deny dynamodb:PutResourcePolicy to all but the deployment role, in a service control policy.",
  ],
  falsePositives: ["Infrastructure code that shares a table: list its role in `ignorePrincipals`."],
  limits: [
    "A filter cannot read the policy, so that a policy for the own account counts too.",
    "Access that IAM policies give is not a resource policy.",
  ],
};
