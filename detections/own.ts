import type { Condition } from "./condition";
import { all, any, differs, dynamodbEvent, equals } from "./condition";

/** What a deployment calls the table in which its functions keep their state, and who may use it. */
export interface OwnState {
  /** Name of the table; `*` may end it, where the rest is known after deployment only. */
  tableName: string;
  /** Names of the roles of the functions that use it, without path. */
  roleNames: readonly string[];
}

/** What a deployment knows of itself, put into conditions by `bindOwn`. */
export interface Own extends Partial<OwnState> {
  /** How the names of everything that is deployed begin: alarms, filters, topics, functions, log groups. */
  namesBegin: string;
}

/** Stand in conditions for names that only a deployment knows; `bindOwn` puts them in. */
const tableStandIn = "<state-table>";
const roleStandIn = "<state-role>";
const nameStandIn = "<own-name>";

const issuer = "userIdentity.sessionContext.sessionIssuer.arn";

/** What the functions do with their table all day: `*Item` is GetItem, PutItem and their like. Never a Scan. */
const ordinaryCalls = ["*Item", "Query"];

/** A call that is about the state table, however it names it. */
export const onStateTable = (): Condition =>
  all(
    dynamodbEvent(),
    any(
      equals("resources[*].ARN", `*:table/${tableStandIn}`),
      // Whatever parameter holds its ARN: tableName, tableArn, resourceArn, backupArn.
      equals("requestParameters.*", `*:table/${tableStandIn}`),
      equals("requestParameters.tableName", tableStandIn),
    ),
  );

/**
 * Not one of the everyday calls of the functions' own roles. A role is known by the end of its ARN: another account's
 * role of the same name can reach the table only after a resource policy was put on it, which is such a call itself.
 */
export const notByOwnFunctions = (): Condition =>
  any(differs("eventName", ...ordinaryCalls), differs(issuer, `*:role/${roleStandIn}`));

/** A field that holds the name of something of this deployment. */
export const ownNamed = (field: string): Condition => equals(field, `${nameStandIn}*`);

/** A call that names something of this deployment in any of its parameters, by its name or its ARN. */
export const onOwnResource = (): Condition =>
  any(ownNamed("requestParameters.*"), equals("requestParameters.*", `*:${nameStandIn}*`));

/** The condition with the deployment's own names. */
export function bindOwn(condition: Condition, own: Own): Condition {
  const { tableName = tableStandIn, roleNames = [roleStandIn], namesBegin } = own;
  const text = (value: string | number): string | number =>
    typeof value === "string" ? value.replace(tableStandIn, tableName).replace(nameStandIn, namesBegin) : value;
  switch (condition.kind) {
    case "all":
    case "any":
      return { ...condition, of: condition.of.map((part) => bindOwn(part, own)) };
    case "equals":
      return { ...condition, value: text(condition.value) };
    case "differs":
      return {
        ...condition,
        values: condition.values.flatMap((value) =>
          typeof value === "string" && value.includes(roleStandIn)
            ? roleNames.map((role) => value.replace(roleStandIn, role))
            : [text(value)],
        ),
      };
    default:
      return condition;
  }
}
