import { createTable, event, managementCall, streamArn, tableArn, tooLarge } from "../../support/events";
import { byAnybody, notReally } from "../callers";
import type { Corpus } from "../corpus";

const everybody = '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"dynamodb:*","Resource":"*"}]}';
/** inferred: API model. */
const put = (change = {}) => event("PutResourcePolicy", { resourceArn: tableArn("orders"), policy: everybody }, change);

export const resourcePolicyChanged: Corpus = {
  detection: "resource-policy-changed",
  fires: {
    "on a table": put(),
    "on a stream": put({ requestParameters: { resourceArn: streamArn("orders"), policy: everybody } }),
    removed: event("DeleteResourcePolicy", { resourceArn: tableArn("orders") }),
    "with a new table": createTable("CreateTable", {
      requestParameters: { tableName: "orders", resourcePolicy: everybody },
    }),
  },
  quiet: {
    ...notReally(put, "secretsmanager.amazonaws.com"),
    "a policy read": event("GetResourcePolicy", { resourceArn: tableArn("orders") }),
    "no policy there": put({ errorCode: "PolicyNotFoundException" }),
    "a table created": createTable(),
    "a policy of IAM": managementCall("iam", "PutRolePolicy", { roleName: "r", policyDocument: everybody }),
  },
  evasions: {
    caught: { ...byAnybody(put), "with parameters too large to be logged": put(tooLarge) },
    missed: {
      "by a policy of IAM": {
        what: managementCall("iam", "PutRolePolicy", { roleName: "r", policyDocument: everybody }),
        limit: "Access that IAM policies give",
      },
    },
  },
};
