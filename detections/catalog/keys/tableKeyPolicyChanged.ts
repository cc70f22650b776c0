import { all, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { oneOfList } from "../../lists";
import { keyLimits, keyTiers, kms } from "./keyCalls";

export const tableKeyPolicyChanged: Detection = {
  id: "table-key-policy-changed",
  title: "Policy of a table key changed",
  severity: "medium",
  lowWithout: "tableKeyArns",
  source: "kms",
  evidence: "documented",
  evidenceNote: "AWS prints PutKeyPolicy, with the whole policy and the key's ARN among the resources.",
  when: all(kms("PutKeyPolicy"), oneOfList("resources[0].ARN", "tableKeyArns"), succeeded()),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0040", technique: "T1486", note: "Where the owner is locked out." },
    { version: "18.1", tactic: "TA0003", technique: "T1098", note: "Where another principal is let in." },
  ],
  impact:
    "Somebody else may use the key, or its owner may not: a table can be read outside DynamoDB's ways, or not at all.",
  response: [
    "Read requestParameters.policy of the event: who was added, who is missing, and what was denied.",
    "Put the earlier policy back (`aws kms put-key-policy`); only a principal that the policy still lets do so can.",
    "Find the caller and ask whether the change was planned; if not, revoke the role's sessions or disable the user's access keys.",
    "Look for Decrypt and CreateGrant without invokedBy since then: a direct use of the key.",
  ],
  falsePositives: [
    "Infrastructure code that manages the key: list its role in `ignorePrincipals`.",
    "Keys that encrypt no table, until `tableKeyArns` is set; until then the severity is low.",
  ],
  limits: [
    keyTiers.none,
    keyTiers.managedFixed,
    keyTiers.customer,
    ...keyLimits,
    "Whether the policy became weaker is not judged: every change counts.",
    "Where a key's policy lets IAM policies decide, a changed IAM policy gives the same access without this call.",
  ],
};
