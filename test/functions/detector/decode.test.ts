// Proves: what is read of the payloads that AWS documents (Lambda Developer Guide, "Process Amazon CloudWatch logs"; EventBridge
// User Guide, "AWS service events delivered via AWS CloudTrail"), and that no line stops the others.
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decode } from "../../../functions/detector/decode";

const logs = (messageType: string, messages: unknown[]) => ({
  awslogs: {
    data: gzipSync(
      JSON.stringify({
        messageType,
        owner: "111122223333",
        logGroup: "audit",
        logStream: "111122223333_CloudTrail_eu-west-1",
        subscriptionFilters: ["detector"],
        logEvents: messages.map((message, i) => ({ id: String(i), timestamp: i, message })),
      }),
    ).toString("base64"),
  },
});

describe("what an invocation carries", () => {
  it.each<[string, unknown, object]>([
    [
      "events of a log group",
      logs("DATA_MESSAGE", ['{"a":1}', '{"b":2}']),
      { records: [{ a: 1 }, { b: 2 }], unreadable: 0 },
    ],
    [
      "lines that are no JSON objects",
      logs("DATA_MESSAGE", ["START", '{"a":1}', "[1]", "null", "", '{"a":', undefined]),
      { records: [{ a: 1 }], unreadable: 6 },
    ],
    [
      "a control message",
      logs("CONTROL_MESSAGE", ["CWL CONTROL MESSAGE: Checking health of destination"]),
      { records: [], unreadable: 0 },
    ],
    [
      "an event of EventBridge",
      { "detail-type": "AWS API Call via CloudTrail", source: "aws.dynamodb", detail: { a: 1 } },
      { records: [{ a: 1 }], unreadable: 0 },
    ],
  ])("%s", (_, event, decoded) => expect(decode(event)).toEqual(decoded));

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["another event", { Records: [] }],
    ["no base64 of gzip", { awslogs: { data: "abc" } }],
    ["no JSON", { awslogs: { data: gzipSync("x").toString("base64") } }],
    ["no log events", { awslogs: { data: gzipSync("{}").toString("base64") } }],
  ])("%s is an error, since nothing of it could be processed", (_, event) => expect(() => decode(event)).toThrow());
});
