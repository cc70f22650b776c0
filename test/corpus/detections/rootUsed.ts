import { by, denied, event, from, identities, item, itemCall } from "../../support/events";
import type { Corpus } from "../corpus";

const root = by(identities.root());

export const rootUsed: Corpus = {
  detection: "root-used",
  fires: {
    "lists tables": event("ListTables", null, root),
    "reads an item": itemCall("GetItem", root),
    "deletes a table": event("DeleteTable", { tableName: "orders" }, root),
    refused: event("DeleteTable", { tableName: "orders" }, { ...root, ...denied }),
  },
  quiet: {
    "a user": itemCall("GetItem", by(identities.user("root"))),
    "a role": itemCall("GetItem", by(identities.role("root"))),
    "a service with root's rights": item(
      "GetItem",
      null,
      by({ ...identities.root(), invokedBy: "backup.amazonaws.com" }),
    ),
    "an event of the service": event("ListTables", null, { ...root, eventType: "AwsServiceEvent" }),
    "another account's root": itemCall("GetItem", by(identities.otherAccount())),
    "another service": event("ListBuckets", null, { ...root, ...from("s3.amazonaws.com") }),
  },
  evasions: {
    caught: {
      "by PartiQL": item("ExecuteStatement", { statement: "SELECT * FROM orders" }, root),
      "from the console": event(
        "DescribeTable",
        { tableName: "orders" },
        { ...root, sessionCredentialFromConsole: "true" },
      ),
    },
    missed: {
      "by a role that root assumed": {
        what: itemCall("GetItem", by(identities.role("OrganizationAccountAccessRole"))),
        limit: "Sessions of roles that the root user assumed",
      },
    },
  },
};
