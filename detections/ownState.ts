import type { Condition } from "./condition";
import { all, any, differs, dynamodbEvent, equals } from "./condition";

/** What a deployment calls the table in which its functions keep their state, and who may use it. */
export interface OwnState {
  /** Name of the table; `*` may end it, where the rest is known after deployment only. */
  tableName: string;
  /** Names of the roles of the functions that use it, without path. */
  roleNames: readonly string[];
}

/** Stands in conditions for names that only a deployment knows; `bindOwnState` puts them in. */
const tableStandIn = "<state-table>";
const roleStandIn = "<state-role>";

const issuer = "userIdentity.sessionContext.sessionIssuer.arn";

/** What the functions do with their table all day: `*Item` is GetItem, PutItem and their like. Never a Scan. */
const ordinaryCalls = ["*Item", "Query"];

/** A call that is about the state table, however it names it. */
export const onStateTable = (): Condition =>
  all(
    dynamodbEvent(),
    any(
      equals("resources[*].ARN", `*:table/${tableStandIn}`),
      // Whatever parameter holds its name or its ARN: tableName, sourceTableName, globalTableName, resourceArn, backupArn.
      equals("requestParameters.*", `*${tableStandIn}`),
    ),
  );

/**
 * Not one of the everyday calls of the functions' own roles. A role is known by the end of its ARN: another account's
 * role of the same name can reach the table only after a resource policy was put on it, which is such a call itself.
 */
export const notByOwnFunctions = (): Condition =>
  any(differs("eventName", ...ordinaryCalls), differs(issuer, `*:role/${roleStandIn}`));

/** The condition with the deployment's own names. */
export function bindOwnState(condition: Condition, own: OwnState): Condition {
  const text = (value: string | number): string | number =>
    typeof value === "string" ? value.replace(tableStandIn, own.tableName) : value;
  switch (condition.kind) {
    case "all":
    case "any":
      return { ...condition, of: condition.of.map((part) => bindOwnState(part, own)) };
    case "equals":
      return { ...condition, value: text(condition.value) };
    case "differs":
      return {
        ...condition,
        values: condition.values.flatMap((value) =>
          typeof value === "string" && value.includes(roleStandIn)
            ? own.roleNames.map((role) => value.replace(roleStandIn, role))
            : [text(value)],
        ),
      };
    default:
      return condition;
  }
}
