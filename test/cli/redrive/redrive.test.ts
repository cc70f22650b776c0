// Proves: what is sent, in which order, what is taken away and what stays, whatever fails; what the command prints and how
// it exits. Does not prove: AWS; awsAccount.test.ts runs the real SDK against a stand-in.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RedriveCommandOptions, runRedrive } from "../../../cli/redrive/command";
import { type Account, FatalError, redrive } from "../../../cli/redrive/redrive";
import { streamRecord } from "../../functions/streamMonitor/streamRecord";
import { functionArn, invocationRecord, keyOf } from "./invocationRecord";

const modified = new Date("2026-11-24T10:00:00Z");
const now = new Date("2026-11-24T12:00:00Z");

function bucketOf(objects: Record<string, string>, answers: Partial<Account> = {}) {
  const kept = new Map(Object.entries(objects));
  const invoked: { functionName: string; numbers: string[] }[] = [];
  const account: Account = {
    async *list() {
      for (const key of [...kept.keys()].reverse()) yield { key, modified };
    },
    read: async (key) => kept.get(key)!,
    invoke: async (functionName, payload) => {
      const { Records: records } = JSON.parse(payload) as { Records: { dynamodb: { SequenceNumber: string } }[] };
      invoked.push({ functionName, numbers: records.map(({ dynamodb }) => dynamodb.SequenceNumber) });
      return '{"batchItemFailures":[]}';
    },
    settle: async (key) => {
      kept.delete(key);
    },
    ...answers,
  };
  return { account, kept, invoked };
}
const plain = { dryRun: false, concurrency: 2 };
const [one, two, three] = [streamRecord(), streamRecord(), streamRecord()];
const number = (record: ReturnType<typeof streamRecord>) => record.dynamodb!.SequenceNumber!;

describe("redrive", () => {
  it("sends what Lambda kept to the function that failed, a shard's in order, and takes it away", async () => {
    const { account, kept, invoked } = bucketOf({
      [keyOf("1", "10.00.02")]: invocationRecord([two]),
      [keyOf("1", "10.00.01")]: invocationRecord([one]),
      [keyOf("2", "10.00.00")]: invocationRecord([three, three]),
    });
    const outcomes = await redrive(account, plain);
    expect(outcomes.map(({ result, records }) => [result, records])).toEqual([
      ["sent", 1],
      ["sent", 1],
      ["sent", 2],
    ]);
    expect(outcomes[0]).toMatchObject({ functionName: functionArn, condition: "RetryAttemptsExhausted" });
    const ofFirstShard = invoked.filter(({ numbers }) => numbers.length === 1).map(({ numbers }) => numbers[0]);
    expect(ofFirstShard).toEqual([number(one), number(two)]);
    expect([...kept.keys()]).toEqual([]);
  });

  it("takes another function, and what failed since a time only", async () => {
    const { account, invoked } = bucketOf({ [keyOf("1", "10.00.00")]: invocationRecord([one]) });
    expect(await redrive(account, { ...plain, since: new Date("2026-11-24T10:00:01Z") })).toEqual([]);
    await redrive(account, { ...plain, since: modified, functionName: "other" });
    expect(invoked.map(({ functionName }) => functionName)).toEqual(["other"]);
  });

  it("does nothing in a dry run", async () => {
    const { account, kept, invoked } = bucketOf({ [keyOf("1", "10.00.00")]: invocationRecord([one]) });
    const [outcome] = await redrive(account, { ...plain, dryRun: true });
    expect(outcome).toMatchObject({ result: "would-send", records: 1 });
    expect([kept.size, invoked.length]).toEqual([1, 0]);
  });

  it.each<[string, Partial<Account>, string, string, number]>([
    [
      "the function reports a record",
      { invoke: async () => '{"batchItemFailures":[{"itemIdentifier":"1"}]}' },
      "failed",
      "the function reported 1 of 2 records again",
      1,
    ],
    [
      "the invocation fails",
      { invoke: () => Promise.reject(new Error("TooManyRequests")) },
      "failed",
      "TooManyRequests",
      2,
    ],
    ["the answer is none", { invoke: async () => "<html>" }, "failed", "the function reported 2 of 2 records again", 2],
    ["it cannot be taken away", { settle: () => Promise.reject(new Error("locked")) }, "unsettled", "locked", 0],
    ["it cannot be read", { read: () => Promise.reject(new Error("gone")) }, "unreadable", "gone", 0],
    ["it is something else", { read: async () => "v-hidden" }, "unreadable", "it is no JSON", 0],
    [
      "it has no payload",
      { read: async () => "{}" },
      "unreadable",
      "it has no payload, which Lambda writes into S3 only",
      0,
    ],
    [
      "its payload is of another service",
      { read: async () => '{"payload":"{}"}' },
      "unreadable",
      "its payload holds no stream records",
      0,
    ],
  ])("leaves in the bucket what did not go through: %s", async (_, answers, result, problem, failed) => {
    const { account, kept } = bucketOf({ [keyOf("1", "10.00.00")]: invocationRecord([one, two]) }, answers);
    const [outcome] = await redrive(account, plain);
    expect(outcome).toMatchObject({ result, problem, failedRecords: failed });
    expect(kept.size).toBe(1);
  });

  it("takes an answer without a body for success, as Lambda does", async () => {
    for (const answer of ["", "null", "{}"]) {
      const { account, kept } = bucketOf(
        { [keyOf("1", "1")]: invocationRecord([one]) },
        { invoke: async () => answer },
      );
      await redrive(account, plain);
      expect(kept.size).toBe(0);
    }
  });

  it("accounts for every object, takes away exactly what went through, and keeps within its concurrency", async () => {
    const objects = fc.array(fc.record({ shard: fc.nat({ max: 4 }), fails: fc.boolean() }), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(objects, fc.integer({ min: 1, max: 6 }), async (wanted, concurrency) => {
        const keys = wanted.map(({ shard }, i) => keyOf(String(shard), String(100 + i)));
        const failing = new Set(keys.filter((_, i) => wanted[i]?.fails));
        const record = (key: string) => invocationRecord([streamRecord({ keys: { id: { S: key } } })]);
        let [running, most] = [0, 0];
        const { account, kept } = bucketOf(Object.fromEntries(keys.map((key) => [key, record(key)])), {
          invoke: async (_, payload) => {
            running += 1;
            most = Math.max(most, running);
            await new Promise((done) => setImmediate(done));
            running -= 1;
            const key = (JSON.parse(payload) as { Records: [typeof one] }).Records[0].dynamodb?.Keys?.["id"]?.S;
            if (failing.has(key!)) throw new Error("again");
            return "";
          },
        });
        const outcomes = await redrive(account, { dryRun: false, concurrency });
        expect(outcomes.map(({ key }) => key)).toEqual([...keys].sort());
        expect(new Set(kept.keys())).toEqual(failing);
        expect(most).toBeLessThanOrEqual(concurrency);
      }),
      { numRuns: 40 },
    );
  });
});

