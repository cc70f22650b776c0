/**
 * The condition tree: which CloudTrail events a detection matches. Field names are paths inside a CloudTrail record,
 * written with dots, `[0]` or `[*]` (`requestParameters.tableName`, `resources[*].ARN`), and must end on a leaf:
 * a CloudWatch Logs selector that ends on an object or array matches nothing (CloudWatch Logs user guide,
 * "Filter pattern syntax").
 */
export type Condition =
  | { kind: "all"; of: readonly Condition[] }
  | { kind: "any"; of: readonly Condition[] }
  /** The field is there and equals the value. In a string `*` stands for any text, at its start or end only. */
  | { kind: "equals"; field: string; value: string | number }
  /**
   * The field is missing or is none of the values. Compiles to `NOT EXISTS || (!= && !=)`: a bare `!=` never matches a
   * missing field.
   */
  | { kind: "differs"; field: string; values: readonly (string | number)[] }
  /** The field's text begins with one of the words in any letter case; white space may come first. */
  | { kind: "beginsWithWord"; field: string; words: readonly string[] }
  /** The field's text holds one of these, in any letter case. Costs a regular expression, of which a log group takes few. */
  | { kind: "contains"; field: string; texts: readonly string[] }
  | { kind: "compares"; field: string; operator: "<" | ">" | "<=" | ">="; value: number }
  | { kind: "isTrue"; field: string }
  | { kind: "isFalse"; field: string }
  /** The field holds any string. Numbers and booleans: use `compares`, `isTrue` and `isFalse`. */
  | { kind: "present"; field: string }
  | { kind: "absent"; field: string };

export const all = (...of: Condition[]): Condition => ({ kind: "all", of });
export const any = (...of: Condition[]): Condition => ({ kind: "any", of });
export const equals = (field: string, value: string | number): Condition => ({ kind: "equals", field, value });
export const differs = (field: string, ...values: (string | number)[]): Condition => ({
  kind: "differs",
  field,
  values,
});
export const beginsWithWord = (field: string, ...words: string[]): Condition => ({
  kind: "beginsWithWord",
  field,
  words,
});
export const contains = (field: string, ...texts: string[]): Condition => ({ kind: "contains", field, texts });
export const atLeast = (field: string, value: number): Condition => ({
  kind: "compares",
  field,
  operator: ">=",
  value,
});
export const atMost = (field: string, value: number): Condition => ({
  kind: "compares",
  field,
  operator: "<=",
  value,
});
export const below = (field: string, value: number): Condition => ({ kind: "compares", field, operator: "<", value });
export const isTrue = (field: string): Condition => ({ kind: "isTrue", field });
export const isFalse = (field: string): Condition => ({ kind: "isFalse", field });
export const present = (field: string): Condition => ({ kind: "present", field });
export const absent = (field: string): Condition => ({ kind: "absent", field });

/** One of several values of a field. */
export const oneOf = (field: string, ...values: string[]): Condition =>
  values.length === 1 ? equals(field, values[0]!) : any(...values.map((value) => equals(field, value)));

/** An API call of a service, by one of these names. The service is always named: services share event names. */
export const calls = (eventSource: string, ...eventNames: string[]): Condition =>
  all(equals("eventSource", eventSource), oneOf("eventName", ...eventNames));

/** Any event of DynamoDB, tables and streams alike. */
export const dynamodbEvent = (): Condition => equals("eventSource", "dynamodb.amazonaws.com");

/** A DynamoDB API call. */
export const dynamodb = (...eventNames: string[]): Condition => calls("dynamodb.amazonaws.com", ...eventNames);

/** Another service made the call for its caller, or none did: `invokedBy` is there where one did. */
export const notByService = (): Condition => absent("userIdentity.invokedBy");

/** The call went through: CloudTrail adds `errorCode` only to calls that failed. */
export const succeeded = (): Condition => absent("errorCode");

/**
 * CloudTrail leaves out request parameters over 100 KB (CloudTrail user guide, "CloudTrail record contents"), so that a
 * detection that reads them would be blind. Published events carry `omitted: true` in their place.
 */
export const parametersOmitted = (): Condition => isTrue("requestParameters.omitted");

/** Every condition on a field, from left to right. */
export function fieldsOf(condition: Condition): Exclude<Condition, { kind: "all" | "any" }>[] {
  return condition.kind === "all" || condition.kind === "any" ? condition.of.flatMap(fieldsOf) : [condition];
}
