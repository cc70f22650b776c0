import { all, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { touchesItems } from "../items/itemCalls";
import { itemLevelLimits } from "../items/statements";

/** A principal that never worked with a table reads, writes or exports its items. */
export const newPrincipalSeen: Detection = {
  id: "new-principal-seen",
  title: "Table used by a new principal",
  severity: "low",
  source: "table-data",
  evidence: "documented",
  evidenceNote:
    "AWS prints item-level events with the caller and the table. ExportTableToPointInTime is inferred from the API model.",
  when: all(touchesItems(), succeeded()),
  alarm: { moreThan: 0, withinSeconds: 60 },
  stateful: {
    kind: "first-seen",
    value: "principal",
    per: ["table"],
    rememberSeconds: 30 * 86_400,
    learnSeconds: 7 * 86_400,
  },
  attack: [
    { version: "18.1", tactic: "TA0001", technique: "T1078.004" },
    { version: "18.1", tactic: "TA0009", technique: "T1213.006" },
  ],
  impact: "Somebody who had nothing to do with the table has got access to its items.",
  response: [
    "Ask the owner of the table whether the principal is meant to use it.",
    "If not, find what gives it access: its own policies, a permission added lately, or the table's resource policy.",
    "List what the principal read and wrote since, in this table and in others.",
    "Take the permission away, and revoke the principal's sessions if nobody knows it.",
  ],
  falsePositives: [
    "A new version of an application with a new role: list it as a workload principal.",
    "Persons who look at a table now and then, less often than every 30 days: raise `rememberSeconds`.",
  ],
  limits: [
    "Until seven days after the detector's first event principals are learnt and nothing alerts. A table's first principal is always learnt.",
    "A role is one principal: who assumes it is not told apart. Credentials taken from a principal that uses the table are no new principal.",
    "Of a table the 100 principals seen last are remembered.",
    ...itemLevelLimits,
  ],
};
