import { all, any, dynamodbEvent, equals, oneOf, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { itemLevelLimits } from "./statements";

const onFailure = "returnValuesOnConditionCheckFailure";
/** AWS's own example of a transaction mixes both cases. */
const OnFailure = "ReturnValuesOnConditionCheckFailure";

/** Items are read with calls that write, by whoever may not read: the answer of a write holds the item. */
export const readThroughWrite: Detection = {
  id: "read-through-write",
  title: "Items read through writes",
  severity: "medium",
  profile: "full",
  source: "table-data",
  evidence: "inferred",
  evidenceNote:
    "AWS prints UpdateItem with returnConsumedCapacity and a failed condition, and TransactWriteItems with its entries. " +
    "returnValues and returnValuesOnConditionCheckFailure beside them follow from the API model.",
  when: all(
    dynamodbEvent(),
    any(
      all(
        equals("eventName", "UpdateItem"),
        oneOf("requestParameters.returnValues", "ALL_OLD", "ALL_NEW"),
        succeeded(),
      ),
      all(
        oneOf("eventName", "UpdateItem", "PutItem", "DeleteItem"),
        equals(`requestParameters.${onFailure}`, "ALL_OLD"),
        equals("errorCode", "ConditionalCheckFailed*"),
      ),
      all(
        equals("eventName", "TransactWriteItems"),
        any(
          equals(`requestParameters.requestItems[*].${onFailure}`, "ALL_OLD"),
          equals(`requestParameters.requestItems[*].${OnFailure}`, "ALL_OLD"),
        ),
        equals("errorCode", "TransactionCanceled*"),
      ),
    ),
  ),
  refusedCalls: "count",
  alarm: { moreThan: 10, withinSeconds: 600 },
  attack: [{ version: "18.1", tactic: "TA0009", technique: "T1213.006" }],
  impact: "Whoever may write but not read gets whole items, and no detection of reads sees it.",
  response: [
    "Find the caller and the keys in the events, and ask whether an application needs the old values.",
    "If not, stop the caller: revoke the role's sessions or disable the user's access keys.",
    "Treat the items with these keys as disclosed.",
    "Deny writes that return values with the condition key dynamodb:ReturnValues.",
  ],
  falsePositives: [
    "Applications that ask a write for the item or use failed conditions as locks: list their roles as workload principals.",
  ],
  limits: [
    "Ten such calls or fewer in ten minutes stay quiet, also when repeated: lower the threshold where nobody writes by hand.",
    "A DeleteItem or PutItem that returns what it destroys is a deletion or an update: see table-item-deleted and table-item-updated.",
    "A PartiQL statement with RETURNING is not read: see partiql-read-by-new-principal.",
    ...itemLevelLimits,
  ],
};
