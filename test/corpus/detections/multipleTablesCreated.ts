import {
  after,
  by,
  createTable,
  denied,
  failing,
  from,
  identities,
  inRegion,
  oldForm,
  spread,
  updateTable,
} from "../../support/events";
import type { Corpus } from "../corpus";

const six = (name = "CreateTable", change = {}) => spread(6, 50, (i) => createTable(name, change, `t${i}`));
const ways = ["CreateTable", "RestoreTableFromBackup", "RestoreTableToPointInTime", "ImportTable"];

export const multipleTablesCreated: Corpus = {
  detection: "multiple-tables-created",
  fires: {
    "six at once": six(),
    "six within ten minutes": spread(6, 599, (i) => createTable("CreateTable", {}, `t${i}`)),
    "six restored from backups": six("RestoreTableFromBackup"),
    "six restored from points in time": six("RestoreTableToPointInTime"),
    "six restored by AWS Backup": six("RestoreTableFromAwsBackup"),
    "six imported": six("ImportTable"),
  },
  quiet: {
    one: createTable(),
    five: spread(5, 50, (i) => createTable("CreateTable", {}, `t${i}`)),
    "six, the sixth after ten minutes": [...spread(5, 50, () => createTable()), after("10:0", createTable())],
    refused: six("CreateTable", denied),
    "names that exist": six("CreateTable", failing("ResourceInUseException")),
    "restores, refused": six("RestoreTableFromBackup", denied),
    "AWS Glue": six("CreateTable", from("glue.amazonaws.com")),
    "Amazon Keyspaces": six("CreateTable", from("cassandra.amazonaws.com")),
    "global tables of existing ones": six("CreateGlobalTable"),
    "tables described": six("DescribeTable"),
  },
  evasions: {
    caught: {
      "in several ways": spread(6, 50, (i) => createTable(ways[i % ways.length])),
      "by six principals": spread(6, 50, (i) => createTable("CreateTable", by(identities.user(`eve${i}`)))),
      "in another Region": six("CreateTable", inRegion("ap-south-1")),
      "by root": six("CreateTable", by(identities.root())),
      "by a federated user": six("ImportTable", by(identities.federated("eve"))),
      "through CloudFormation": six(
        "CreateTable",
        by(identities.throughService("ops", "cloudformation.amazonaws.com")),
      ),
      "one table six times": spread(6, 50, () => createTable()),
      "events of an old form": six("CreateTable", oldForm),
    },
    missed: {
      "one every three minutes": {
        what: spread(20, 57 * 60, (i) => createTable("CreateTable", {}, `t${i}`)),
        limit: "Five tables or fewer in ten minutes stay quiet",
      },
      "replicas added": {
        what: spread(6, 50, () => updateTable({ replicaUpdates: [{ create: { regionName: "eu-west-1" } }] })),
        limit: "replica in another Region",
      },
    },
  },
};