describe("the command", () => {
  async function run(options: Partial<RedriveCommandOptions>, account: Account | Error) {
    const [out, err]: [string[], string[]] = [[], []];
    const into = (texts: string[]) => ({ isTTY: false, write: (text: string) => texts.push(text) > 0 });
    const code = await runRedrive(
      { bucket: "failed", concurrency: "4", ...options },
      {
        stdout: into(out) as never,
        stderr: into(err) as never,
        account: async () => {
          if (account instanceof Error) throw account;
          return account;
        },
        now: () => now,
      },
    );
    return { code, out: out.join(""), err: err.join("") };
  }
  const objects = { [keyOf("1", "10.00.00")]: invocationRecord([one, two]), "aws/lambda/m/s/x": "{}" };

  it("prints what became of each object, and exits 1 where something is left", async () => {
    const { code, out } = await run({ concurrency: "1" }, bucketOf(objects).account);
    expect(out.split("\n")).toEqual([
      `sent  ${keyOf("1", "10.00.00")}  2 records, RetryAttemptsExhausted`,
      "UNREADABLE  aws/lambda/m/s/x: it has no payload, which Lambda writes into S3 only",
      "Sent 1 object (2 records), 1 object left in the bucket (0 records).",
      "",
    ]);
    expect(code).toBe(1);
  });

  it("prints one object with --json, and exits 0 where all went through", async () => {
    const { code, out } = await run({ json: true }, bucketOf({ [keyOf("1", "1")]: invocationRecord([one]) }).account);
    expect(JSON.parse(out)).toMatchObject({
      bucket: "failed",
      dryRun: false,
      sent: 1,
      left: 0,
      records: { sent: 1, wouldSend: 0, left: 0 },
      objects: [{ result: "sent", functionName: functionArn }],
    });
    expect(code).toBe(0);
  });

  it("says what a dry run would do, and that there is nothing", async () => {
    const dry = await run(
      { dryRun: true, since: "3h" },
      bucketOf({ [keyOf("1", "1")]: invocationRecord([one]) }).account,
    );
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining("Would send 1 object (1 record).") });
    expect(await run({ since: "1h" }, bucketOf(objects).account)).toEqual({
      code: 0,
      out: "Nothing to redrive.\n",
      err: "",
    });
  });

  it.each<[Partial<RedriveCommandOptions>, string]>([
    [{ since: "yesterday" }, "redrive: --since yesterday is no time. Write one like"],
    [{ concurrency: "0" }, "redrive: --concurrency 0 is not a whole number from 1 to 50."],
    [{ moveTo: "aws/lambda/done" }, "redrive: --move-to aws/lambda/done must be a prefix outside aws/lambda/"],
  ])("answers a mistake in one line and exits 2: %j", async (options, message) => {
    const { code, err, out } = await run(options, bucketOf({}).account);
    expect(err).toContain(message);
    expect([code, out]).toEqual([2, ""]);
  });

  it("stops at what every object would meet, and exits 2", async () => {
    expect(await run({}, new FatalError("No AWS credentials were found."))).toEqual({
      code: 2,
      out: "",
      err: "redrive: No AWS credentials were found.\n",
    });
    const denied = bucketOf(objects, { invoke: () => Promise.reject(new FatalError("denied")) });
    expect((await run({}, denied.account)).code).toBe(2);
    expect(denied.kept.size).toBe(2);
  });
});
