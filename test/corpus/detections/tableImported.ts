import { by, createTable, denied, event, from, identities, itemCall } from "../../support/events";
import type { Corpus } from "../corpus";

const imported = (change = {}) =>
  event(
    "ImportTable",
    { s3BucketSource: { s3Bucket: "incoming" }, inputFormat: "CSV", tableCreationParameters: { tableName: "orders" } },
    change,
  );

export const tableImported: Corpus = {
  detection: "table-imported",
  fires: {
    "by a role": imported(),
    "by a user": imported(by(identities.user("eve"))),
    "through CloudFormation": imported(by(identities.throughService("ops", "cloudformation.amazonaws.com"))),
  },
  quiet: {
    created: createTable(),
    described: event("DescribeImport", { importArn: "x" }),
    listed: event("ListImports", null),
    refused: imported(denied),
    "another service": imported(from("cassandra.amazonaws.com")),
  },
  evasions: {
    caught: { "in another Region": imported({ awsRegion: "eu-west-1" }) },
    missed: { "written item by item": { what: itemCall("BatchWriteItem"), limit: "filled by writes" } },
  },
};
