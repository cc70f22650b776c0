import { all, dynamodbEvent, equals, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { noneOfList } from "../../lists";

/** Another account uses a table by its resource policy. */
export const crossAccountCaller: Detection = {
  id: "cross-account-caller",
  title: "Table used by another account",
  severity: "medium",
  source: "management",
  evidence: "documented",
  evidenceNote:
    'The CloudTrail user guide, "CloudTrail userIdentity element", describes type AWSAccount: the request was made by another ' +
    "account.",
  when: all(
    dynamodbEvent(),
    equals("userIdentity.type", "AWSAccount"),
    noneOfList("userIdentity.accountId", "trustedAccounts"),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    { version: "18.1", tactic: "TA0001", technique: "T1078.004" },
    { version: "18.1", tactic: "TA0010", technique: "T1537", note: "Data that is read goes to another account." },
  ],
  impact: "A table is open to an account that is not listed as trusted, and is in use from there.",
  response: [
    "Read userIdentity.accountId in the event: if it is an account of yours or of a partner, add it to `trustedAccounts`.",
    "If not, take the statement out of the table's resource policy (`aws dynamodb delete-resource-policy`).",
    "Find who put the policy there: PutResourcePolicy in the events before.",
    "Treat what was read as disclosed, and restore what was changed.",
  ],
  falsePositives: ["Accounts of the own organization and partners, until they are in `trustedAccounts`."],
  limits: [
    "An account that assumes a role of this one is that role, and no other account.",
    "Not possible by a resource policy, and so never seen: PartiQL, backups, point-in-time recovery, export, time to live.",
    "Item-level calls are seen only where the trail carries data events of tables.",
    "A refused call of another account is logged in its own account only.",
  ],
};
