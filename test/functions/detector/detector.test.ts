// Proves: the core reads and writes each document at most once per batch, goes on where others write at the same time,
// accounts for every group whatever fails, and finds the same again when a batch comes again. Does not prove: DynamoDB
// (dynamoStore.test.ts has its shapes, a stand-in of it is in test/e2e).
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { CloudTrailRecord } from "../../../detections";
import { Detector } from "../../../functions/detector/detector";
import {
  after as at,
  by,
  deleteTable,
  type Event,
  event,
  identities,
  item,
  on,
  tableArn,
  updateTable,
} from "../../support/events";
import { deployed, MemoryStore } from "./support";

const hour = 3_600_000;
const began = Date.parse(at("0", event("X", null)).eventTime);
const countryOf = (address: string) => ({ "81.2.69.160": "DE", "90.0.0.1": "FR", "3.5.140.2": "US" })[address];
const call = (hours: number, sourceIPAddress: string, change = {}): Event =>
  at(String(hours * 60), event("DescribeTable", { tableName: "orders" }, { sourceIPAddress, ...change }));

let store: MemoryStore;
let now: number;
const detector = (settings: Parameters<typeof deployed>[0] = {}) =>
  new Detector(deployed(settings), { store, countryOf, now: () => now, pause: async () => {} });
const only = (...ids: string[]) =>
  Object.fromEntries(
    deployed()
      .filter(({ id }) => !ids.includes(id))
      .map(({ id }) => [id, { enabled: false }]),
  );
beforeEach(() => {
  store = new MemoryStore();
  now = began;
});

describe("a new country", () => {
  const newCountry = () => detector(only("new-country-seen"));
  /** Events of a batch at an hour; a fresh function, as after a cold start. */
  const batch = async (hours: number, ...records: CloudTrailRecord[]) => {
    now = began + hours * hour;
    const { findings, failures } = await newCountry().process(records);
    expect(failures).toEqual([]);
    return findings;
  };

  it("is found after the learning period, once, and again after 72 hours of absence with the old item still there", async () => {
    expect(await batch(0, call(0, "81.2.69.160"))).toEqual([]);
    expect(await batch(1, call(1, "3.5.140.2"))).toEqual([]);
    const [found, ...others] = await batch(80, call(80, "90.0.0.1"));
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      detection: "new-country-seen",
      severity: "medium",
      actors: [
        { principal: "arn:aws:iam::111122223333:role/ops", session: "session", sourceIp: "90.0.0.1", country: "FR" },
      ],
      tables: ["orders"],
      count: 1,
      summary:
        "arn:aws:iam::111122223333:role/ops called DescribeTable from FR, where it was not seen in the last 72 hours.",
    });
    expect(found!.id).toBe(`new-country-seen:${found!.events[0]!.id}`);
    expect(await batch(81, call(81, "90.0.0.1"))).toEqual([]);
    expect(await batch(81 + 71, call(81 + 71, "81.2.69.160"))).toHaveLength(1); // 72 hours after it was seen last
    expect(store.documents.size).toBe(1);
    expect(await batch(81 + 73, call(81 + 73, "90.0.0.1"))).toHaveLength(1);
  });

  it("is learnt from the first event on, whatever is deployed again", async () => {
    await batch(0, call(0, "81.2.69.160"));
    expect(store.learning.get("new-country-seen")).toBe(began);
    expect(await batch(71, call(71, "90.0.0.1"))).toEqual([]);
    expect(await batch(73, call(73, "3.5.140.2"))).toHaveLength(1);
    expect(store.learning.get("new-country-seen")).toBe(began);
  });

  it("takes an expired document for none, and writes over it", async () => {
    await batch(0, call(0, "81.2.69.160"));
    const [key, document] = [...store.documents][0]!;
    store.documents.set(key, { ...store.documents.get(key)!, expiresAt: began + hour });
    expect(await batch(80, call(80, "90.0.0.1"))).toEqual([]); // the first country of an unknown principal
    expect(store.documents.get(key)!.version).toBe(document.version + 1);
  });

  it("keeps memory and learning period as configured", async () => {
    const settings = { ...only("new-country-seen"), "new-country-seen": { rememberSeconds: 3600, learnSeconds: 0 } };
    const quick = detector(settings);
    const found = await quick.process([call(0, "81.2.69.160"), call(0.1, "90.0.0.1"), call(1.5, "90.0.0.1")]);
    expect(found.findings).toHaveLength(2);
  });
});

