import { absent, all, any, beginsWithWord, type Condition, equals, oneOf } from "../../condition";

/**
 * A call that takes PartiQL (ExecuteStatement, BatchExecuteStatement, ExecuteTransaction) with a statement that begins
 * with one of these words. AWS prints the first with `statement` and the second with `requestItems[].statement`
 * (DynamoDB developer guide, "Understanding DynamoDB log file entries") but not the third, and CloudTrail leaves out
 * parameters that are too large: where no statement is there to read, the call counts.
 */
export function partiql(...words: string[]): Condition {
  return all(
    equals("eventName", "*Execute*"),
    any(
      beginsWithWord("requestParameters.statement", ...words),
      beginsWithWord("requestParameters.requestItems[*].statement", ...words),
      all(absent("requestParameters.statement"), absent("requestParameters.requestItems[0].statement")),
    ),
  );
}

/** ExecuteStatement with a statement that begins with one of these words. */
export function executeStatement(...words: string[]): Condition {
  const field = "requestParameters.statement";
  return all(equals("eventName", "ExecuteStatement"), any(beginsWithWord(field, ...words), absent(field)));
}

/** A transaction with an entry of one of these kinds, or whose entries are not there to read. */
export function transaction(...operations: string[]): Condition {
  const entries = "requestParameters.requestItems";
  return all(
    equals("eventName", "TransactWriteItems"),
    any(oneOf(`${entries}[*].operation`, ...operations), absent(`${entries}[0].operation`)),
  );
}

/** What no item-level detection can see. */
export const itemLevelLimits: readonly string[] = [
  "Where the trail logs named tables only, their replicas in other Regions and copies restored under another name are not logged: name them too, or log all tables.",
  "CloudTrail does not send events over 256 KB to CloudWatch Logs; the evidence bucket has them.",
];
