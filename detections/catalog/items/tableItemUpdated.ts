import { all, any, dynamodbEvent, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { itemLevelLimits, partiql, transaction } from "./statements";

/** Published alert "A table item was updated": attributes changed, or an item added. */
export const tableItemUpdated: Detection = {
  id: "table-item-updated",
  title: "Table item updated",
  severity: "low",
  source: "table-data",
  evidence: "documented",
  evidenceNote:
    "AWS prints PutItem, UpdateItem, TransactWriteItems, ExecuteStatement and BatchExecuteStatement. The bodies of " +
    "BatchWriteItem and ExecuteTransaction are unpublished: the first is not read, the second counts where it cannot be read.",
  when: all(
    dynamodbEvent(),
    any(
      oneOf("eventName", "UpdateItem", "PutItem", "BatchWriteItem"),
      transaction("Put", "Update"),
      // UPDATE and INSERT. Three letters tell the words of PartiQL apart, and leave room for exclusions in the pattern.
      partiql("UPD", "INS"),
    ),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    {
      version: "18.1",
      tactic: "TA0040",
      technique: "T1565.001",
      note: "Its platforms do not name IaaS; no other technique says that stored data was changed.",
    },
  ],
  origin: { place: 8, title: "A table item was updated", tactic: "TA0003", technique: "T1505.001" },
  impact: "Data is changed or planted: balances, permissions kept in a table, addresses, feature switches.",
  response: [
    "Find the caller and the keys of the items in the event, and ask the owner of the table whether the change was meant.",
    "If not, stop the caller: revoke the role's sessions or disable the user's access keys.",
    "Restore the table to the second before the first change (`aws dynamodb restore-table-to-point-in-time`) beside the old one, compare the items and write the right ones back.",
    "If the table holds permissions or configuration, look for what was done with them meanwhile.",
  ],
  falsePositives: [
    "Applications write items all day: list their roles as workload principals.",
    "Administrators who correct data by hand.",
    "A BatchWriteItem that only deletes: what it holds is unpublished, so every one counts.",
  ],
  limits: [
    "One call counts once, however many items it writes.",
    "The event names the attributes of a put, not their values; DynamoDB Streams carry old and new values, but not the caller.",
    "The operations of a transaction are compared as AWS prints them (Put, Update, Delete): in other letters they are missed.",
    "Writes through a DAX cluster are made by the cluster's role.",
    "Tables filled by an import or a restore are not written item by item: see multiple-tables-created.",
    "A PartiQL statement that begins with a comment is missed, if DynamoDB accepts one.",
    ...itemLevelLimits,
  ],
};
