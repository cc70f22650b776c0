import { type Condition, fieldsOf } from "../condition";
import { Inexpressible } from "./error";

/**
 * Fields of a CloudTrail record that hold an object or an array (CloudTrail user guide, "CloudTrail record contents"
 * and "userIdentity element"). A selector that ends on one matches nothing.
 */
const containers: readonly string[] = [
  "userIdentity",
  "userIdentity.sessionContext",
  "userIdentity.sessionContext.attributes",
  "userIdentity.sessionContext.sessionIssuer",
  "userIdentity.sessionContext.webIdFederationData",
  "requestParameters",
  "responseElements",
  "responseElements.tableDescription",
  "additionalEventData",
  "resources",
  "resources[*]",
  "serviceEventDetails",
  "tlsDetails",
];

/** Refuses a path that is known to end on an object or array. `absent` may: it asks whether the whole is missing. */
export function checkLeaves(condition: Condition): void {
  const fields = fieldsOf(condition);
  const parents = [...containers, ...fields.flatMap(({ field }) => parentsOf(field))];
  for (const { field, kind } of fields) {
    if (kind === "absent" || !parents.map(anyIndex).includes(anyIndex(field))) continue;
    throw new Inexpressible(
      `${field} holds an object or array, and a selector that ends there matches nothing. Name a field inside it.`,
    );
  }
}

/** `a`, `a.b` and `a.b[0]` for `a.b[0].c`. */
function parentsOf(field: string): string[] {
  return [...field.matchAll(/(?<=.)[.[]/g)].map(({ index }) => field.slice(0, index));
}

const anyIndex = (field: string): string => field.replace(/\[\d+\]/g, "[*]");
