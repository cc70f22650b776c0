import { all, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { oneOfList } from "../../lists";
import { keyLimits, keyTiers, kms } from "./keyCalls";

/** Without its key a table is inaccessible, and after seven days it is archived. */
export const tableKeyDisabled: Detection = {
  id: "table-key-disabled",
  title: "Table key disabled or scheduled for deletion",
  severity: "high",
  source: "kms",
  evidence: "documented",
  evidenceNote: "AWS prints DisableKey and ScheduleKeyDeletion, with the key's ARN among the resources.",
  when: all(kms("DisableKey", "ScheduleKeyDeletion"), oneOfList("resources[0].ARN", "tableKeyArns"), succeeded()),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [{ version: "18.1", tactic: "TA0040", technique: "T1485" }],
  controls: ["CloudWatch.7"],
  impact:
    "Tables under the key become inaccessible, are archived after seven days, and are lost with the key; backups under it " +
    "cannot be restored.",
  response: [
    "Enable the key again, or cancel its deletion and then enable it (`aws kms cancel-key-deletion`, `enable-key`): do it first and ask later.",
    "Find the caller and ask whether the key was meant to go.",
    "If not, revoke the role's sessions or disable the user's access keys, and deny kms:DisableKey and kms:ScheduleKeyDeletion in the key's policy.",
    "Check that each table under the key is ACTIVE again (`aws dynamodb describe-table`).",
  ],
  falsePositives: [
    "Keys that are retired on purpose, after their tables moved to another one: list the role in `ignorePrincipals`.",
    "Keys that encrypt no table, until `tableKeyArns` is set.",
  ],
  limits: [
    keyTiers.none,
    keyTiers.managedFixed,
    keyTiers.customer,
    ...keyLimits,
    "A key store that is disconnected or deleted takes its keys with it and is not this call: DisconnectCustomKeyStore.",
    "Deleted key material has a detection of its own.",
  ],
};
