import {
  by,
  createTable,
  denied,
  from,
  identities,
  keyArn,
  tableArn,
  tooLarge,
  updateTable,
} from "../../support/events";
import type { Corpus } from "../corpus";

const dropped = (change = {}) => updateTable({ tableName: "orders", sSESpecification: { enabled: false } }, change);

export const tableKeyDropped: Corpus = {
  detection: "table-key-dropped",
  fires: {
    dropped: dropped(),
    "by root": dropped(by(identities.root())),
    "through CloudFormation": dropped(by(identities.throughService("ops", "cloudformation.amazonaws.com"))),
  },
  quiet: {
    "moved to another key": updateTable({
      tableName: "orders",
      sSESpecification: { enabled: true, kMSMasterKeyId: keyArn() },
    }),
    "another setting": updateTable({ tableName: "orders", deletionProtectionEnabled: true }),
    refused: dropped(denied),
    "a new table": createTable(),
    "another service": dropped(from("cassandra.amazonaws.com")),
  },
  evasions: {
    caught: {
      "the ARN for the name": updateTable({ tableName: tableArn("orders"), sSESpecification: { enabled: false } }),
      "parameters too large to be logged": dropped(tooLarge),
    },
    missed: {
      "a table restored under the AWS owned key": {
        what: createTable("RestoreTableFromBackup"),
        limit: "restored under the AWS owned key",
      },
    },
  },
};
