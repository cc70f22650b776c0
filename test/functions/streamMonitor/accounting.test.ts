// Proves: of 10,000 stream records with one percent that nobody can read, batches that come twice, and half a minute in which
// the findings bus takes nothing, every record is processed or in the failure destination; every change that is worth a
// finding is in exactly one that was delivered or among the records that redrive sends; and the metrics count each change
// once. For both readings of what Lambda leaves undocumented, and with environments that are replaced on the way.
// Does not prove: Lambda. eventSourceMapping.ts behaves as its guide says; test/e2e has a stream of an emulator.
import type { Context, DynamoDBBatchResponse, DynamoDBRecord } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Account, redrive } from "../../../cli/redrive/redrive";
import type { Finding } from "../../../functions/finding";
import { invocationRecord, keyOf } from "../../cli/redrive/invocationRecord";
import { EventSourceMapping } from "./eventSourceMapping";
import { streamRecord } from "./streamRecord";

const bus = vi.hoisted(() => {
  const { mkdtempSync, writeFileSync } = process.getBuiltinModule("node:fs");
  const { tmpdir } = process.getBuiltinModule("node:os");
  const folder = mkdtempSync(`${tmpdir()}/stream-accounting-`);
  const rule = { kind: "guarded-attributes", attributes: ["status"], changes: ["MODIFY"] };
  const guarded = { id: "guarded", title: "t", severity: "high", threshold: 0, periodSeconds: 60, rule };
  const tableArn = "arn:aws:dynamodb:eu-central-1:123456789012:table/orders";
  writeFileSync(`${folder}/tables.json`, JSON.stringify([{ tableArn, detections: [guarded] }]));
  Object.assign(process.env, {
    POWERTOOLS_METRICS_NAMESPACE: "orders/test/stream-monitor",
    FINDINGS_BUS: "arn:aws:events:eu-central-1:123456789012:event-bus/findings",
    LAMBDA_TASK_ROOT: folder,
    AWS_REGION: "eu-central-1",
  });
  return { downFrom: 0, downUntil: 0, refusals: 0, details: [] as string[] };
});
vi.mock("@aws-sdk/client-eventbridge", () => ({
  PutEventsCommand: class {
    constructor(readonly input: unknown) {}
  },
  EventBridgeClient: class {
    async send({ input }: { input: { Entries: { Detail: string }[] } }) {
      if (Date.now() >= bus.downFrom && Date.now() < bus.downUntil) {
        bus.refusals += 1;
        throw new Error("ServiceUnavailable");
      }
      bus.details.push(...input.Entries.map(({ Detail }) => Detail));
      return { Entries: input.Entries.map((_, i) => ({ EventId: String(i) })) };
    }
  },
}));

