import { after, byDynamodb, denied, type Event, identities, tableKeyUse } from "../../support/events";
import type { Corpus } from "../corpus";

const day = 24 * 60;
const through = (role: string) => ({ userIdentity: identities.throughService(role, "dynamodb.amazonaws.com") });
const used = (days: number, change = {}, table = "orders"): Event =>
  after(String(days * day), byDynamodb("Decrypt", change, table));
const learnt = [used(0), used(6)];

export const tableKeyUsedByNewPrincipal: Corpus = {
  detection: "table-key-used-by-new-principal",
  fires: {
    "somebody else": { events: [...learnt, used(8, through("eve"))], alerts: 1 },
    "once for the second use": { events: [...learnt, used(8, through("eve")), used(9, through("eve"))], alerts: 1 },
    "a grant": [...learnt, after(String(8 * day), byDynamodb("CreateGrant", through("eve")))],
  },
  quiet: {
    "a known principal": [...learnt, used(8)],
    "while learning": [used(0), used(3, through("eve"))],
    "a new table": [...learnt, used(8, through("eve"), "users")],
    refused: [...learnt, used(8, { ...through("eve"), ...denied })],
    "used directly": [
      ...learnt,
      after(String(8 * day), tableKeyUse("Decrypt", { userIdentity: identities.user("eve") })),
    ],
  },
  evasions: {
    caught: {
      "another session of another role": [...learnt, used(8, through("eve/ops"))],
    },
    missed: {
      "while learning": {
        what: [used(0), used(3, through("eve")), used(8, through("eve"))],
        limit: "Until seven days after",
      },
      "a table's first principal": {
        what: [...learnt, used(8, through("eve"), "never-used")],
        limit: "A table's first principal is always learnt",
      },
    },
  },
};
