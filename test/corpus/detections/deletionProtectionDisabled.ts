import {
  by,
  denied,
  event,
  failing,
  from,
  identities,
  inRegion,
  oldForm,
  tableArn,
  tooLarge,
  updateTable,
} from "../../support/events";
import type { Corpus } from "../corpus";

const off = { tableName: "orders", deletionProtectionEnabled: false };

export const deletionProtectionDisabled: Corpus = {
  detection: "deletion-protection-disabled",
  fires: {
    "by name": updateTable(off),
    "among other settings": updateTable({ ...off, billingMode: "PAY_PER_REQUEST" }),
    "by a user": updateTable(off, by(identities.user("eve"))),
  },
  quiet: {
    "switched on": updateTable({ tableName: "orders", deletionProtectionEnabled: true }),
    "another setting": updateTable({ tableName: "orders", billingMode: "PROVISIONED" }),
    refused: updateTable(off, denied),
    "not valid": updateTable(off, failing("ValidationException")),
    "the table is in use": updateTable(off, failing("ResourceInUseException")),
    "Amazon Keyspaces": updateTable(off, from("cassandra.amazonaws.com")),
    "AWS Glue": updateTable(off, from("glue.amazonaws.com")),
    "the text false": updateTable({ tableName: "orders", deletionProtectionEnabled: "false" }),
    "an Amazon RDS cluster": event("ModifyDBCluster", { deletionProtection: false }, from("rds.amazonaws.com")),
    "a table of Application Auto Scaling": updateTable(
      { provisionedThroughput: { readCapacityUnits: 5, writeCapacityUnits: 5 } },
      by(identities.autoScaling()),
    ),
  },
  evasions: {
    caught: {
      "by ARN": updateTable({ ...off, tableName: tableArn("orders") }),
      "without a name": updateTable({ deletionProtectionEnabled: false }),
      "without a response": updateTable(off, { responseElements: null }),
      "by root": updateTable(off, by(identities.root())),
      "by a federated user": updateTable(off, by(identities.federated("eve"))),
      "by a web identity": updateTable(off, by(identities.webIdentity("deploy"))),
      "by a principal of another account": updateTable(off, by(identities.otherAccount())),
      "through CloudFormation": updateTable(off, by(identities.throughService("ops", "cloudformation.amazonaws.com"))),
      "on a replica in another Region": updateTable(off, inRegion("eu-west-1")),
      "with parameters too large to be logged": updateTable(off, tooLarge),
      "an event of an old form": updateTable(off, oldForm),
    },
    missed: {
      "a table created without protection": {
        what: event("CreateTable", off),
        limit: "created without protection",
      },
    },
  },
};
