import { all, any, dynamodb, isFalse, parametersOmitted, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** Published alert "Deletion Protection Disabled". */
export const deletionProtectionDisabled: Detection = {
  id: "deletion-protection-disabled",
  title: "Deletion protection disabled",
  severity: "high",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "CloudTrail writes request members with a small first letter, and a boolean as a boolean (Amazon RDS does so for " +
    "its own deletionProtection). Nobody published an UpdateTable event with this parameter.",
  when: all(
    dynamodb("UpdateTable"),
    any(isFalse("requestParameters.deletionProtectionEnabled"), parametersOmitted()),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0040", technique: "T1485", note: "It precedes the deletion." },
    { version: "18.1", tactic: "TA0005", technique: "T1562.001" },
    { version: "19.1", tactic: "TA0112", technique: "T1685", note: "Takes the place of T1562.001." },
  ],
  origin: { place: 5, title: "Deletion Protection Disabled", tactic: "TA0005", technique: "T1562.001" },
  impact: "One DeleteTable call now destroys the table.",
  response: [
    "Switch it on again at once: `aws dynamodb update-table --table-name <name> --deletion-protection-enabled`.",
    "Find the caller and ask the owner of the table whether its removal is planned.",
    "If not, revoke the role's sessions or disable the user's access keys, and check that point-in-time recovery is on.",
    "Look for DeleteTable, DeleteBackup and UpdateContinuousBackups by the same caller.",
  ],
  falsePositives: [
    "A planned removal of a table through infrastructure code: list the role in `ignorePrincipals`, or expect the alert.",
    "An UpdateTable whose parameters are too large to be logged counts: what it changes cannot be read.",
    "Some tools write every setting of a table on each update: protection that was off already counts as switched off.",
  ],
  limits: ["A table created without protection was never switched off: the policy pack stops it before deployment."],
};
