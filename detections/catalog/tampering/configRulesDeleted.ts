import { all, calls, succeeded } from "../../condition";
import type { Detection } from "../../detection";

/** Something about resources is no longer checked, or no longer mended. */
export const configRulesDeleted: Detection = {
  id: "config-rules-deleted",
  title: "AWS Config rule or remediation deleted",
  severity: "medium",
  profile: "full",
  source: "management",
  evidence: "inferred",
  evidenceNote:
    "AWS prints siblings of these calls in the AWS Config developer guide, and lists these. No parameter is read.",
  when: all(
    calls(
      "config.amazonaws.com",
      "DeleteConfigRule",
      "DeleteConformancePack",
      "DeleteRemediationConfiguration",
      "DeleteOrganizationConfigRule",
      "DeleteOrganizationConformancePack",
    ),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0005", technique: "T1562.001" },
    { version: "19.1", tactic: "TA0112", technique: "T1685", note: "Takes the place of T1562.001." },
  ],
  impact: "A weak table is no longer reported, or no longer mended.",
  response: [
    "Find the rule in the event, and ask whether it was meant to go.",
    "If not, deploy the rules again, and stop the caller.",
    "Evaluate the tables once more, and look at what was changed since.",
  ],
  falsePositives: [
    "Deployments that replace rules: list their role in `ignorePrincipals`.",
    "AWS Config and AWS Security Hub manage rules in their service-linked roles, which do not count.",
  ],
  limits: ["A rule that is changed until it checks nothing (PutConfigRule) is not deleted."],
};
