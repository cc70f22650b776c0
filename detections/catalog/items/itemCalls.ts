import { all, type Condition, dynamodbEvent, oneOf } from "../../condition";

/** Calls that read items, and PartiQL, which may. `*GetItem` is GetItem and BatchGetItem; `*Execute*` is all of PartiQL. */
export const readsItems = (): Condition =>
  all(dynamodbEvent(), oneOf("eventName", "*GetItem", "TransactGetItems", "Query", "Scan", "*Execute*"));

/** Any call on items, and the export of a whole table. The wildcards keep the pattern short; the names are AWS's own. */
export const touchesItems = (): Condition =>
  all(dynamodbEvent(), oneOf("eventName", "*Item", "*Items", "Query", "Scan", "*Execute*", "ExportTableToPointInTime"));
