import {
  by,
  deleteTable,
  denied,
  event,
  executeStatement,
  from,
  identities,
  indexArn,
  itemCall,
  on,
  otherAccount,
} from "../../support/events";
import type { Corpus } from "../corpus";

const outside = by(identities.otherAccount());
const trusted = by({ ...identities.otherAccount(), accountId: "777788889999" });

export const crossAccountCaller: Corpus = {
  detection: "cross-account-caller",
  fires: {
    "an item read": itemCall("GetItem", outside),
    "an item written": itemCall("PutItem", outside),
    "a table deleted": deleteTable(outside),
    "a stream read": event("GetRecords", { shardIterator: "x" }, outside),
  },
  quiet: {
    "a trusted account": itemCall("GetItem", trusted),
    "the own account": itemCall("GetItem"),
    "a role that the other account assumed": itemCall("GetItem", by(identities.role("partner", "session"))),
    refused: itemCall("GetItem", { ...outside, ...denied }),
    "an AWS service": itemCall("GetItem", by(identities.service("dax.amazonaws.com"))),
    "another service": itemCall("GetItem", { ...outside, ...from("s3.amazonaws.com") }),
  },
  evasions: {
    caught: {
      "through an index": itemCall("Query", { ...outside, ...on(indexArn("orders")) }),
      "a session of a role there": itemCall(
        "Scan",
        by({ type: "AWSAccount", accountId: otherAccount, principalId: "AROA:eve" }),
      ),
    },
    missed: {
      "by a role of this account": {
        what: executeStatement("SELECT * FROM orders", by(identities.role("open-to-all", "eve"))),
        limit: "An account that assumes a role of this one",
      },
    },
  },
};