describe("reading and writing", () => {
  it("is once for each group in a batch", async () => {
    const records = Array.from({ length: 50 }, (_, i) => call(i / 100, i % 2 ? "81.2.69.160" : "90.0.0.1"));
    await detector(only("new-country-seen")).process(records);
    expect(store.reads).toHaveLength(1);
    expect(store.reads[0]).toHaveLength(1);
    expect(store.writes).toHaveLength(1);
  });

  it("is not needed for a principal that was seen a minute ago", async () => {
    const same = detector(only("new-country-seen"));
    await same.process([call(0, "81.2.69.160")]);
    store.reads = [];
    store.writes = [];
    await same.process([call(0.01, "81.2.69.160"), call(0.015, "81.2.69.160")]);
    expect([store.reads, store.writes]).toEqual([[], []]);
  });

  it("goes on from what others wrote in between", async () => {
    await detector(only("new-country-seen")).process([call(0, "81.2.69.160")]);
    const [key] = [...store.documents.keys()] as [string];
    let others = 2;
    store.beforeWrite = () => {
      if (others-- > 0) store.documents.get(key)!.version++;
    };
    now = began + 80 * hour;
    const { findings, failures } = await detector(only("new-country-seen")).process([call(80, "90.0.0.1")]);
    expect(failures).toEqual([]);
    expect(findings).toHaveLength(1);
  });

  it("two functions that find the same country at once report it once", async () => {
    await detector(only("new-country-seen")).process([call(0, "81.2.69.160")]);
    now = began + 80 * hour;
    const both = await Promise.all(
      [call(80, "90.0.0.1"), call(80, "90.0.0.1")].map((one) => detector(only("new-country-seen")).process([one])),
    );
    expect(both.flatMap(({ findings }) => findings)).toHaveLength(1);
  });

  it("gives up after bounded attempts, and says of which group", async () => {
    store.beforeWrite = ({ key, version }) => {
      store.documents.set(key, { key, version: version + 1, expiresAt: 0 });
    };
    const { failures } = await detector(only("new-country-seen")).process([call(0, "81.2.69.160")]);
    expect(failures).toEqual([
      {
        key: 'detector#new-country-seen#["arn:aws:iam::111122223333:role/ops"]',
        reason: "was written by others 5 times in between",
      },
    ]);
  });

  it("what DynamoDB leaves unread is a failure, and the rest is processed", async () => {
    store.unreadable = (key) => key.includes("role/ops");
    const { failures } = await detector(only("new-country-seen")).process([
      call(0, "81.2.69.160"),
      call(0, "81.2.69.160", by(identities.user("alice"))),
    ]);
    expect(failures).toHaveLength(1);
    expect([...store.documents.keys()]).toEqual(['detector#new-country-seen#["arn:aws:iam::111122223333:user/alice"]']);
  });

  it("keeps a bounded number of documents in memory, and processes more than those in one batch", async () => {
    const small = new Detector(deployed(only("new-country-seen")), { store, countryOf, now: () => now, cached: 3 });
    const users = Array.from({ length: 20 }, (_, i) => call(0, "81.2.69.160", by(identities.user(`u${i}`))));
    expect((await small.process(users)).failures).toEqual([]);
    expect((await small.process(users)).failures).toEqual([]);
    expect(store.documents.size).toBe(20);
  });
});

