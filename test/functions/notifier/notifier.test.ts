// Proves: what people hear of alarms, events and findings: once, whichever way they came, and never nothing where something
// failed. Does not prove: AWS's own answers, or the fields of a contributor's notification (inferred).
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { deployedItemDetections } from "../../../components/streamMonitor/deployed";
import type { DeployedDetection } from "../../../detections";
import { leaseMs } from "../../../functions/notifier/dynamoState";
import {
  account,
  by,
  deleteBackup,
  deleteTable,
  event,
  identities,
  itemCall,
  region,
  tableArn,
} from "../../support/events";
import {
  alarmEvent,
  alarmMessage,
  deployed,
  eventBridgeEvent,
  findingEvent,
  type Setup,
  setUp,
  snsEvent,
  t0,
} from "./support";

const minute = 60_000;
const when = (ms: number) => ({ eventTime: new Date(ms).toISOString() });
/** Some minutes before the alarm, as CloudTrail delivers. */
const earlier = when(t0 - 2 * minute);

let s: ReturnType<typeof setUp>;
const start = (setup: Setup = {}) => {
  s = setUp(setup);
};
beforeEach(() => start());
const said = () => s.published.map(({ kind, detection, events, note }) => [kind, detection, events.length, note]);

describe("an alarm of a detection", () => {
  it("says who did what to which table", async () => {
    const deleted = deleteBackup({ ...earlier, ...by(identities.role("ops", "alice")) });
    s.logs.deliver(deleted, t0 - minute);
    s.logs.deliver(itemCall("GetItem", earlier), t0 - minute);
    await s.handle(alarmEvent("backup-deleted"));
    expect(s.published).toHaveLength(1);
    expect(s.published[0]).toMatchObject({
      kind: "alert",
      id: `backup-deleted:${deleted.eventID}`,
      severity: "high",
      account,
      region,
      actors: [{ principal: `arn:aws:iam::${account}:role/ops`, session: "alice", sourceIp: "192.0.2.7" }],
      events: [{ id: deleted.eventID, name: "DeleteBackup" }],
      count: 1,
      alarm: "detective-test-detections-high-backup-deleted",
      runbook: "docs/detections/backup-deleted.md",
    });
    expect(s.published[0]!.response.length).toBeGreaterThan(0);
    expect(s.copied).toEqual(s.published);
  });

  it("is found by the metric of a Metrics Insights query too, and of alarm and group one speaks", async () => {
    const query = deployed().find(({ id }) => id === "multiple-tables-deleted") && insightsQuery;
    for (let i = 0; i < 7; i++) s.logs.deliver(deleteTable(earlier, "orders"), t0 - minute);
    const attributes = { principal: `arn:aws:iam::${account}:role/ops`, table: tableArn("orders") };
    await s.handle(
      alarmEvent("multiple-tables-deleted", { query, period: 600, contributor: { id: "c1", attributes } }),
    );
    await s.handle(alarmEvent("multiple-tables-deleted", { query, period: 600, at: t0 + 5_000 }));
    expect(said()).toEqual([["alert", "multiple-tables-deleted", 7, undefined]]);
    expect(s.counted).toContain("AlarmsSilent");
  });

  it("of one group is about that group, and about all where its attributes fit nothing", async () => {
    s.logs.deliver(deleteTable(earlier, "orders"), t0 - minute);
    s.logs.deliver(deleteTable({ ...earlier, ...by(identities.role("other")) }, "orders"), t0 - minute);
    const group = (id: string, principal: string) => ({
      query: insightsQuery,
      contributor: { id, attributes: { principal } },
    });
    await s.handle(alarmEvent("multiple-tables-deleted", group("c1", `arn:aws:iam::${account}:role/other`)));
    expect(s.published[0]!.actors.map(({ principal }) => principal)).toEqual([`arn:aws:iam::${account}:role/other`]);
    await s.handle(alarmEvent("multiple-tables-deleted", group("c2", "something else")));
    expect(s.published[1]!.actors.map(({ principal }) => principal)).toEqual([`arn:aws:iam::${account}:role/ops`]);
  });

  it("goes out plainly where no event is found, and says so", async () => {
    await s.handle(alarmEvent("backup-deleted"));
    expect(said()).toEqual([
      ["alert", "backup-deleted", 0, expect.stringContaining("No event of this alarm was found")],
    ]);
    expect(s.published[0]!.summary).toContain("Threshold Crossed");
    expect(s.logs.calls).toBeGreaterThan(1);
  });

  it.each([
    [
      "fails",
      async () => Promise.reject(Object.assign(new Error("secret"), { name: "ThrottlingException" })),
      "ThrottlingException",
    ],
    ["never ends", () => new Promise<object>(() => {}), "took more than"],
  ])("goes out plainly where the search %s, and says so", async (_, instead, why) => {
    start({ limits: { ms: 30 } });
    s.logs.instead = instead;
    await s.handle(alarmEvent("backup-deleted"));
    expect(said()).toEqual([["alert", "backup-deleted", 0, expect.stringContaining(why)]]);
  });

  it("goes out with what was found where there is more than is looked through", async () => {
    start({ limits: { pages: 2, events: 4 } });
    s.logs.pageSize = 3;
    for (let i = 0; i < 20; i++) s.logs.deliver(deleteBackup(earlier), t0 - minute);
    await s.handle(alarmEvent("backup-deleted"));
    expect(s.published[0]).toMatchObject({ note: expect.stringContaining("more than 6 events"), count: 6 });
  });

  it("of a group goes out plainly once, whether or not the alarm itself speaks too", async () => {
    const contributor = { id: "c1", attributes: { principal: "someone" } };
    await s.handle(alarmEvent("multiple-tables-deleted", { query: insightsQuery, contributor }));
    await s.handle(alarmEvent("multiple-tables-deleted", { query: insightsQuery, at: t0 + 2_000 }));
    expect(s.published).toHaveLength(1);
  });

  it("looks where the data point was, as CloudWatch names it", async () => {
    s.logs.deliver(deleteBackup(when(t0 - 40 * minute)), t0 - 30 * minute);
    const reason = "Threshold Crossed: 1 out of the last 1 datapoints [1.0 (05/01/26 09:35:00)] was greater than …";
    await s.handle(alarmEvent("backup-deleted", { reason }));
    expect(s.published[0]!.events).toHaveLength(1);
  });

  it("leaves events out that were alerted, and is silent where none is left", async () => {
    const first = deleteBackup(earlier);
    s.logs.deliver(first, t0 - minute);
    await s.handle(alarmEvent("backup-deleted"));
    await s.handle(alarmEvent("backup-deleted", { at: t0 + minute }));
    expect(s.published).toHaveLength(1);
    const second = deleteBackup(when(t0));
    s.logs.deliver(second, t0 + minute);
    await s.handle(alarmEvent("backup-deleted", { at: t0 + 2 * minute }));
    expect(s.published[1]!.events.map(({ id }) => id)).toEqual([second.eventID]);
  });

  it("is over: people who heard of it hear that, once", async () => {
    s.logs.deliver(deleteBackup(earlier), t0 - minute);
    await s.handle(alarmEvent("backup-deleted"));
    await s.handle(alarmEvent("backup-deleted", { state: "OK", at: t0 + minute }));
    await s.handle(alarmEvent("backup-deleted", { state: "OK", at: t0 + minute })); // SNS may deliver twice
    expect(said().map(([kind]) => kind)).toEqual(["alert", "ok"]);
    expect(s.ended).toEqual([[s.published[0]!.id]]);
    expect(s.published[1]).toMatchObject({ response: [], summary: expect.stringContaining("is in state OK") });
  });

  it("is new, or has no data: nobody hears of it", async () => {
    await s.handle(alarmEvent("backup-deleted", { state: "OK", old: "INSUFFICIENT_DATA" }));
    await s.handle(alarmEvent("backup-deleted", { state: "INSUFFICIENT_DATA", old: "OK" }));
    expect(s.published).toEqual([]);
  });
});

