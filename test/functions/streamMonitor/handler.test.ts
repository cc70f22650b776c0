// Proves: every record of a batch is either logged once and counted or reported as failed, whatever the batch holds, and
// that neither log nor metrics show an attribute value. Does not prove: how Lambda treats the response; the bundle as it is
// deployed runs in test/components/functionBundle.test.ts.
import type { Context, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Finding } from "../../../functions/finding";
import { handler } from "../../../functions/streamMonitor/handler";
import { streamRecord } from "./streamRecord";

// The function reads its environment and its tables when it is imported.
const bus = vi.hoisted(() => {
  const { mkdtempSync, writeFileSync } = process.getBuiltinModule("node:fs");
  const { tmpdir } = process.getBuiltinModule("node:os");
  const folder = mkdtempSync(`${tmpdir()}/stream-monitor-`);
  const detection = { title: "t", severity: "high", periodSeconds: 60 };
  const detections = [
    {
      ...detection,
      id: "guarded",
      threshold: 0,
      rule: { kind: "guarded-attributes", attributes: ["status"], changes: ["MODIFY"] },
    },
    { ...detection, id: "deletes", threshold: 2, rule: { kind: "counted", changes: ["REMOVE"] } },
  ];
  const watched = ["guarded", "blind"].map((table) => ({
    tableArn: `arn:aws:dynamodb:eu-central-1:123456789012:table/${table}`,
    detections,
  }));
  writeFileSync(`${folder}/tables.json`, JSON.stringify(watched));
  Object.assign(process.env, {
    POWERTOOLS_METRICS_NAMESPACE: "orders/test/stream-monitor",
    FINDINGS_BUS: "arn:aws:events:eu-central-1:123456789012:event-bus/findings",
    LAMBDA_TASK_ROOT: folder,
    AWS_REGION: "eu-central-1",
  });
  return { down: false, taken: [] as string[] };
});
vi.mock("@aws-sdk/client-eventbridge", async (original) => ({
  ...(await original<object>()),
  EventBridgeClient: class {
    async send({ input }: { input: { Entries: { Detail: string }[] } }) {
      if (bus.down) throw new Error("v-hidden");
      bus.taken.push(...input.Entries.map(({ Detail }) => Detail));
      return { Entries: input.Entries.map((_, i) => ({ EventId: String(i) })) };
    }
  },
}));

let output = "";
beforeEach(() => {
  output = "";
  bus.down = false;
  bus.taken.length = 0;
  const write = (text: unknown) => {
    output += String(text);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(write);
  vi.spyOn(process.stderr, "write").mockImplementation(write);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function deliver(...records: DynamoDBRecord[]): Promise<string[]> {
  const { batchItemFailures } = await handler({ Records: records }, {} as Context);
  return batchItemFailures.map((failure) => failure.itemIdentifier);
}

const lines = () =>
  output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const changes = () => lines().filter((line) => line["message"] === "item change");
const metrics = () => lines().filter((line) => "_aws" in line);

/** A record that no stream delivers, but with a sequence number to report it by. */
function malformed(): DynamoDBRecord {
  const record = streamRecord({ before: { a: { S: "v-hidden" } } });
  return { ...record, eventName: "v-hidden" as "MODIFY" };
}

describe("handler", () => {
  it("logs one line for each record and counts by table and kind", async () => {
    const records = [
      streamRecord({ eventName: "INSERT" }),
      streamRecord({ eventName: "REMOVE" }),
      streamRecord({ eventName: "REMOVE" }),
      streamRecord({ eventName: "REMOVE", expired: true }),
      streamRecord({ table: "customers" }),
    ];
    expect(await deliver(...records)).toEqual([]);
    expect(changes()).toHaveLength(5);
    expect(changes()[0]).toMatchObject({
      level: "INFO",
      service: "stream-monitor",
      eventId: records[0]?.eventID,
      table: "orders",
      kind: "INSERT",
      keyDigest: expect.any(String),
    });
    const metric = (name: string) => ({ Name: name, Unit: "Count" });
    expect(metrics()).toEqual([
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: "orders/test/stream-monitor",
              Dimensions: [["TableName"]],
              Metrics: [metric("ItemsInserted"), metric("ItemsRemoved"), metric("ItemsExpired")],
            },
          ],
        },
        TableName: "orders",
        ItemsInserted: 1,
        ItemsRemoved: 2,
        ItemsExpired: 1,
      },
      {
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: "orders/test/stream-monitor",
              Dimensions: [["TableName"]],
              Metrics: [metric("ItemsModified")],
            },
          ],
        },
        TableName: "customers",
        ItemsModified: 1,
      },
    ]);
  });

  it("reports a malformed record, says why without its values, and processes the rest", async () => {
    const [before, bad, after] = [streamRecord(), malformed(), streamRecord()];
    expect(await deliver(before, bad, after)).toEqual([bad.dynamodb?.SequenceNumber]);
    expect(changes().map((line) => line["eventId"])).toEqual([before.eventID, after.eventID]);
    expect(lines().filter((line) => line["level"] === "ERROR")).toEqual([
      expect.objectContaining({
        message: "record not processed",
        sequenceNumber: bad.dynamodb?.SequenceNumber,
        reason: "stream record: eventName is not INSERT, MODIFY, REMOVE",
      }),
    ]);
    expect(output).not.toContain("v-hidden");
  });

  it("reports each record of a batch that holds nothing else, and does not fail itself", async () => {
    const [one, two] = [malformed(), malformed()];
    expect(await deliver(one, two)).toEqual([one.dynamodb?.SequenceNumber, two.dynamodb?.SequenceNumber]);
  });

  it("does not count again what Lambda delivers again beside a failing record", async () => {
    const [bad, neighbour] = [malformed(), streamRecord()];
    await deliver(bad, neighbour);
    await deliver(bad, neighbour);
    expect(changes()).toHaveLength(1);
    expect(metrics()).toHaveLength(1);
  });

  it("gives the whole batch back when a record has no number to report it by, and counts the rest first", async () => {
    const good = streamRecord();
    const nameless = { ...streamRecord(), dynamodb: {} };
    await expect(deliver(good, nameless)).rejects.toThrow(/no sequence number/);
    expect(changes().map((line) => line["eventId"])).toEqual([good.eventID]);
    expect(metrics()).toHaveLength(1);
  });

  it("refuses an event that is no batch", async () => {
    await expect(handler({} as DynamoDBStreamEvent, {} as Context)).rejects.toThrow();
  });

  it("logs or reports each record of any batch, and shows no value", async () => {
    const good = fc
      .uuid()
      .map((id) => () => streamRecord({ keys: { id: { S: `v-${id}` } }, after: { a: { S: `v-${id}` } } }));
    const bad = fc.constant(malformed);
    const batches = fc.array(fc.oneof({ weight: 3, arbitrary: good }, bad), { minLength: 1, maxLength: 20 });
    const batch = batches.chain((makers) => {
      const records = makers.map((make) => make());
      return fc.shuffledSubarray([...records, ...records], { minLength: 1 });
    });
    await fc.assert(
      fc.asyncProperty(batch, async (records) => {
        output = "";
        const failures = await deliver(...records);
        const isBad = (record: DynamoDBRecord) => record.eventName?.startsWith("v-") === true;
        expect(failures).toEqual(records.filter(isBad).map((record) => record.dynamodb?.SequenceNumber));
        const ids = new Set(records.filter((record) => !isBad(record)).map((record) => record.eventID));
        expect(changes().map((line) => line["eventId"])).toEqual([...ids]);
        expect(output).not.toContain("v-");
      }),
    );
  });
});