describe("findings", () => {
  const off = at("0", updateTable({ tableName: "orders", deletionProtectionEnabled: false }));
  const gone = at("3", deleteTable());

  it("of a sequence name both events, the table and the time between", async () => {
    const { findings } = await detector(only("protection-off-then-deleted")).process([off, gone]);
    expect(findings).toEqual([
      expect.objectContaining({
        id: `protection-off-then-deleted:${gone["eventID"]}`,
        severity: "critical",
        time: gone.eventTime,
        tables: ["orders"],
        count: 2,
        events: [gone, off].map((one) => ({ id: one["eventID"], name: one.eventName, time: one.eventTime })),
        summary:
          "Deletion protection was switched off, then the table was deleted: arn:aws:iam::111122223333:role/ops on table orders, within 3 minutes.",
      }),
    ]);
  });

  it("of one event on several tables are one", async () => {
    const read = (change: object) => item("BatchGetItem", {}, { ...on(tableArn("a"), tableArn("b")), ...change });
    await detector(only("new-principal-seen")).process([read(by(identities.user("alice")))]);
    now = began + 8 * 24 * hour;
    const { findings } = await detector(only("new-principal-seen")).process([
      at(String(8 * 24 * 60), read(by(identities.user("eve")))),
    ]);
    expect(findings.map(({ tables }) => tables)).toEqual([["a", "b"]]);
  });

  it("come again, under the same ids, when the batch comes again after a failure", async () => {
    const first = await detector().process([off, gone]);
    const again = await detector().process([off, gone]);
    expect(again.findings.map(({ id }) => id)).toEqual(first.findings.map(({ id }) => id));
    expect(first.findings.length).toBeGreaterThan(0);
  });

  it("of a batch that is counted are not counted again", async () => {
    const reads = Array.from({ length: 600 }, () => item("Query", { tableName: "orders" }));
    const mass = only("mass-read");
    expect((await detector(mass).process(reads)).findings).toEqual([]);
    expect((await detector(mass).process(reads)).findings).toEqual([]);
    const more = Array.from({ length: 400 }, () => item("Query", { tableName: "orders" }));
    const { findings } = await detector(mass).process(more);
    expect(findings.map(({ count }) => count)).toEqual([1000]);
  });
});

describe("whatever fails", () => {
  const users = ["alice", "bob", "carol"].map((name) => by(identities.user(name)));
  const records = users.flatMap((user) => [
    at("0", updateTable({ tableName: "orders", deletionProtectionEnabled: false }, user)),
    at("3", deleteTable(user)),
    at("4", deleteTable(user, "users")),
  ]);

  it("after enough attempts every sequence is found, whatever order, splitting and failures", async () => {
    const ids = (findings: { id: string }[]) => [...new Set(findings.map(({ id }) => id))].sort();
    const expected = ids((await detector(only("protection-off-then-deleted")).process(records)).findings);
    expect(expected).toHaveLength(3);

    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(records, { minLength: records.length }),
        fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
        fc.integer({ min: 1, max: records.length }),
        async (order, failing, size) => {
          store = new MemoryStore();
          const fails = [...failing];
          store.beforeWrite = () => {
            if (fails.pop()) throw new Error("out of order");
          };
          const found: { id: string }[] = [];
          for (let i = 0; i < order.length; i += size) {
            const batch = order.slice(i, i + size);
            // As Lambda does, but for as long as it takes: a new function each time, the same batch.
            for (;;) {
              const { findings, failures } = await detector(only("protection-off-then-deleted")).process(batch);
              found.push(...findings);
              for (const { reason } of failures) expect(reason).toBe("out of order");
              if (failures.length === 0) break;
            }
          }
          expect(ids(found)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("records that are no events are passed over", async () => {
    const odd = [
      {},
      { eventName: 1 },
      { eventID: "x", eventTime: "never" },
      { userIdentity: "eve", resources: "none" },
    ];
    expect(await detector().process(odd as never)).toEqual({ findings: [], failures: [] });
  });

  it("a detection that cannot learn fails alone", async () => {
    store.learningSince = async () => {
      throw new Error("throttled");
    };
    const { findings, failures } = await detector(only("protection-off-then-deleted", "new-country-seen")).process([
      ...records.slice(0, 2),
      call(0, "81.2.69.160"),
    ]);
    expect(findings).toHaveLength(1);
    expect(failures.map(({ reason }) => reason)).toEqual(["throttled"]);
  });
});
