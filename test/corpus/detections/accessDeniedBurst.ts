import {
  by,
  byDynamodb,
  denied,
  type Event,
  failing,
  from,
  identities,
  itemCall,
  spread,
  tableKeyUse,
} from "../../support/events";
import type { Corpus } from "../corpus";

const refused = (count: number, seconds: number, make = (_: number): Event => itemCall("GetItem", denied)): Event[] =>
  spread(count, seconds, make);

export const accessDeniedBurst: Corpus = {
  detection: "access-denied-burst",
  fires: {
    "eleven in nine minutes": { events: refused(11, 540), alerts: 1 },
    "by a user": refused(11, 300, () => itemCall("Query", { ...denied, ...by(identities.user("eve")) })),
    "on many tables": refused(11, 300, (i) => itemCall("Scan", denied, `table-${i}`)),
    "for want of the key": refused(11, 300, () => byDynamodb("Decrypt", denied)),
  },
  quiet: {
    ten: refused(10, 540),
    "eleven by eleven principals": refused(11, 300, (i) =>
      itemCall("GetItem", { ...denied, ...by(identities.user(`user-${i}`)) }),
    ),
    "other errors": refused(11, 300, () => itemCall("PutItem", failing("ConditionalCheckFailedException"))),
    allowed: refused(11, 300, () => itemCall("GetItem")),
    "a direct use of a key": refused(11, 300, () => tableKeyUse("Decrypt", denied)),
    "another service": refused(11, 300, () => itemCall("GetItem", { ...denied, ...from("s3.amazonaws.com") })),
  },
  evasions: {
    caught: {
      "sessions of one role": refused(11, 300, (i) =>
        itemCall("GetItem", { ...denied, ...by(identities.role("ops", `s-${i}`)) }),
      ),
      "the error by its other name": refused(11, 300, () => itemCall("GetItem", failing("AccessDeniedException"))),
    },
    missed: {
      "ten every ten minutes": { what: [...refused(10, 540)], limit: "Ten refusals or fewer" },
      "two principals": {
        what: refused(12, 300, (i) =>
          itemCall("GetItem", { ...denied, ...by(identities.user(i % 2 ? "one" : "two")) }),
        ),
        limit: "refusals that several principals share",
      },
    },
  },
};
