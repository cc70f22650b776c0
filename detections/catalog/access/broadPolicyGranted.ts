import { all, any, calls, contains, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** Policies of AWS that allow everything in DynamoDB, by the end of their ARN. */
const fullAccessPolicies = ["*:policy/AmazonDynamoDBFullAccess", "*:policy/AmazonDynamoDBFullAccess_v2"];

/** Somebody gets every action of DynamoDB, by a policy of one's own or by one of AWS. */
export const broadPolicyGranted: Detection = {
  id: "broad-policy-granted",
  title: "All of DynamoDB allowed by an IAM policy",
  severity: "medium",
  source: "management",
  evidence: "observed",
  evidenceNote:
    "Events of IAM with policyDocument and policyArn are published by many; the document is a text of JSON.",
  when: any(
    all(
      calls(
        "iam.amazonaws.com",
        "CreatePolicy",
        "CreatePolicyVersion",
        "PutRolePolicy",
        "PutUserPolicy",
        "PutGroupPolicy",
      ),
      contains("requestParameters.policyDocument", '"dynamodb:*"'),
      succeeded(),
    ),
    all(
      calls("iam.amazonaws.com", "AttachRolePolicy", "AttachUserPolicy", "AttachGroupPolicy"),
      oneOf("requestParameters.policyArn", ...fullAccessPolicies),
      succeeded(),
    ),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: { kind: "each", per: ["principal"], withinSeconds: 600 },
  attack: [{ version: "18.1", tactic: "TA0003", technique: "T1098.003" }],
  impact: "A principal may read, change and delete every table, and switch off what protects them.",
  response: [
    "Read who made the change and to whom it applies (roleName, userName, groupName) in the event.",
    "Ask whether it was planned; if not, detach the policy or delete the inline one, and revoke the caller's sessions.",
    "List what the principal did with DynamoDB since then.",
    "Write a policy that names actions and tables instead.",
  ],
  falsePositives: [
    "Infrastructure code that gives administrators all of DynamoDB: list its role in `ignorePrincipals`.",
  ],
  limits: [
    'Known by the text "dynamodb:*" in any letter case: a list of single actions, a longer wildcard such as dynamodb:*Item, and NotAction are not seen.',
    'A policy that allows every action of every service ("*") names no DynamoDB and is not seen.',
    "A statement that denies dynamodb:* counts too, and a policy is not asked for which tables.",
    "A policy of one's own is seen when it is made, not when it is attached.",
    "A document over 100 KB is not logged; IAM takes none so large.",
  ],
};
