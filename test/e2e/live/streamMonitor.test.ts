// Proves: a change of a real (emulated) table drives the built bundle in a Node.js process of its own, and its finding comes
// through a bus and a rule into a queue. Where EventBridge is out of order and a record cannot be read, nothing is lost: the
// rest gets through, what waits is kept, and `redrive` brings it through once EventBridge is back.
// Does not prove: AWS; nor Lambda's mapping where something fails. The emulator's one for table streams knows neither reported
// records, nor retries, nor S3 destinations, so in the second test eventSourceMapping.ts stands in for it, between the
// real stream, function, bus and bucket.
import type { DynamoDBRecord } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runRedrive } from "../../../cli/redrive/command";
import { invocationRecord, keyOf } from "../../cli/redrive/invocationRecord";
import { EventSourceMapping } from "../../functions/streamMonitor/eventSourceMapping";
import { LiveAccount } from "./account";
import { type Gate, startGate } from "./gate";
import { type Ministack, startMinistack } from "./ministack";

let ministack: Ministack;
let account: LiveAccount;
let gate: Gate;
beforeAll(async () => {
  ministack = await startMinistack();
  account = new LiveAccount(ministack.endpoint);
  gate = await startGate(ministack.endpoint);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await gate?.stop();
  await ministack?.stop();
});

const guarded = { guardedAttributes: ["status"], streamViewType: "NEW_AND_OLD_IMAGES" };

describe("the stream monitor", () => {
  it("brings a change of a table to a queue", async () => {
    const streamArn = await account.createTable("orders");
    const queue = await account.createBus("live-findings");
    await account.deployMonitor("live-streams", "live-findings", { ...guarded, streamArn });
    await account.mapStream(streamArn, "live-streams");
    await account.putItem("orders", "order-1", "v-open");
    await account.setStatus("orders", "order-1", "v-closed");

    const [finding, ...more] = await account.findings(queue, 1);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      detection: "guarded-attribute-changed",
      severity: "high",
      tables: ["orders"],
      count: 1,
      events: [{ name: "MODIFY", attributes: ["status"], item: expect.stringMatching(/^[0-9a-f]{32}$/) }],
      note: expect.stringContaining("A stream carries no caller."),
    });
    expect(JSON.stringify(finding)).not.toMatch(/v-open|v-closed|order-1/);
  });

  it("loses nothing to a record that nobody can read and a bus that is out of order", async () => {
    const streamArn = await account.createTable("payments");
    const queue = await account.createBus("late-findings");
    await account.deployMonitor("late-streams", "late-findings", { ...guarded, streamArn }, gate.endpoint);
    await account.createBucket("failed");
    for (const id of ["1", "2", "3", "4"]) await account.putItem("payments", id, "open");
    await account.setStatus("payments", "2", "closed");
    await account.setStatus("payments", "3", "closed");
    const records = await account.streamRecords(streamArn);
    expect(records.map(({ eventName }) => eventName)).toEqual([
      "INSERT",
      "INSERT",
      "INSERT",
      "INSERT",
      "MODIFY",
      "MODIFY",
    ]);
    const poison: DynamoDBRecord = { ...records[3]!, eventName: "UNKNOWN" as "INSERT" };

    const mapping = new EventSourceMapping((batch) => account.invoke("late-streams", batch), {
      batchSize: 10,
      maximumRetryAttempts: 1,
      pause: async () => undefined,
      again: () => false,
      halvesReported: true,
    });
    await mapping.deliver(records.with(3, poison));
    const kept = mapping.destination.flat().map(({ eventID }) => eventID);
    expect(kept).toEqual([poison, records[4], records[5]].map((record) => record!.eventID));
    for (const [i, batch] of mapping.destination.entries()) {
      const functionArn = account.functionArn("late-streams");
      const requestContext = { functionArn, condition: "RetryAttemptsExhausted" };
      await account.putObject("failed", keyOf("1", String(i)), invocationRecord(batch, { requestContext }));
    }

    expect(gate.refused).toBeGreaterThan(0);
    expect(await account.findings(queue, 1)).toEqual([]);
    gate.open = true;
    vi.stubEnv("AWS_ENDPOINT_URL", ministack.endpoint);
    vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
    const printed: string[] = [];
    vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
    const code = await runRedrive({ bucket: "failed", region: "eu-central-1", concurrency: "1", json: true });
    vi.restoreAllMocks();
    expect(code).toBe(1); // the one that nobody can read
    expect(JSON.parse(printed.join(""))).toMatchObject({ sent: 2, left: 1, records: { sent: 2, left: 1 } });
    expect(await account.objects("failed")).toEqual([keyOf("1", "0")]);
    const found = await account.findings(queue, 2);
    expect(found.flatMap(({ events }) => events.map(({ id }) => id)).sort()).toEqual(
      [records[4], records[5]].map((record) => record!.eventID!).sort(),
    );
  });
});
