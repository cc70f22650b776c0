import {
  type Change,
  deleteTable,
  type Event,
  executeStatement,
  failing,
  item,
  itemCall,
  spread,
} from "../../support/events";
import type { Corpus } from "../corpus";

/** inferred: beside documented parameters, from the API model. */
const update = (parameters: Record<string, unknown>, change: Change = {}, name = "UpdateItem"): Event =>
  itemCall(name, { requestParameters: { tableName: "orders", key: { id: "1" }, ...parameters }, ...change });
const onFailure = "returnValuesOnConditionCheckFailure";
const failed = failing("ConditionalCheckFailedException");
const canceled = failing("TransactionCanceledException");
const transaction = (entry: Record<string, unknown>, change: Change = canceled): Event =>
  item("TransactWriteItems", { requestItems: [{ operation: "Put", tableName: "orders" }, entry] }, change);
const eleven = (make: () => Event) => spread(11, 599, make);

export const readThroughWrite: Corpus = {
  detection: "read-through-write",
  fires: {
    "old values of updates": eleven(() => update({ returnValues: "ALL_OLD" })),
    "new values of updates": eleven(() => update({ returnValues: "ALL_NEW" })),
    "conditions that fail": eleven(() => update({ [onFailure]: "ALL_OLD" }, failed, "PutItem")),
    "transactions that fail": eleven(() => transaction({ operation: "ConditionCheck", [onFailure]: "ALL_OLD" })),
  },
  quiet: {
    "ten of them": spread(10, 599, () => update({ returnValues: "ALL_OLD" })),
    "nothing asked for": eleven(() => update({ returnValues: "NONE" })),
    "what was updated": eleven(() => update({ returnValues: "UPDATED_NEW" })),
    refused: eleven(() => update({ returnValues: "ALL_OLD" }, failing("AccessDenied"))),
    "a condition that holds": eleven(() => update({ [onFailure]: "ALL_OLD" })),
    "a condition that fails, nothing asked for": eleven(() => update({}, failed)),
    "a transaction that succeeds": eleven(() => transaction({ operation: "Update", [onFailure]: "ALL_OLD" }, {})),
    "a transaction that fails, nothing asked for": eleven(() => transaction({ operation: "Update" })),
    "another service": eleven(() => update({ returnValues: "ALL_OLD" }, { eventSource: "cassandra.amazonaws.com" })),
    "tables deleted": eleven(() => deleteTable()),
  },
  evasions: {
    caught: {
      "in the other spelling of AWS": eleven(() =>
        transaction({ Operation: "ConditionCheck", ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
      ),
      "each by another way": [
        ...spread(4, 100, () => update({ returnValues: "ALL_OLD" })),
        ...spread(4, 200, () => update({ [onFailure]: "ALL_OLD" }, failed, "DeleteItem")),
        ...spread(4, 300, () => transaction({ operation: "Delete", [onFailure]: "ALL_OLD" })),
      ],
    },
    missed: {
      slowly: {
        what: spread(40, 4 * 3600, () => update({ returnValues: "ALL_OLD" })),
        limit: "Ten such calls or fewer in ten minutes",
      },
      "by PartiQL": {
        what: eleven(() => executeStatement("UPDATE orders SET a = 1 WHERE id = '1' RETURNING ALL OLD *")),
        limit: "A PartiQL statement with RETURNING",
      },
      "by deleting": {
        what: eleven(() => update({ returnValues: "ALL_OLD" }, {}, "DeleteItem")),
        limit: "A DeleteItem or PutItem that returns what it destroys",
      },
    },
  },
};