const insightsQuery =
  'SELECT SUM("multiple-tables-deleted") FROM SCHEMA("ns", "principal", "table") GROUP BY "principal", "table" ORDER BY SUM() DESC';

describe("an alarm that is none of ours", () => {
  it("goes out as it is, and its end too", async () => {
    await s.handle(alarmEvent("CPUUtilization", { name: "cpu" }));
    await s.handle(alarmEvent("CPUUtilization", { name: "cpu", state: "OK", at: t0 + minute }));
    expect(s.published.map(({ kind, title, severity }) => [kind, title, severity])).toEqual([
      ["alert", "CloudWatch alarm cpu", "medium"],
      ["ok", "CloudWatch alarm cpu", "medium"],
    ]);
    expect(s.published[0]!.summary).toContain("words of the alarm");
  });

  it("or a text that is no alarm", async () => {
    await s.handle(snsEvent("hello\nthere", {}, "Test"));
    expect(s.published[0]).toMatchObject({ title: "Message on the alarm topic", summary: "Test: hello\nthere" });
  });
});

describe("the fast way", () => {
  it("alerts a single event of high severity, and the alarm that follows is silent, its end too", async () => {
    const deleted = deleteBackup(earlier);
    await s.handle(eventBridgeEvent(deleted));
    s.logs.deliver(deleted, t0 - minute);
    await s.handle(alarmEvent("backup-deleted"));
    await s.handle(alarmEvent("backup-deleted", { state: "OK", at: t0 + minute }));
    expect(said()).toEqual([["alert", "backup-deleted", 1, undefined]]);
    expect(s.ended).toEqual([[`backup-deleted:${deleted.eventID}`]]);
  });

  it.each([
    ["what counts events", deleteTable(earlier)],
    ["what is of low severity", event("ListBackups", {}, earlier)],
    ["what no detection asks about", itemCall("GetItem", earlier)],
    ["what was refused", deleteBackup({ ...earlier, errorCode: "AccessDenied" })],
  ])("leaves alone %s", async (_, record) => {
    await s.handle(eventBridgeEvent(record));
    expect(s.published).toEqual([]);
  });

  it("and its own event twice is one alert", async () => {
    const deleted = deleteBackup(earlier);
    await s.handle(eventBridgeEvent(deleted));
    await s.handle(eventBridgeEvent(deleted));
    expect(s.published).toHaveLength(1);
  });
});

