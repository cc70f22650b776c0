import { all, any, dynamodbEvent, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { itemLevelLimits, partiql, transaction } from "./statements";

/** Published alert "A table item was deleted". */
export const tableItemDeleted: Detection = {
  id: "table-item-deleted",
  title: "Table item deleted",
  severity: "medium",
  source: "table-data",
  evidence: "documented",
  evidenceNote:
    "AWS prints TransactWriteItems, ExecuteStatement and BatchExecuteStatement. DeleteItem follows its siblings. " +
    "The bodies of BatchWriteItem and ExecuteTransaction are unpublished: the first is not read, the second counts where it cannot be read.",
  when: all(
    dynamodbEvent(),
    any(oneOf("eventName", "DeleteItem", "BatchWriteItem"), transaction("Delete"), partiql("DELETE")),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [{ version: "18.1", tactic: "TA0040", technique: "T1485" }],
  origin: { place: 2, title: "A table item was deleted", tactic: "TA0003", technique: "T1505.001" },
  impact: "Data is gone. Without point-in-time recovery or a backup it cannot be brought back.",
  response: [
    "Find the caller and the keys of the deleted items in the event, and ask the owner of the table whether the deletion was meant.",
    "If not, stop the caller: revoke the role's sessions or disable the user's access keys.",
    "Restore the table to the second before the first deletion (`aws dynamodb restore-table-to-point-in-time`) beside the old one, and copy the items back.",
    "Take dynamodb:DeleteItem, BatchWriteItem and the PartiQL actions from principals that do not need them.",
  ],
  falsePositives: [
    "Applications delete items all day: list their roles as workload principals.",
    "Administrators who clean up by hand.",
    "A BatchWriteItem that only puts: what it holds is unpublished, so every one counts.",
  ],
  limits: [
    "One call counts once, however many items it deletes.",
    "Deletions by time to live are not in CloudTrail; DynamoDB Streams show them, marked with the service's identity.",
    "The operations of a transaction are compared as AWS prints them (Put, Update, Delete): in other letters they are missed.",
    "An item whose attributes are overwritten is not deleted: see table-item-updated. A whole table that is deleted takes its items along: see multiple-tables-deleted.",
    "Writes through a DAX cluster are made by the cluster's role.",
    "A PartiQL statement that begins with a comment is missed, if DynamoDB accepts one.",
    ...itemLevelLimits,
  ],
};
