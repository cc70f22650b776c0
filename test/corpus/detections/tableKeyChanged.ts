import { by, denied, from, identities, keyArn, tableArn, tooLarge, updateTable } from "../../support/events";
import type { Corpus } from "../corpus";

const moved = (specification: Record<string, unknown>, change = {}) =>
  updateTable({ tableName: "orders", sSESpecification: specification }, change);
const toKey = { enabled: true, sSEType: "KMS", kMSMasterKeyId: keyArn() };

export const tableKeyChanged: Corpus = {
  detection: "table-key-changed",
  fires: {
    "to a customer managed key": moved(toKey),
    "to the AWS managed key": moved({ enabled: true }),
    "a replica's key": updateTable({
      tableName: "orders",
      replicaUpdates: [{ update: { regionName: "eu-west-1", kMSMasterKeyId: keyArn() } }],
    }),
    "by a user": moved(toKey, by(identities.user("eve"))),
  },
  quiet: {
    "another setting": updateTable({ tableName: "orders", billingMode: "PAY_PER_REQUEST" }),
    refused: moved(toKey, denied),
    "to the AWS owned key": moved({ enabled: false }),
    "a new replica": updateTable({ tableName: "orders", replicaUpdates: [{ create: { regionName: "eu-west-1" } }] }),
    "another service": moved(toKey, from("cassandra.amazonaws.com")),
  },
  evasions: {
    caught: {
      "the ARN for the name": updateTable({ tableName: tableArn("orders"), sSESpecification: toKey }),
      "the key alone": moved({ kMSMasterKeyId: "alias/eve" }),
      "the second of two replicas": updateTable({
        tableName: "orders",
        replicaUpdates: [
          { create: { regionName: "eu-west-1" } },
          { update: { regionName: "eu-west-2", kMSMasterKeyId: "x" } },
        ],
      }),
    },
    missed: {
      "parameters too large to be logged": { what: moved(toKey, tooLarge), limit: "parameters too large" },
    },
  },
};
