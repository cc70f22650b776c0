import { by, denied, from, identities, tableArn, tooLarge, updateTable } from "../../support/events";
import type { Corpus } from "../corpus";

const units = (read: number, write: number) => ({ readCapacityUnits: read, writeCapacityUnits: write });
const throughput = (read: number, write: number, change = {}) =>
  updateTable({ tableName: "orders", provisionedThroughput: units(read, write) }, change);
const onDemand = (limits: Record<string, number>) => updateTable({ tableName: "orders", onDemandThroughput: limits });

export const capacityCut: Corpus = {
  detection: "capacity-cut",
  fires: {
    "to one unit": throughput(1, 1),
    "of writes alone": throughput(1000, 5),
    "a limit on reads": onDemand({ maxReadRequestUnits: 1 }),
    "a limit on writes": onDemand({ maxReadRequestUnits: -1, maxWriteRequestUnits: 10 }),
    "of an index": updateTable({
      tableName: "orders",
      globalSecondaryIndexUpdates: [{ update: { indexName: "by-date", provisionedThroughput: units(1, 1) } }],
    }),
  },
  quiet: {
    plenty: throughput(100, 100),
    "limits taken away": onDemand({ maxReadRequestUnits: -1, maxWriteRequestUnits: -1 }),
    "by auto scaling": throughput(1, 1, by(identities.autoScaling())),
    refused: throughput(1, 1, denied),
    "another setting": updateTable({ tableName: "orders", deletionProtectionEnabled: true }),
    "another service": throughput(1, 1, from("cassandra.amazonaws.com")),
  },
  evasions: {
    caught: {
      "the ARN for the name": updateTable({ tableName: tableArn("orders"), provisionedThroughput: units(1, 1) }),
      "of the second index": updateTable({
        tableName: "orders",
        globalSecondaryIndexUpdates: [
          { update: { indexName: "a", provisionedThroughput: units(100, 100) } },
          { update: { indexName: "b", provisionedThroughput: units(1, 1) } },
        ],
      }),
    },
    missed: {
      "to six units": { what: throughput(6, 6), limit: "a cut from 10,000 to 6 does not" },
      "parameters too large to be logged": { what: throughput(1, 1, tooLarge), limit: "parameters too large" },
    },
  },
};
