// Proves: a list holds the first events by time, however they come, and all lists together hold few.
import fc from "fast-check";
import { expect, it } from "vitest";
import type { EventSummary } from "../../../simulation";
import { FirstEvents, Listing, maxListedEvents } from "../../../simulation/cloudwatch/listed";

const event = (id: number) => ({ id: `${id}` }) as EventSummary;
const idsOf = (list: FirstEvents) => list.inOrder().map(({ id }) => Number(id));

it("holds the first thousand by time, whatever the order", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1000, maxLength: 4000 }), (times) => {
      const listing = new Listing();
      const list = new FirstEvents(listing);
      for (const [i, time] of times.entries()) list.add(time, event(i));
      const sorted = times.map((_, i) => i).sort((a, b) => times[a]! - times[b]! || a - b);
      const ids = idsOf(list);
      expect(ids.slice(0, maxListedEvents).map((i) => times[i])).toEqual(
        sorted.slice(0, maxListedEvents).map((i) => times[i]),
      );
      expect(ids.length).toBeLessThan(maxListedEvents + 251);
      expect(listing.held).toBe(ids.length);
      list.release();
      expect(listing.held).toBe(0);
    }),
    { numRuns: 20 },
  );
});

it("where many are held, each list still gets 25", () => {
  const listing = new Listing(300);
  const lists = Array.from({ length: 20 }, () => new FirstEvents(listing));
  for (const list of lists) for (let i = 0; i < 100; i++) list.add(i, event(i));
  expect(lists.map((list) => idsOf(list).length)).toEqual([100, 100, 100, ...Array(17).fill(25)]);
  lists[0]!.release();
  const next = new FirstEvents(listing);
  for (let i = 0; i < 100; i++) next.add(i, event(i));
  expect(idsOf(next)).toHaveLength(25);
  for (const list of lists.slice(1)) list.release();
  next.add(0, event(7));
  expect(idsOf(next).slice(0, 2)).toEqual([0, 7]);
});
