import { all, dynamodbEvent, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { itemLevelLimits, partiql } from "./statements";

/** Few applications use PartiQL; people and tools do. */
export const partiqlReadByNewPrincipal: Detection = {
  id: "partiql-read-by-new-principal",
  title: "PartiQL read by a new principal",
  severity: "low",
  profile: "full",
  source: "table-data",
  evidence: "documented",
  evidenceNote:
    "AWS prints ExecuteStatement and BatchExecuteStatement with a SELECT, which CloudTrail marks as not read-only. The body " +
    "of ExecuteTransaction is unpublished: it counts where it cannot be read.",
  when: all(dynamodbEvent(), partiql("SELECT"), succeeded()),
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: {
    kind: "first-seen",
    value: "principal",
    per: ["table"],
    rememberSeconds: 30 * 86_400,
    learnSeconds: 7 * 86_400,
  },
  attack: [
    { version: "18.1", tactic: "TA0009", technique: "T1213.006" },
    { version: "18.1", tactic: "TA0002", technique: "T1059.009" },
  ],
  impact: "Somebody asks the table in a query language, as attack tools and people with stolen credentials do.",
  response: [
    "Find the caller and the statement in the event; values are redacted, keys are not.",
    "Ask whether the caller was meant to read the table.",
    "If not, revoke the role's sessions or disable the user's access keys.",
    "Take dynamodb:PartiQLSelect from principals that do not need it.",
  ],
  falsePositives: ["Administrators who use the PartiQL editor of the console for the first time in 30 days."],
  limits: [
    "Until seven days after the detector's first event principals are learnt and nothing alerts. A table's first principal is always learnt.",
    "A PartiQL statement that begins with a comment is missed, if DynamoDB accepts one.",
    "Reads by the classic calls are no PartiQL: see new-principal-seen.",
    ...itemLevelLimits,
  ],
};
