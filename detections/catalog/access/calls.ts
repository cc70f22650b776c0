import { all, type Condition, differs, dynamodbEvent } from "../../condition";

/** Calls of DynamoDB that change something or work with items: all but descriptions and lists. */
export const changesOrTouches = (): Condition => all(dynamodbEvent(), differs("eventName", "Describe*", "List*"));
