// Proves: what the log line of a change holds, and that counts are right for any order and any repetition of records.
// Does not prove: counts across several environments of the function, each of which has a memory of its own.
import type { AttributeValue } from "aws-lambda";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Findings } from "../../../functions/streamMonitor/findings";
import { type ItemChange, toItemChange } from "../../../functions/streamMonitor/itemChange";
import type { KeyDisplay } from "../../../functions/streamMonitor/keyDisplay";
import { StreamMonitor } from "../../../functions/streamMonitor/monitor";
import { streamRecord } from "./streamRecord";

const change = (shape: Parameters<typeof streamRecord>[0] = {}) => toItemChange(streamRecord(shape));
const monitorOf = (display: KeyDisplay) => new StreamMonitor(display, new Findings([], display));
const digest = (item: ItemChange) => monitorOf("hashed").observe(item)?.keyDigest;

describe("the log line", () => {
  it("says what changed, and the key as a digest", () => {
    const item = change({ before: { price: { N: "1" } }, after: { price: { N: "2" } } });
    expect(monitorOf("hashed").observe(item)).toEqual({
      eventId: item.eventId,
      table: "orders",
      kind: "MODIFY",
      changedAt: "2026-11-02T00:00:00.000Z",
      keyDigest: expect.stringMatching(/^[0-9a-f]{32}$/),
      changedAttributes: ["price"],
    });
  });

  it("shows the key where that is chosen, and nothing of it where that is chosen", () => {
    const keys = { id: { S: "order-1" } };
    expect(monitorOf("plain").observe(change({ keys }))).toMatchObject({ key: keys });
    expect(JSON.stringify(monitorOf("none").observe(change({ keys })))).not.toMatch(/order-1|key/i);
  });

  it("gives one item one digest, whatever the order of its key attributes, and other items and tables others", () => {
    const [hash, range] = [{ S: "a" }, { N: "1" }];
    const one = digest(change({ keys: { hash, range } }));
    expect(digest(change({ keys: { range, hash }, eventName: "REMOVE" }))).toBe(one);
    expect(digest(change({ keys: { hash, range: { N: "2" } } }))).not.toBe(one);
    expect(digest(change({ keys: { hash, range }, table: "orders-2" }))).not.toBe(one);
  });

  it("names at most fifty changed attributes and says how many more", () => {
    const many = Object.fromEntries(Array.from({ length: 53 }, (_, i) => [`a${i}`, { S: "x" }]));
    const line = monitorOf("none").observe(change({ before: {}, after: many }));
    expect(line?.changedAttributes).toHaveLength(50);
    expect(line?.moreChangedAttributes).toBe(3);
  });
});

/** Values that occur nowhere else, so that finding one in a line is a leak. */
const value: fc.Arbitrary<AttributeValue> = fc
  .uuid()
  .chain((id) =>
    fc.constantFrom<AttributeValue>(
      { S: `v-${id}` },
      { B: `v-${id}` },
      { SS: [`v-${id}`] },
      { M: { x: { S: `v-${id}` } } },
    ),
  );
const shape = fc.record({
  table: fc.constantFrom("orders", "customers"),
  eventName: fc.constantFrom("INSERT" as const, "MODIFY" as const, "REMOVE" as const),
  keys: fc.record({ id: value }),
  before: fc.dictionary(fc.constantFrom("a", "b", "c"), value),
  after: fc.dictionary(fc.constantFrom("a", "b", "c"), value),
  expired: fc.boolean(),
});

describe("any stream of changes", () => {
  it("never shows a value", () => {
    fc.assert(
      fc.property(shape, fc.constantFrom("hashed" as const, "none" as const), (item, display) => {
        const line = monitorOf(display).observe(change(item));
        expect(JSON.stringify(line)).not.toContain("v-");
      }),
    );
  });

  it("counts each change once, in any order and however often it is delivered", () => {
    const deliveries = fc
      .array(shape, { minLength: 1, maxLength: 30 })
      .map((shapes) => shapes.map(change))
      .chain((changes) =>
        fc.tuple(
          fc.constant(changes),
          fc.shuffledSubarray([...changes, ...changes], { minLength: changes.length }),
          fc.shuffledSubarray(changes, { minLength: changes.length }),
        ),
      );
    fc.assert(
      fc.property(deliveries, ([changes, some, all]) => {
        const monitor = monitorOf("hashed");
        const lines = [...some, ...all].map((item) => monitor.observe(item)).filter((line) => line !== undefined);
        expect(lines.map((line) => line.eventId).sort()).toEqual(changes.map((item) => item.eventId).sort());

        const counts = monitor.takeCounts();
        for (const table of ["orders", "customers"]) {
          for (const kind of ["INSERT", "MODIFY", "REMOVE", "EXPIRE"] as const) {
            const expected = changes.filter((item) => item.tableName === table && item.kind === kind).length;
            expect(counts.get(table)?.kinds[kind] ?? 0).toBe(expected);
          }
        }
        expect(monitor.takeCounts().size).toBe(0);
      }),
    );
  });

  it("forgets the oldest change when it remembers fifty thousand", () => {
    const monitor = monitorOf("none");
    const first = change();
    monitor.observe(first);
    for (let i = 0; i < 50_000; i += 1) monitor.observe({ ...first, eventId: `later-${i}` });
    expect(monitor.observe(first)).toBeDefined();
    expect(monitor.observe({ ...first, eventId: "later-49999" })).toBeUndefined();
  });
});
