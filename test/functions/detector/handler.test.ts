// Proves: the edge: what goes to DynamoDB and the bus, the metrics on standard output, and that a failure is thrown after
// everything else went through. Does not prove: AWS's answers; the built bundle in Lambda.
import "./handlerEnvironment";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bundleFunction } from "../../../components/functionBundle";
import { handler } from "../../../functions/detector/handler";
import type { Finding } from "../../../functions/finding";
import { after as at, by, deleteTable, identities, updateTable } from "../../support/events";

const sent: { name: string; input: Record<string, unknown> }[] = [];
let answer: (name: string, input: Record<string, unknown>) => unknown;
const send = async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
  sent.push({ name: command.constructor.name, input: command.input });
  return answer(command.constructor.name, command.input);
};
vi.mock("@aws-sdk/client-dynamodb", async (original) => ({
  ...(await original<object>()),
  DynamoDBClient: class {
    send = (command: Parameters<typeof send>[0]) => send(command);
  },
}));
vi.mock("@aws-sdk/client-eventbridge", async (original) => ({
  ...(await original<object>()),
  EventBridgeClient: class {
    send = (command: Parameters<typeof send>[0]) => send(command);
  },
}));

let printed: string[];
beforeEach(() => {
  sent.length = 0;
  printed = [];
  const write = (text: unknown) => {
    printed.push(...String(text).split("\n"));
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(write);
  vi.spyOn(process.stderr, "write").mockImplementation(write);
  answer = (name, input) =>
    name === "PutEventsCommand" ? { Entries: (input["Entries"] as unknown[]).map(() => ({ EventId: "e" })) } : {};
});
afterEach(() => vi.restoreAllMocks());

const logs = (...messages: string[]) => ({
  awslogs: {
    data: gzipSync(
      JSON.stringify({ messageType: "DATA_MESSAGE", logEvents: messages.map((message) => ({ message })) }),
    ).toString("base64"),
  },
});
const attack = (name: string) => [
  at("0", updateTable({ tableName: "orders", deletionProtectionEnabled: false }, by(identities.user(name)))),
  at("5", deleteTable(by(identities.user(name)))),
];
const put = (): Finding[] =>
  sent
    .filter(({ name }) => name === "PutEventsCommand")
    .flatMap(({ input }) => input["Entries"] as { Detail: string }[])
    .map(({ Detail }) => JSON.parse(Detail) as Finding);
const metrics = () =>
  printed
    .filter((line) => line.includes('"CloudWatchMetrics"'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("the handler", () => {
  it("counts findings as metrics without dimensions, logs them, and puts them onto the bus", async () => {
    await handler(logs(...attack("alice").map((event) => JSON.stringify(event)), "no JSON"));
    expect(put().map(({ detection, actors }) => [detection, actors[0]!.principal])).toEqual([
      ["protection-off-then-deleted", "arn:aws:iam::111122223333:user/alice"],
    ]);
    const [blob] = metrics();
    expect(blob).toMatchObject({ "protection-off-then-deleted": 1, UnreadableLogEvents: 1 });
    expect(blob!["_aws"]).toMatchObject({
      CloudWatchMetrics: [{ Namespace: "detective/test/detections", Dimensions: [[]] }],
    });
    expect(printed.some((line) => line.includes('"finding"') && line.includes("user/alice"))).toBe(true);
    for (const { name, input } of sent.filter((each) => each.name === "PutItemCommand")) {
      expect([name, input["TableName"]]).toEqual(["PutItemCommand", "state"]);
      expect((input["Item"] as { pk: { S: string } }).pk.S).toMatch(/^detector#/);
    }
  });

  it("takes an event of EventBridge", async () => {
    for (const detail of attack("bob")) await handler({ "detail-type": "AWS API Call via CloudTrail", detail });
    expect(put()).toHaveLength(1);
  });

  it("throws at the end where a group failed, after the others were reported", async () => {
    const usual = answer;
    answer = (name, input) => {
      if (JSON.stringify(input["Item"] ?? "").includes("user/carol")) throw new Error("table is gone");
      return usual(name, input);
    };
    const events = [...attack("carol"), ...attack("dave")].map((event) => JSON.stringify(event));
    await expect(handler(logs(...events))).rejects.toThrow(
      /parts of the batch failed, first: .*user\/carol.*table is gone/,
    );
    expect(put().map(({ actors }) => actors[0]!.principal)).toEqual(["arn:aws:iam::111122223333:user/dave"]);
    expect(metrics()[0]).toMatchObject({ "protection-off-then-deleted": 1 });
  });

  it("throws where the bus takes nothing, with the metric already written", async () => {
    const usual = answer;
    answer = (name, input) => {
      if (name === "PutEventsCommand") throw new Error("bus is gone");
      return usual(name, input);
    };
    vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 500 });
    await expect(handler(logs(...attack("erin").map((event) => JSON.stringify(event))))).rejects.toThrow(
      "1 findings were not taken",
    );
    vi.useRealTimers();
    expect(metrics()[0]).toMatchObject({ "protection-off-then-deleted": 1 });
  });

  it("does nothing about a control message", async () => {
    const data = gzipSync(JSON.stringify({ messageType: "CONTROL_MESSAGE", logEvents: [] })).toString("base64");
    await handler({ awslogs: { data } });
    expect(sent).toEqual([]);
  });
});

it("the bundle stays under 300 KB, without the AWS SDK", () => {
  const { files } = bundleFunction("detector");
  expect(Buffer.byteLength(files["index.mjs"]!)).toBeLessThan(300_000);
  expect(files["index.mjs"]).toMatch(/from"@aws-sdk\/client-dynamodb"/);
});