const finding = {
  id: "new-country-seen:event-1",
  detection: "new-country-seen",
  title: "New country",
  severity: "medium",
  time: new Date(t0 - 30_000).toISOString(),
  account,
  region,
  summary: "ops called Scan from NL.",
  actors: [{ principal: "ops", country: "NL" }],
  tables: ["orders"],
  events: [{ id: "event-1", name: "Scan", time: new Date(t0 - 30_000).toISOString() }],
  count: 1,
};

describe("a finding", () => {
  it("goes out with what the catalog says, once, and its alarm is silent", async () => {
    await s.handle(findingEvent(finding));
    await s.handle(findingEvent(finding));
    s.clock.now += minute;
    await s.handle(alarmEvent("new-country-seen", { at: s.clock.now }));
    expect(said()).toEqual([["alert", "new-country-seen", 1, undefined]]);
    expect(s.published[0]!.impact).not.toBe("");
  });

  it("answers one alarm only: the next one is about something else", async () => {
    await s.handle(findingEvent(finding));
    await s.handle(alarmEvent("new-country-seen", { at: s.clock.now }));
    s.clock.now += 90_000;
    await s.handle(alarmEvent("new-country-seen", { at: s.clock.now }));
    expect(said().map(([, , , note]) => note)).toEqual([undefined, expect.stringContaining("No finding came")]);
  });

  it("that is late is waited for", async () => {
    const late = s.handle(alarmEvent("new-country-seen"));
    await s.handle(findingEvent(finding));
    await late;
    expect(said()).toEqual([["alert", "new-country-seen", 1, undefined]]);
  });

  it("of a detection that is not deployed goes out as it is", async () => {
    await s.handle(findingEvent({ ...finding, detection: "other", id: "x", severity: "nonsense", actors: "nobody" }));
    expect(s.published[0]).toMatchObject({ detection: "other", severity: "medium", actors: [], impact: "" });
  });
});

describe("a finding of item changes", () => {
  const [detection] = deployedItemDetections({
    tables: [{ streamArn: `${tableArn("orders")}/stream/2026-01-01T00:00:00.000` }],
  }) as [DeployedDetection];
  const ofTable = (table: string) => ({
    ...finding,
    id: `${detection.id}:${table}`,
    detection: detection.id,
    actors: [],
    tables: [table],
    events: [{ id: "1", name: "REMOVE", time: finding.time, item: "sha256:0a", attributes: ["status"] }],
    note: "A stream names no caller.",
  });
  const alarm = (table: string) =>
    alarmEvent(detection.id, {
      at: s.clock.now,
      name: `detective-test-streams-high-${detection.id}-${table}`,
      dimensions: [{ name: "TableName", value: table }],
    });
  beforeEach(() => {
    s = setUp({ detections: [...deployed(), detection] });
  });

  it("goes out with what the catalog says and what the stream showed, and the alarms of both tables are silent", async () => {
    for (const table of ["orders", "customers"]) await s.handle(findingEvent(ofTable(table)));
    await s.handle(alarm("orders"));
    await s.handle(alarm("customers"));
    expect(s.published.map(({ tables, events, note }) => [tables, events, note])).toEqual(
      ["orders", "customers"].map((table) => [[table], ofTable(table).events, "A stream names no caller."]),
    );
    expect(s.published[0]!.impact).not.toBe("");
  });

  it("does not answer the alarm of another table", async () => {
    await s.handle(findingEvent(ofTable("orders")));
    await s.handle(alarm("customers"));
    expect(said().map(([, , , note]) => note)).toEqual([
      "A stream names no caller.",
      expect.stringContaining("No finding came"),
    ]);
  });
});

