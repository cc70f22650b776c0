// Proves: what waits for a detector comes in order of time, whole, and in bounded memory; alike events share a note.
// Does not prove: the estimate of bytes (bench/replayMemory.mjs), what a detector finds (test/functions/detector).
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CloudTrailRecord, simulate, summaryOf } from "../../../simulation";
import { type Note, Notes } from "../../../simulation/detector/notes";
import { packUuid, unpackUuid } from "../../../simulation/detector/uuid";
import { type Noted, Waiting } from "../../../simulation/detector/waiting";
import { data, user } from "../support/records";
import { stackOf } from "../support/stack";

const minute = 60_000;
const note = { event: {} } as Note;

function waitingRoom(maxBytes = Infinity) {
  const out: Noted[] = [];
  const waiting = new Waiting((event) => out.push(event), maxBytes);
  const add = (time: number, change: Partial<CloudTrailRecord> = {}, isNew = false): void => {
    const event = summaryOf(data("Scan", "0", { eventTime: new Date(time).toISOString(), ...change }));
    waiting.add(note, isNew, event, time, time);
  };
  return { out, waiting, add, times: () => out.map(({ time }) => time) };
}

describe("what waits", () => {
  it("comes in order of time, and as it came where times are equal", () => {
    const time = fc.integer({ min: 0, max: 5 * minute });
    fc.assert(
      fc.property(fc.array(time, { maxLength: 200 }), (times) => {
        const { add, waiting, out } = waitingRoom();
        for (const [i, each] of times.entries()) add(each, { eventID: `${i}` });
        waiting.advance(Infinity);
        const sorted = times.map((each, i) => ({ time: each, id: `${i}` })).sort((a, b) => a.time - b.time);
        expect(out.map(({ time: at, id }) => ({ time: at, id }))).toEqual(sorted);
        expect(waiting.unordered).toBe(0);
      }),
    );
  });

  it("goes when its minute is over, not before", () => {
    const { add, waiting, times } = waitingRoom();
    for (const time of [30_000, minute + 1, 0, 2 * minute]) add(time);
    waiting.advance(minute - 1);
    expect(times()).toEqual([]);
    waiting.advance(minute);
    expect(times()).toEqual([0, 30_000]);
    waiting.advance(3 * minute);
    expect(times()).toEqual([0, 30_000, minute + 1, 2 * minute]);
  });

  it("is whole: ids that are none of CloudTrail's, times as written, addresses", () => {
    const { add, waiting, out } = waitingRoom();
    const written = ["2026-01-05T10:00:01Z", "2026-01-05T10:00:02.5Z", "2026-01-05T10:00:03.000Z"];
    const ids = [randomUUID(), randomUUID().toUpperCase(), "event-1", "", "x".repeat(36)];
    const events = written.flatMap((eventTime) =>
      ids.map((eventID) => ({ eventID, eventTime, sourceIPAddress: `10.0.0.${eventID.length}` })),
    );
    for (const event of events) add(Date.parse(event.eventTime), event);
    waiting.advance(Infinity);
    expect(out.map(({ id, written, sourceIp }) => [id, written, sourceIp])).toEqual(
      events.map(({ eventID, eventTime, sourceIPAddress }) => [eventID, eventTime, sourceIPAddress]),
    );
  });

  it("goes early where more waits than may: the oldest minute first; nothing is lost, and what is out of order is counted", () => {
    const { add, waiting, times } = waitingRoom(1000);
    for (let i = 0; i < 40; i++) add(i * minute);
    const early = times().length;
    expect(early).toBeGreaterThan(10);
    expect(times()).toEqual(Array.from({ length: early }, (_, i) => i * minute));
    add(0);
    expect([times().at(-1), waiting.unordered]).toEqual([0, 1]);
    waiting.advance(Infinity);
    expect([times().length, waiting.unordered]).toEqual([41, 1]);
  });

  it.each<[string, (add: ReturnType<typeof waitingRoom>["add"], i: number) => void]>([
    ["long ids", (add, i) => add(i * minute, { eventID: `${i}${"x".repeat(5000)}` })],
    ["long addresses", (add, i) => add(i * minute, { sourceIPAddress: `${i}${"x".repeat(5000)}` })],
    ["notes of their own", (add, i) => add(i * minute, {}, true)],
  ])("%s count", (_, addOne) => {
    const { add, times } = waitingRoom(20_000);
    for (let i = 0; i < 40; i++) addOne(add, i);
    expect(times().length).toBeGreaterThan(20);
  });
});

it("a UUID survives packing; other texts are not packed", () => {
  const numbers = new Int32Array(8);
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(packUuid(id, numbers, 4)).toBe(true);
      expect(unpackUuid(numbers, 4)).toBe(id);
    }),
  );
  const id = randomUUID();
  for (const other of [
    "",
    id.slice(1),
    `${id}0`,
    id.replace("-", "0"),
    `${id.slice(0, 35)}G`,
    `${id.slice(0, 35)}\u0130`,
  ]) {
    expect(packUuid(other, numbers, 0)).toBe(false);
  }
  expect(packUuid(id.replace(/[0-9a-f]/, "A"), numbers, 0)).toBe(false);
});

describe("a note", () => {
  const simulation = simulate(stackOf("mass-read", "many-tables-read", "new-principal-seen"));
  const detected = (record: CloudTrailRecord) => simulation.effectsOf(record)!.detected[0]!;
  const noteOf = (notes: Notes, record: CloudTrailRecord) => notes.noteOf(detected(record), summaryOf(record));
  const read = (change: Partial<CloudTrailRecord> = {}) => data("GetItem", "0", change);

  it("is one for events that differ in id, time and address only", () => {
    const notes = new Notes();
    const first = noteOf(notes, read());
    expect(first.isNew).toBe(true);
    expect(first.note.groups.length).toBeGreaterThan(1);
    const second = noteOf(notes, read({ eventTime: "2026-01-05T11:00:00Z", sourceIPAddress: "198.51.100.1" }));
    expect(second).toEqual({ note: first.note, isNew: false });
    expect(second.note).toBe(first.note);
  });

  it.each<[string, CloudTrailRecord]>([
    ["actor", read({ userIdentity: user("mallory") })],
    ["name", data("Query", "0")],
    ["Region", read({ awsRegion: "eu-west-1", resources: null, requestParameters: { tableName: "orders" } })],
    ["table", read({ resources: null, requestParameters: { tableName: "users" } })],
    [
      "account of the table",
      read({ resources: null, requestParameters: { tableName: "orders" }, recipientAccountId: "444455556666" }),
    ],
  ])("is another one for another %s", (_, other) => {
    const notes = new Notes();
    const first = noteOf(notes, read());
    expect(noteOf(notes, other).isNew).toBe(true);
    expect(noteOf(notes, read()).note).toBe(first.note);
  });

  it("is forgotten where there are many: another one says the same", () => {
    const notes = new Notes();
    const event = read();
    const first = noteOf(notes, event);
    for (let i = 0; i < 10_100; i++) noteOf(notes, read({ userIdentity: user(`user-${i}`) }));
    const again = noteOf(notes, event);
    expect(again.isNew).toBe(true);
    expect(again.note).toEqual(first.note);
  });
});