describe("findings", () => {
  const [open, closed] = [{ status: { S: "v-open" } }, { status: { S: "v-closed" } }];
  const change = () => streamRecord({ table: "guarded", before: open, after: closed });
  const removal = () => streamRecord({ table: "guarded", eventName: "REMOVE", before: open });
  const taken = () => bus.taken.map((detail) => JSON.parse(detail) as Finding);
  /** Invokes the function and lets the time pass that it waits for the bus. */
  const deliverInNoTime = async (...records: DynamoDBRecord[]) => {
    vi.useFakeTimers();
    const answer = deliver(...records);
    await vi.runAllTimersAsync();
    return answer;
  };

  it("go onto the bus, one for the changes of a batch, and are counted by detection", async () => {
    const [one, two] = [change(), change()];
    expect(await deliver(one, streamRecord({ table: "guarded", before: open, after: open }), two)).toEqual([]);
    expect(taken()).toEqual([
      expect.objectContaining({ id: `guarded:${one.eventID}`, detection: "guarded", count: 2, tables: ["guarded"] }),
    ]);
    expect(metrics()).toEqual([expect.objectContaining({ TableName: "guarded", ItemsModified: 3, guarded: 2 })]);
    expect(lines().filter(({ message }) => message === "finding")).toHaveLength(1);
    expect(output).not.toMatch(/v-open|v-closed/);
  });

  it("that the bus does not take make their records fail, and go out when these come again, uncounted", async () => {
    bus.down = true;
    const [bad, one, other, two] = [malformed(), change(), streamRecord(), change()];
    const numbers = [bad, one, two].map(({ dynamodb }) => dynamodb?.SequenceNumber);
    expect(await deliverInNoTime(bad, one, other, two)).toEqual(numbers);
    expect(lines().filter(({ message }) => message === "finding not delivered")).toEqual([
      expect.objectContaining({ finding: `guarded:${one.eventID}`, reason: "Error" }),
    ]);
    expect(output).not.toContain("v-hidden");

    output = "";
    bus.down = false;
    expect(await deliver(bad, one, other, two)).toEqual([numbers[0]]);
    expect(taken().map(({ count }) => count)).toEqual([2]);
    expect(metrics()).toEqual([]);

    bus.taken.length = 0;
    expect(await deliver(bad, one, other, two)).toEqual([numbers[0]]);
    expect(taken()).toEqual([]);
  });

  it("of counted changes wait for their threshold, over batches, and one record comes back for a refused one", async () => {
    const removals = [removal(), removal(), removal(), removal()];
    expect(await deliver(removals[0]!, removals[0]!, removals[1]!)).toEqual([]);
    expect(taken()).toEqual([]);
    bus.down = true;
    expect(await deliverInNoTime(removals[2]!, removals[3]!)).toEqual([removals[2]?.dynamodb?.SequenceNumber]);
    bus.down = false;
    expect(await deliver(removals[2]!, removals[3]!)).toEqual([]);
    expect(taken()).toEqual([expect.objectContaining({ detection: "deletes", count: 4 })]);
    expect(await deliver(removal())).toEqual([]);
    expect(taken()).toHaveLength(1);
  });

  it("that need images are missed, with one warning for the table", async () => {
    const blind = () => streamRecord({ table: "blind", eventName: "MODIFY" });
    expect(await deliver(blind(), blind())).toEqual([]);
    expect(await deliver(blind())).toEqual([]);
    expect(lines().filter(({ level }) => level === "WARN")).toEqual([
      expect.objectContaining({ table: "blind", message: expect.stringContaining("NEW_AND_OLD_IMAGES") }),
    ]);
    expect(taken()).toEqual([]);
  });
});