describe("while an alarm lasts", () => {
  const ops = by(identities.role("ops"));
  const mallory = by(identities.role("mallory"));
  beforeEach(async () => {
    for (let i = 0; i < 6; i++) s.logs.deliver(deleteTable({ ...earlier, ...ops }, "orders"), t0 - minute);
    await s.handle(alarmEvent("multiple-tables-deleted", { period: 600 }));
    s.published.length = 0;
  });
  const sweepAt = async (at: number) => {
    s.clock.now = at;
    await s.handle({ kind: "sweep" });
  };

  it("new callers and tables are reported, known ones are not", async () => {
    s.logs.deliver(deleteTable({ ...when(t0 + minute), ...ops }, "orders"), t0 + 2 * minute);
    await sweepAt(t0 + 5 * minute);
    expect(s.published).toEqual([]);
    s.logs.deliver(deleteTable({ ...when(t0 + 6 * minute), ...mallory }, "orders"), t0 + 7 * minute);
    s.logs.deliver(deleteTable({ ...when(t0 + 6 * minute), ...ops }, "customers"), t0 + 7 * minute);
    s.logs.deliver(deleteTable({ ...when(t0 + 6 * minute), ...ops }, "orders"), t0 + 7 * minute);
    await sweepAt(t0 + 10 * minute);
    expect(s.published).toHaveLength(1);
    expect(s.published[0]).toMatchObject({ count: 2, note: expect.stringContaining("New callers or tables") });
    await sweepAt(t0 + 15 * minute);
    expect(s.published).toHaveLength(1);
  });

  it("and no longer", async () => {
    await s.handle(alarmEvent("multiple-tables-deleted", { period: 600, state: "OK", at: t0 + 6 * minute }));
    s.published.length = 0;
    s.logs.deliver(deleteTable({ ...when(t0 + 6 * minute), ...mallory }, "orders"), t0 + 7 * minute);
    const { calls } = s.logs;
    await sweepAt(t0 + 10 * minute);
    expect([s.published, s.logs.calls]).toEqual([[], calls]);
  });

  it("what could not be looked up at first is reported later", async () => {
    start();
    s.logs.instead = async () => Promise.reject(new Error("down"));
    await s.handle(alarmEvent("backup-deleted"));
    s.logs.instead = undefined;
    s.logs.deliver(deleteBackup(earlier), t0 - minute);
    await sweepAt(t0 + 5 * minute);
    expect(said()).toEqual([
      ["alert", "backup-deleted", 0, expect.stringContaining("down")],
      ["alert", "backup-deleted", 1, undefined],
    ]);
  });

  it("a search that fails is no invocation that fails: the next sweep looks again", async () => {
    s.logs.instead = async () => Promise.reject(new Error("down"));
    await sweepAt(t0 + 5 * minute);
    expect(s.counted).toContain("SweepFailures");
    s.logs.instead = undefined;
    s.logs.deliver(deleteTable({ ...when(t0 + minute), ...mallory }, "orders"), t0 + 2 * minute);
    await sweepAt(t0 + 10 * minute);
    expect(s.published).toHaveLength(1);
  });
});