const start = Date.parse("2026-11-24T10:00:00Z");
let output: string[];
beforeEach(() => {
  vi.useFakeTimers({ now: start });
  output = [];
  bus.details.length = 0;
  bus.refusals = 0;
  [bus.downFrom, bus.downUntil] = [start + 10_000, start + 40_000];
  const write = (text: unknown) => output.push(String(text)) > 0;
  vi.spyOn(process.stdout, "write").mockImplementation(write);
  vi.spyOn(process.stderr, "write").mockImplementation(write);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A new environment of the function: its memory is empty. */
async function environment() {
  vi.resetModules();
  const { handler } = await import("../../../functions/streamMonitor/handler.js");
  return handler;
}

/** Invokes with the time that an invocation takes, and with what it waits for. */
async function inFakeTime(invoke: () => Promise<DynamoDBBatchResponse>): Promise<DynamoDBBatchResponse> {
  const answer = invoke();
  answer.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(50);
  await vi.runAllTimersAsync();
  return answer;
}

/** Numbers from 0 to 1, the same on every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const count = 10_000;
const shards = 4;

function stream(random: () => number) {
  const poison = new Set<string>();
  const guarded = new Set<string>();
  const records = Array.from({ length: count }, (_, i): DynamoDBRecord => {
    const isPoison = i % 100 === 37;
    const changes = random() < 0.05;
    const keys = { id: { S: `order-${i}` } };
    const record = streamRecord({
      keys,
      before: { status: { S: "a" } },
      after: { status: { S: changes ? "b" : "a" } },
    });
    if (isPoison) poison.add(record.eventID!);
    else if (changes) guarded.add(record.eventID!);
    return isPoison ? { ...record, eventName: "UNKNOWN" as "MODIFY" } : record;
  });
  return { records, poison, guarded };
}

const parsed = () =>
  output
    .flatMap((text) => text.split("\n"))
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
const findings = () => bus.details.map((detail) => JSON.parse(detail) as Finding);

describe.each([
  { name: "reported batches are halved", halvesReported: true, maximumRetryAttempts: 5, replacedEvery: undefined },
  { name: "reported batches stay whole", halvesReported: false, maximumRetryAttempts: 5, replacedEvery: undefined },
  { name: "environments are replaced", halvesReported: true, maximumRetryAttempts: 5, replacedEvery: 25 },
  { name: "nothing is tried again", halvesReported: true, maximumRetryAttempts: 0, replacedEvery: undefined },
])("10,000 records, where $name", (reading) => {
  it("are accounted for", async () => {
    const random = seeded(7);
    const { records, poison, guarded } = stream(random);
    const mappings: EventSourceMapping[] = [];
    for (let shard = 0; shard < shards; shard++) {
      let [handler, invocations] = [await environment(), 0];
      const mapping = new EventSourceMapping(
        async (batch) => {
          if (reading.replacedEvery && ++invocations % reading.replacedEvery === 0) handler = await environment();
          return inFakeTime(() => handler({ Records: batch }, {} as Context));
        },
        {
          batchSize: 100,
          maximumRetryAttempts: reading.maximumRetryAttempts,
          pause: async (attempt) => void (await vi.advanceTimersByTimeAsync(100 * 2 ** attempt)),
          again: () => random() < 0.05,
          halvesReported: reading.halvesReported,
        },
      );
      mappings.push(mapping);
      await mapping.deliver(records.filter((_, i) => i % shards === shard));
    }

    const kept = mappings.flatMap(({ destination }) => destination);
    const keptIds = new Set(kept.flat().map(({ eventID }) => eventID!));
    const lines = () => parsed().filter(({ message }) => message === "item change");
    const logged = lines().map(({ eventId }) => eventId as string);
    const processed = new Set(logged);
    const lost = records.filter(({ eventID }) => !processed.has(eventID!) && !keptIds.has(eventID!));
    const delivered = () => findings().flatMap(({ events }) => events.map(({ id }) => id));
    const beforeRedrive = new Set(delivered());
    const waiting = [...guarded].filter((id) => !beforeRedrive.has(id));

    // The records that nobody can read are in the destination, and nothing is nowhere.
    expect(lost).toEqual([]);
    expect([...poison].filter((id) => !keptIds.has(id))).toEqual([]);
    expect(processed.size).toBe(count - poison.size);
    // What found no bus is in the destination too.
    expect(waiting.filter((id) => !keptIds.has(id))).toEqual([]);
    expect(bus.refusals).toBeGreaterThan(0);
    if (reading.maximumRetryAttempts === 0) expect(waiting.length).toBeGreaterThan(0);

    // What is in the destination goes through once the bus is back, but for what cannot be read.
    const objects = new Map(kept.map((batch, i) => [keyOf(String(i % shards), String(i)), invocationRecord(batch)]));
    const handler = await environment();
    const account: Account = {
      async *list() {
        for (const key of objects.keys()) yield { key, modified: new Date() };
      },
      read: async (key) => objects.get(key)!,
      invoke: async (_, payload) => JSON.stringify(await inFakeTime(() => handler(JSON.parse(payload), {} as Context))),
      settle: async (key) => void objects.delete(key),
    };
    const outcomes = await redrive(account, { dryRun: false, concurrency: 1 });
    const reported = delivered();
    expect([...guarded].filter((id) => !reported.includes(id))).toEqual([]);
    const stillThere = [...objects.values()].map(
      (text) => JSON.parse(JSON.parse(text).payload).Records as DynamoDBRecord[],
    );
    expect(stillThere.filter((batch) => !batch.some(({ eventID }) => poison.has(eventID!)))).toEqual([]);

    const counted = parsed().reduce((sum, { ItemsModified: items = 0 }) => sum + items, 0);
    if (reading.replacedEvery === undefined && reading.halvesReported) {
      // Nothing was forgotten on the way: each change is logged once, and in one finding. Redrive counts what it brings again.
      expect(logged.length).toBe(processed.size);
      expect(reported.length).toBe(guarded.size);
      expect(counted).toBe(
        processed.size +
          outcomes.filter(({ result }) => result === "sent").reduce((sum, { records: of }) => sum + of, 0),
      );
      expect(stillThere.every((batch) => batch.length === 1)).toBe(true);
    }
    const invocations = mappings.reduce((sum, mapping) => sum + mapping.invocations, 0);
    vi.mocked(process.stdout.write).mockRestore();
    console.log(
      `${count} records (${poison.size} unreadable, ${guarded.size} worth a finding), ${invocations} invocations, ` +
        `${bus.refusals} calls that the bus refused: ${processed.size} processed, ${keptIds.size} in the failure destination ` +
        `(${waiting.length} of them waiting for the bus), ${lost.length} lost; after redrive ${new Set(reported).size} of ` +
        `${guarded.size} reported (${reported.length - new Set(reported).size} twice), ${stillThere.flat().length} records left.`,
    );
  });
});
