import {
  after,
  by,
  deleteTable,
  denied,
  failing,
  from,
  identities,
  inRegion,
  oldForm,
  spread,
  tableArn,
  updateTable,
} from "../../support/events";
import type { Corpus } from "../corpus";

const six = (change: (i: number) => object = () => ({})) => spread(6, 50, (i) => deleteTable(change(i), `t${i}`));

export const multipleTablesDeleted: Corpus = {
  detection: "multiple-tables-deleted",
  fires: {
    "six at once": six(),
    "six within ten minutes": spread(6, 599, (i) => deleteTable({}, `t${i}`)),
    "six, after an hour's rest again": {
      events: [...six(), ...six().map((event, i) => after(`70:${i}`, event))],
      alerts: 2,
    },
    "a hundred: one alert": { events: spread(100, 500, (i) => deleteTable({}, `t${i}`)), alerts: 1 },
  },
  quiet: {
    one: deleteTable(),
    five: spread(5, 50, (i) => deleteTable({}, `t${i}`)),
    "five, and five an hour later": [
      ...spread(5, 50, () => deleteTable()),
      ...spread(5, 50, () => deleteTable()).map((event, i) => after(`60:${i}`, event)),
    ],
    "six, the sixth after ten minutes": [
      ...spread(5, 50, () => deleteTable()),
      after("10:0", deleteTable({}, "sixth")),
    ],
    refused: six(() => denied),
    "protected tables": six(() => failing("ValidationException")),
    "six with one refused": six((i) => (i === 3 ? denied : {})),
    "AWS Glue": six(() => from("glue.amazonaws.com")),
    "Amazon Keyspaces": six(() => from("cassandra.amazonaws.com")),
    "Amazon S3 Tables": six(() => from("s3tables.amazonaws.com")),
  },
  evasions: {
    caught: {
      "by ARN": spread(6, 50, (i) => deleteTable({}, tableArn(`t${i}`))),
      "by six principals": six((i) => by(identities.user(`eve${i}`))),
      "under six session names": six((i) => by(identities.role("ops", `session${i}`))),
      "in six Regions": six((i) =>
        inRegion(["us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1", "eu-west-2"][i]!),
      ),
      "by a principal of another account": six(() => by(identities.otherAccount())),
      "by root": six(() => by(identities.root())),
      "through CloudFormation": six(() => by(identities.throughService("ops", "cloudformation.amazonaws.com"))),
      "one table six times": spread(6, 50, () => deleteTable()),
      "events of an old form": six(() => oldForm),
    },
    missed: {
      "one every three minutes": {
        what: spread(20, 57 * 60, (i) => deleteTable({}, `t${i}`)),
        limit: "Five tables or fewer in ten minutes stay quiet",
      },
      "replicas removed": {
        what: spread(6, 50, () => updateTable({ replicaUpdates: [{ delete: { regionName: "eu-west-1" } }] })),
        limit: "replica",
      },
    },
  },
};
