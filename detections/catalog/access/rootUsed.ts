import { all, differs, dynamodbEvent, equals, notByService } from "../../condition";
import type { Detection } from "../../detection";

/** The root user works with DynamoDB, which nobody needs it for. */
export const rootUsed: Detection = {
  id: "root-used",
  title: "Root user at work on tables",
  severity: "high",
  source: "management",
  evidence: "documented",
  evidenceNote: 'The CloudTrail user guide, "CloudTrail userIdentity element", describes type Root and invokedBy.',
  // Refused calls count: that somebody has these credentials in use is the news.
  when: all(
    dynamodbEvent(),
    equals("userIdentity.type", "Root"),
    notByService(),
    differs("eventType", "AwsServiceEvent"),
  ),
  refusedCalls: "count",
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [{ version: "18.1", tactic: "TA0001", technique: "T1078.004" }],
  controls: ["CloudWatch.1"],
  impact: "The root user may do everything, and no policy of the account stops it.",
  response: [
    "Find out at once who signed in: sourceIPAddress and time of the event, and ConsoleLogin before it.",
    "If nobody of yours did, change the root user's password, delete its access keys, and set up MFA again.",
    "List all that the root user did in every Region.",
    "Deny the root users of member accounts in a service control policy.",
  ],
  falsePositives: ["A person who uses the root user for daily work: give them a role."],
  limits: [
    "Item-level calls are seen only where the trail carries data events of tables.",
    "What an AWS service does with the root user's rights (invokedBy) does not count.",
    "Sessions of roles that the root user assumed are sessions of those roles.",
  ],
};
