// Proves: who acted, on which tables, for the forms of events that are published. Does not prove: that AWS fills the fields
// of unpublished ones.
import { describe, expect, it } from "vitest";
import { actorOf, isRecord, summaryOf, tablesOf, timeOf } from "../../../detections";
import { account, data, management, roleSession, tableArn, user } from "../../simulation/support/records";

describe("the actor", () => {
  it.each<[string, unknown, string]>([
    ["a user", user("eve"), `arn:aws:iam::${account}:user/eve`],
    ["a role, for its sessions", roleSession("ops", "alice"), `arn:aws:iam::${account}:role/ops`],
    [
      "a federated user, not who issued it",
      { ...roleSession("x"), type: "FederatedUser", arn: `arn:aws:sts::${account}:federated-user/eve` },
      `arn:aws:sts::${account}:federated-user/eve`,
    ],
    ["a service", { type: "AWSService", invokedBy: "dynamodb.amazonaws.com" }, "dynamodb.amazonaws.com"],
    ["a name", { type: "IAMUser", userName: "eve" }, "eve"],
    ["a session without an issuer", { type: "AssumedRole", arn: "arn:s", sessionContext: {} }, "arn:s"],
    ["an id", { type: "Unknown", principalId: "AIDA" }, "AIDA"],
    ["a type", { type: "Root" }, "Root"],
    ["nobody", {}, "unknown"],
    ["null", null, "unknown"],
    ["no object", "eve", "unknown"],
  ])("%s", (_, userIdentity, actor) => expect(actorOf({ userIdentity } as never)).toBe(actor));
});

describe("the tables", () => {
  it.each<[string, object, string[]]>([
    ["of its resources", { resources: [tableArn("a"), tableArn("b")].map((ARN) => ({ ARN })) }, ["a", "b"]],
    [
      "an index and a stream are the table's",
      { resources: [`${tableArn("a")}/index/i`, `${tableArn("a")}/stream/s`].map((ARN) => ({ ARN })) },
      ["a"],
    ],
    ["a name", { requestParameters: { tableName: "a" } }, ["a"]],
    ["an ARN for a name", { requestParameters: { tableName: tableArn("a") } }, ["a"]],
    ["a backup", { requestParameters: { backupArn: `${tableArn("a")}/backup/1` } }, ["a"]],
    ["an export", { requestParameters: { tableArn: tableArn("a"), s3Bucket: "b" } }, ["a"]],
    ["a transaction", { requestParameters: { requestItems: [{ tableName: "a" }, { TableName: "b" }] } }, ["a", "b"]],
    ["a batch", { requestParameters: { requestItems: { a: {}, b: {} } } }, ["a", "b"]],
    [
      "only the response",
      { requestParameters: null, responseElements: { tableDescription: { tableName: "a" } } },
      ["a"],
    ],
    [
      "a recovery point",
      { eventSource: "backup.amazonaws.com", requestParameters: { recoveryPointArn: `${tableArn("a")}/backup/1` } },
      ["a"],
    ],
    ["a policy", { requestParameters: { resourceArn: tableArn("a") } }, ["a"]],
    ["a stream", { requestParameters: { streamArn: `${tableArn("a")}/stream/1` } }, ["a"]],
    ["a restored table", { requestParameters: { targetTableName: "a", sourceTableName: "b" } }, ["a", "b"]],
    ["an empty name", { requestParameters: { tableName: "" } }, []],
    [
      "the response's ARN before its name",
      { responseElements: { tableDescription: { tableName: "b", tableArn: tableArn("a") } } },
      ["a"],
    ],
    [
      "the request before the response",
      { requestParameters: { tableName: "a" }, responseElements: { tableDescription: { tableName: "b" } } },
      ["a"],
    ],
    [
      "its resources before the request",
      { resources: [{ ARN: tableArn("a") }], requestParameters: { tableName: "b" } },
      ["a"],
    ],
    [
      "resources that are none",
      { resources: [null, {}, { ARN: 5 }, { ARN: "b" }], requestParameters: { tableName: "a" } },
      ["a"],
    ],
    ["an event without a source", { eventSource: undefined, requestParameters: { tableName: "a" } }, []],
    ["none", { requestParameters: null }, []],
    ["another service's name", { eventSource: "glue.amazonaws.com", requestParameters: { tableName: "a" } }, []],
    [
      "a key",
      {
        resources: [{ ARN: "arn:aws:kms:us-east-1:1:key/k" }],
        requestParameters: { resourceArn: "arn:aws:kms:us-east-1:1:key/k" },
      },
      [],
    ],
  ])("%s", (_, change, tables) => {
    expect(tablesOf(management("X", "0", { requestParameters: null, ...change }))).toEqual(tables);
  });
});

it("a summary holds what alerts print", () => {
  const event = data("Scan", "1:30", { eventID: "id", errorCode: "AccessDenied" });
  expect(summaryOf(event)).toEqual({
    id: "id",
    time: "2026-01-05T10:01:30.000Z",
    source: "dynamodb.amazonaws.com",
    name: "Scan",
    actor: `arn:aws:iam::${account}:user/eve`,
    tables: ["orders"],
    sourceIp: "192.0.2.7",
    region: "us-east-1",
    errorCode: "AccessDenied",
  });
  expect(summaryOf({})).toEqual({
    id: "",
    time: "",
    source: "",
    name: "",
    actor: "unknown",
    tables: [],
    sourceIp: "",
    region: "",
  });
});

it("a record names its call and its time", () => {
  expect(isRecord(data("Scan", "0"))).toBe(true);
  expect(isRecord({ eventTime: "2026-01-05T10:00:00Z" })).toBe(false);
  expect(summaryOf({ errorCode: 5 } as never)).not.toHaveProperty("errorCode");
  expect(
    [
      null,
      1,
      "x",
      {},
      { eventName: "Scan" },
      { eventName: 5, eventTime: "2026-01-05T10:00:00Z" },
      { eventName: "Scan", eventTime: "soon" },
    ].filter(isRecord),
  ).toEqual([]);
  expect(timeOf(data("Scan", "1"))).toBe(Date.UTC(2026, 0, 5, 10, 1));
  expect(timeOf({})).toBeNaN();
  // An object without a working toString, as JSON may have it.
  const odd = JSON.parse('{ "eventName": "Scan", "eventTime": { "toString": "" } }');
  expect([timeOf(odd), isRecord(odd)]).toEqual([Number.NaN, false]);
});