describe("what fails", () => {
  it("publishing: the invocation fails, and its next attempt says it", async () => {
    s.logs.deliver(deleteBackup(earlier), t0 - minute);
    s.failing.publish = 1;
    const alarm = alarmEvent("backup-deleted");
    await expect(s.handle(alarm, "one")).rejects.toThrow("SNS is out of order");
    expect(s.published).toEqual([]);
    await s.handle(alarm, "one");
    expect(said()).toEqual([["alert", "backup-deleted", 1, undefined]]);
  });

  it("one part of an invocation: the others are done all the same", async () => {
    s.failing.publish = 1;
    const both = {
      Records: [...alarmEvent("backup-deleted").Records, ...alarmEvent("deletion-protection-disabled").Records],
    };
    await expect(s.handle(both)).rejects.toThrow();
    expect(said().map(([, detection]) => detection)).toEqual(["deletion-protection-disabled"]);
  });

  it("a copy: people are told once, and the invocation fails, so that health hears of it", async () => {
    s.failing.copies = 1;
    const deleted = eventBridgeEvent(deleteBackup(earlier));
    await expect(s.handle(deleted, "one")).rejects.toThrow("the bus is out of order");
    await s.handle(deleted, "one");
    expect(s.published).toHaveLength(1);
  });

  it("the state table: alerts go out, perhaps twice", async () => {
    s.table.before = () => {
      throw new Error("no table");
    };
    s.logs.deliver(deleteBackup(earlier), t0 - minute);
    await s.handle(alarmEvent("backup-deleted"));
    await s.handle(eventBridgeEvent(deleteBackup(earlier)));
    await s.handle(findingEvent(finding));
    await s.handle(alarmEvent("backup-deleted", { state: "OK" }));
    expect(said().map(([kind]) => kind)).toEqual(["alert", "alert", "alert", "ok"]);
    expect(s.counted).toContain("StateFailures");
  });

  it("an invocation that nobody knows", async () => {
    await expect(s.handle({ hello: 1 })).rejects.toThrow("none of");
    await expect(s.handle(null)).rejects.toThrow("none of");
  });
});

describe("claims", () => {
  it("of a crashed invocation keep others away for a lease, and then let them speak", async () => {
    const deleted = eventBridgeEvent(deleteBackup(earlier));
    const { publish } = s.publisher;
    s.publisher.publish = () => new Promise(() => {}); // never comes back, as after a crash
    void s.handle(deleted, "crashed");
    await new Promise((done) => setImmediate(done));
    s.publisher.publish = publish;
    await expect(s.handle(deleted, "other")).rejects.toThrow("alerted by another invocation");
    expect(s.published).toEqual([]);
    s.clock.now += leaseMs;
    await s.handle(deleted, "other");
    expect(s.published).toHaveLength(1);
  });

  it("of a retry of the same invocation are its own", async () => {
    const deleted = eventBridgeEvent(deleteBackup(earlier));
    const { publish } = s.publisher;
    s.publisher.publish = () => new Promise(() => {});
    void s.handle(deleted, "same");
    await new Promise((done) => setImmediate(done));
    s.publisher.publish = publish;
    await s.handle(deleted, "same");
    expect(s.published).toHaveLength(1);
  });

  it("under concurrency: each event is in exactly one alert, whichever way and in whatever order it came", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ event: fc.nat(4), way: fc.constantFrom("fast", "alarm", "finding") }), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.boolean(),
        async (steps, together) => {
          start();
          const events = Array.from({ length: 5 }, () => deleteBackup(earlier));
          const run = async ({ event: i, way }: (typeof steps)[number], n: number) => {
            const record = events[i]!;
            if (way === "fast") return s.handle(eventBridgeEvent(record));
            if (way === "alarm") {
              s.logs.deliver(record, t0 - minute);
              return s.handle(alarmEvent("backup-deleted", { at: t0 + n * 1000 }));
            }
            return s.handle(
              findingEvent({
                ...finding,
                id: `backup-deleted:${record.eventID}`,
                detection: "backup-deleted",
                events: [{ id: record.eventID, name: "DeleteBackup", time: record.eventTime }],
              }),
            );
          };
          if (together) await Promise.all(steps.map(run));
          else for (const [n, step] of steps.entries()) await run(step, n);
          const ids = s.published.flatMap(({ events }) => events.map(({ id }) => id)).sort();
          expect(ids).toEqual([...new Set(steps.map(({ event: i }) => events[i]!.eventID!))].sort());
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("the canary", () => {
  it("is written by the schedule, goes on at its alarm, and is counted when it comes back", async () => {
    await s.handle({ kind: "canary" });
    expect(s.canaries).toBe(100);
    await s.handle(alarmEvent("canary-seen", { name: "detective-test-notifier-canary" }));
    await s.handle(alarmEvent("canary-seen", { name: "detective-test-notifier-canary", state: "OK" }));
    expect(s.canaries).toBe(101);
    await s.handle(snsEvent("The canary", { kind: "canary" }));
    expect(s.counted).toEqual(["CanaryReturned"]);
    expect(s.published).toEqual([]);
  });
});

describe("the alarm's message", () => {
  it("may lack anything: it still goes out", async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(Object.keys(alarmMessage("x"))), async (missing) => {
        start();
        const message = alarmMessage("backup-deleted");
        for (const key of missing) if (key !== "AlarmName" && key !== "NewStateValue") delete message[key];
        await s.handle(snsEvent(message));
        expect(s.published).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  });
});
