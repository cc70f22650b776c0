import { absent, all, any, type Condition, differs, equals, oneOf } from "../condition";
import { type FilterPattern, printFilterPattern, requiredOrMissing, requiredValues } from "../filterPattern";
import { toExpression } from "./expression";
import { issuerField } from "./principals";

/** Which events of a service some pattern asks about. */
export interface EventScope {
  eventSource: string;
  /**
   * Values of `userIdentity.invokedBy` that are asked about; `null`: events without the field, which no service made. Most
   * calls of AWS KMS are made by services. Absent: whatever it is.
   */
  invokedBy?: readonly (string | null)[];
}

const invoker = "userIdentity.invokedBy";

/** The scopes that these patterns ask about, by name of the service; `undefined` where one of them names no service. */
export function scopesOf(patterns: readonly FilterPattern[]): EventScope[] | undefined {
  const scopes = new Map<string, Set<string | null> | undefined>();
  for (const pattern of patterns) {
    const sources = requiredValues(pattern, "eventSource");
    if (!sources) return undefined;
    const invokers = requiredOrMissing(pattern, invoker);
    for (const source of sources) {
      const known = scopes.has(source) ? scopes.get(source) : new Set<string | null>();
      scopes.set(source, known && invokers && new Set([...known, ...invokers]));
    }
  }
  return [...scopes]
    .map(([eventSource, invokedBy]) => ({ eventSource, ...(invokedBy && { invokedBy: [...invokedBy].sort() }) }))
    .sort((a, b) => (a.eventSource < b.eventSource ? -1 : 1));
}

/**
 * The pattern of a subscription filter: events of these scopes, but for those of these roles. It goes by roles and not by
 * tables, so that a function whose calls fail cannot feed itself.
 *
 * @param roleArns Exact ARNs: another account's role of the same name is somebody else.
 */
export function compileSubscription(scopes: readonly EventScope[], roleArns: readonly string[]): string {
  const whole = scopes.filter(({ invokedBy }) => !invokedBy).map(({ eventSource }) => eventSource);
  const parts: Condition[] = scopes.flatMap(({ eventSource, invokedBy }) =>
    invokedBy ? [all(equals("eventSource", eventSource), invokedOnlyBy(invokedBy))] : [],
  );
  const wanted = [...(whole.length > 0 ? [oneOf("eventSource", ...whole)] : []), ...parts];
  const condition = all(wanted.length === 1 ? wanted[0]! : any(...wanted), differs(issuerField, ...roleArns));
  return printFilterPattern({ expression: toExpression(condition) });
}

const invokedOnlyBy = (values: readonly (string | null)[]): Condition =>
  any(...values.map((value) => (value === null ? absent(invoker) : equals(invoker, value))));
