// Proves: the calls that the store makes, with the shapes of the API, and what it makes of the answers. Does not prove:
// DynamoDB's own answers; the condition is DynamoDB's to judge.
import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { DynamoStore } from "../../../functions/detector/dynamoStore";

type Answer = object | Error | ((input: never) => object);

/** What the calls hold that is looked at. */
type Input = Record<string, unknown> & { RequestItems?: { state: { ConsistentRead: boolean } } };

/** Answers calls in order, and keeps them. */
function storeWith(...answers: Answer[]) {
  const calls: { name: string; input: Input }[] = [];
  const client = {
    send: async (command: { constructor: { name: string }; input: unknown }) => {
      calls.push({ name: command.constructor.name, input: command.input as Input });
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return typeof answer === "function" ? answer(command.input as never) : answer;
    },
  };
  return { store: new DynamoStore(client as never, "state", async () => {}), calls };
}
const item = (pk: string, version = "1") => ({
  pk: { S: pk },
  sk: { S: "state" },
  version: { N: version },
  state: { S: '{"seen":{},"found":[]}' },
  expiresAt: { N: "100" },
});
const refused = () => new ConditionalCheckFailedException({ message: "no", $metadata: {} });

describe("reading", () => {
  it("asks for a hundred at a time, consistently", async () => {
    const keys = Array.from({ length: 101 }, (_, i) => `k${i}`);
    const answer = (input: { RequestItems: { state: { Keys: { pk: { S: string } }[] } } }) => ({
      Responses: { state: input.RequestItems.state.Keys.map(({ pk }) => item(pk.S)) },
    });
    const { store, calls } = storeWith(answer, answer);
    const { documents, unread } = await store.read(keys);
    expect([documents.size, unread]).toEqual([101, []]);
    expect(calls.map(({ name }) => name)).toEqual([BatchGetItemCommand.name, BatchGetItemCommand.name]);
    expect(calls[0]!.input.RequestItems?.state.ConsistentRead).toBe(true);
    expect(documents.get("k0")).toEqual({ key: "k0", version: 1, expiresAt: 100_000, state: { seen: {}, found: [] } });
  });

  it("asks again for what was left unprocessed, and says what was left to the end", async () => {
    const left = { Responses: {}, UnprocessedKeys: { state: { Keys: [{ pk: { S: "b" }, sk: { S: "state" } }] } } };
    const some = { Responses: { state: [item("a")] }, UnprocessedKeys: left.UnprocessedKeys };
    const { store, calls } = storeWith(some, left, left, left, left);
    const { documents, unread } = await store.read(["a", "b", "c"]);
    expect([[...documents.keys()], unread]).toEqual([["a"], ["b"]]);
    expect(calls).toHaveLength(5);
  });

  it("takes what cannot be read for no memory, with the version that guards it", async () => {
    const { store } = storeWith({ Responses: { state: [{ ...item("a", "7"), state: { S: "{" } }] } });
    expect((await store.read(["a"])).documents.get("a")).toEqual({ key: "a", version: 7, expiresAt: 0 });
  });
});

describe("writing", () => {
  const document = { key: "k", version: 0, expiresAt: 1500, state: { seen: {}, found: [] } };

  it("of a new document asks that it is not there", async () => {
    const { store, calls } = storeWith({});
    expect(await store.write(document)).toBe(true);
    expect(calls[0]).toMatchObject({
      name: PutItemCommand.name,
      input: {
        TableName: "state",
        Item: { pk: { S: "k" }, sk: { S: "state" }, version: { N: "1" }, expiresAt: { N: "2" } },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    });
  });

  it("of a known one asks for its version", async () => {
    const { store, calls } = storeWith({});
    await store.write({ ...document, version: 4 });
    expect(calls[0]!.input).toMatchObject({
      Item: { version: { N: "5" } },
      ConditionExpression: "#version = :version",
      ExpressionAttributeValues: { ":version": { N: "4" } },
    });
  });

  it("says where somebody else wrote first, and throws what else fails", async () => {
    expect(await storeWith(refused()).store.write(document)).toBe(false);
    await expect(storeWith(new Error("throttled")).store.write(document)).rejects.toThrow("throttled");
  });
});

describe("when a detection began to learn", () => {
  it("is now at first, and what was kept later", async () => {
    const { store, calls } = storeWith({}, {});
    expect(await store.learningSince("new-country-seen", 5)).toBe(5);
    expect(calls.map(({ name }) => name)).toEqual([GetItemCommand.name, PutItemCommand.name]);
    expect(calls[1]!.input["Item"]).toEqual({
      pk: { S: "detector#new-country-seen" },
      sk: { S: "learning" },
      since: { N: "5" },
    });
    expect(calls[1]!.input["Item"]).not.toHaveProperty("expiresAt");

    expect(await storeWith({ Item: { since: { N: "3" } } }).store.learningSince("x", 5)).toBe(3);
  });

  it("is what another function wrote at the same time", async () => {
    expect(await storeWith({}, refused(), { Item: { since: { N: "4" } } }).store.learningSince("x", 5)).toBe(4);
  });
});
