import { by, denied, type Event, event, from, identities, item, itemCall, on, tableArn } from "../../support/events";
import { ownState } from "../../support/ownState";
import type { Corpus } from "../corpus";

const { tableName: table, roleName: role } = ownState;
const detector = by(identities.role(role, "detector"));
const call = (name: string, change = {}): Event => itemCall(name, { ...on(tableArn(table)), ...change }, table);
const manage = (name: string, change = {}): Event =>
  event(name, { tableName: table }, { ...on(tableArn(table)), ...change });

export const detectorStateTampered: Corpus = {
  detection: "detector-state-tampered",
  anyCall: true,
  fires: {
    "somebody reads": call("Scan"),
    "somebody writes": call("PutItem"),
    "somebody tries": call("GetItem", denied),
    "protection off": manage("UpdateTable"),
    "time to live changed": manage("UpdateTimeToLive"),
    "the detector's role scans": call("Scan", detector),
  },
  quiet: {
    "the detector at work": ["GetItem", "BatchGetItem", "PutItem"].map((name) => call(name, detector)),
    "the detector in another session": call("PutItem", by(identities.role(role, "x"))),
    "another table": itemCall("PutItem"),
    "a table of a like name": itemCall("PutItem", on(tableArn("dynamodb-detective-test")), "dynamodb-detective-test"),
    "a description": manage("DescribeTable"),
    "tags listed": manage("ListTagsOfResource"),
    "another service": manage("DeleteTable", from("glue.amazonaws.com")),
  },
  evasions: {
    caught: {
      "the table by its ARN, without resources": event("DeleteTable", { tableName: tableArn(table) }),
      "the table by its name, without resources": event("DeleteTable", { tableName: table }),
      "a resource policy": event("PutResourcePolicy", { resourceArn: tableArn(table), policy: "{}" }),
      "an export": event("ExportTableToPointInTime", { tableArn: tableArn(table) }),
      "in a batch with another table": item("BatchWriteItem", {}, on(tableArn("orders"), tableArn(table))),
      "by a role of a like name": call("PutItem", by(identities.role(`x-${role}`))),
      "by root": call("PutItem", by(identities.root())),
    },
    missed: {
      "with the detector's own credentials": {
        what: call("PutItem", detector),
        limit: "who has taken over a function can use its table",
      },
      "its key disabled": {
        what: event("DisableKey", { keyId: "k" }, from("kms.amazonaws.com")),
        limit: "The key of the table is not watched",
      },
    },
  },
};
