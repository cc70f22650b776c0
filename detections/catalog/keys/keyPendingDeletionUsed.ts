import { all, equals } from "../../condition";
import type { Detection } from "../../detection";
import { oneOfList } from "../../lists";
import { keyLimits, keyTiers } from "./keyCalls";

/** AWS's own alarm on keys that are about to go while somebody needs them. */
export const keyPendingDeletionUsed: Detection = {
  id: "key-pending-deletion-used",
  title: "Key that is pending deletion used",
  severity: "high",
  lowWithout: "tableKeyArns",
  source: "kms",
  evidence: "documented",
  evidenceNote:
    'The AWS KMS developer guide, "Create an alarm that detects use of a KMS key pending deletion", prints the error message ' +
    "that this reads.",
  when: all(
    equals("eventSource", "kms.amazonaws.com"),
    equals("errorMessage", "* is pending deletion."),
    oneOfList("resources[0].ARN", "tableKeyArns"),
  ),
  refusedCalls: "only",
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [{ version: "18.1", tactic: "TA0040", technique: "T1485", note: "It follows the deletion's scheduling." }],
  impact: "Something still needs a key that will be gone for good in 7 to 30 days, and with it whatever it encrypts.",
  response: [
    "Find the key in the event, and cancel its deletion at once (`aws kms cancel-key-deletion`, then `enable-key`).",
    "Find who scheduled the deletion (ScheduleKeyDeletion) and who used the key now.",
    "Move tables and backups to another key before the first one goes.",
  ],
  falsePositives: [
    "An old application that tries a key which is meant to go: that is what the waiting period is for.",
    "Keys that encrypt no table, until `tableKeyArns` is set; until then the severity is low.",
  ],
  limits: [
    keyTiers.none,
    "The AWS managed key (aws/dynamodb) cannot be scheduled for deletion.",
    keyTiers.customer,
    ...keyLimits,
    "Where AWS words the message otherwise, or does not log the refusal, nothing is seen.",
  ],
};
