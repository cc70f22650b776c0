// Proves: what the counting rules find, in any order of arrival, and that a batch that comes again counts once.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advanceDistinct, type DistinctState } from "../../../../functions/detector/rules/distinct";
import { advanceRate, type RateState } from "../../../../functions/detector/rules/rate";

const minute = 60_000;

describe("distinct values", () => {
  const rule = { moreThan: 3, withinSeconds: 600 };
  /** `"a 0"`: value a at minute 0. */
  function run(sights: string[]) {
    let state: DistinctState | undefined;
    const found: string[] = [];
    for (const [i, sight] of sights.entries()) {
      const [value, at] = sight.split(" ") as [string, string];
      const next = advanceDistinct(rule, state, { id: `${i}`, time: Number(at) * minute, name: "Scan", value });
      state = next.state;
      if (next.found.length > 0) found.push(`${sight}: ${next.found[0]!.count}`);
    }
    return { found, state: state! };
  }

  it.each<[string, string[], string[]]>([
    ["more than the threshold", ["a 0", "b 1", "c 2", "d 3"], ["d 3: 4"]],
    ["not at the threshold", ["a 0", "b 1", "c 2", "c 3"], []],
    ["not over a longer time", ["a 0", "b 1", "c 2", "d 11.1"], []],
    ["in any order", ["d 3", "c 2", "b 1", "a 0"], ["a 0: 4"]],
    ["one visit is found once", ["a 0", "b 1", "c 2", "d 3", "e 4", "f 5"], ["d 3: 4"]],
    ["the next visit again", ["a 0", "b 0", "c 0", "d 0", "a 20", "b 20", "c 20", "d 20"], ["d 0: 4", "d 20: 4"]],
  ])("%s", (_, sights, expected) => expect(run(sights).found).toEqual(expected));

  it("are found again when the event is delivered again; a known value in the same minute writes nothing", () => {
    const { state } = run(["a 0", "b 1", "c 2", "d 3"]);
    const again = { id: "3", time: 3 * minute, name: "Scan", value: "d" };
    expect(advanceDistinct(rule, state, again).found).toEqual([
      { events: [{ id: "3", time: 3 * minute, name: "Scan" }], count: 4 },
    ]);
    expect(advanceDistinct(rule, state, { ...again, id: "x" }).state).toBe(state);
  });

  it("are found or not in whatever order they arrive", () => {
    const sights = fc.array(fc.record({ value: fc.constantFrom(..."abcdef"), at: fc.integer({ min: 0, max: 14 }) }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(sights, (all) => {
        const texts = all.map(({ value, at }) => `${value} ${at}`);
        expect(run([...texts].reverse()).found.length > 0).toBe(run(texts).found.length > 0);
      }),
    );
  });

  it("are forgotten an hour after a window, of all values", () => {
    const sights = ["a 0", "b 1", "a 40", "c 70"];
    expect(run(sights).state.seen).toEqual({ a: [0, 40], b: [1], c: [70] });
    expect(run([...sights, "c 71"]).state.seen).toEqual({ a: [40], b: [1], c: [70, 71] });
    expect(run([...sights, "c 72"]).state.seen).toEqual({ a: [40], c: [70, 72] });
    expect(run([...sights, "c 72", "b 1"]).state.seen).toEqual({ a: [40], c: [70, 72] });
  });

  it("stay few", () => {
    const { state } = run(Array.from({ length: 2000 }, (_, i) => `v${i} ${i / 1000}`));
    expect(Object.keys(state.seen).length).toBeLessThanOrEqual(500);
  });
});

describe("a rate", () => {
  const rule = { windowSeconds: 600, baselineWindows: 3, factor: 5, atLeast: 100 };
  /** Counts by window, one batch each. */
  function run(counts: [window: number, count: number][]) {
    let state: RateState | undefined;
    const found: unknown[] = [];
    for (const [i, [window, count]] of counts.entries()) {
      const next = advanceRate(rule, state, { id: `${i}`, time: window * 600_000, name: "Query", count });
      state = next.state;
      found.push(...next.found.map(({ count, usual }) => [window, count, usual]));
    }
    return { found, state: state! };
  }

  it.each<[string, [number, number][], unknown[]]>([
    [
      "without a baseline only the floor guards",
      [
        [1, 99],
        [2, 100],
      ],
      [[2, 100, undefined]],
    ],
    [
      "far above the usual",
      [
        [1, 50],
        [2, 60],
        [3, 40],
        [4, 251],
      ],
      [[4, 251, 50]],
    ],
    [
      "not at the factor",
      [
        [1, 50],
        [2, 60],
        [3, 40],
        [4, 250],
      ],
      [],
    ],
    [
      "not under the floor",
      [
        [1, 1],
        [2, 1],
        [3, 1],
        [4, 99],
      ],
      [],
    ],
    [
      "a window is found once",
      [
        [1, 50],
        [2, 60],
        [3, 40],
        [4, 251],
        [4, 500],
      ],
      [[4, 251, 50]],
    ],
    [
      "batches of a window add up",
      [
        [1, 50],
        [2, 60],
        [3, 40],
        [4, 200],
        [4, 51],
      ],
      [[4, 251, 50]],
    ],
    [
      "what was found is not usual",
      [
        [1, 50],
        [2, 60],
        [3, 40],
        [4, 900],
        [5, 251],
      ],
      [
        [4, 900, 50],
        [5, 251, 50],
      ],
    ],
    [
      "windows without events do not lower it",
      [
        [1, 50],
        [20, 60],
        [40, 40],
        [90, 250],
      ],
      [],
    ],
    [
      "a late batch counts in its window",
      [
        [1, 50],
        [2, 60],
        [3, 40],
        [5, 10],
        [4, 251],
      ],
      [[4, 251, 50]],
    ],
  ])("%s", (_, counts, expected) => expect(run(counts).found).toEqual(expected));

  it("counts a batch that comes again once, and finds it again", () => {
    const batch = { id: "last", digest: "batch", time: 0, name: "Query", count: 150 };
    const first = advanceRate(rule, undefined, batch);
    const second = advanceRate(rule, first.state, batch);
    expect(second).toEqual({ state: first.state, found: first.found });
    expect(second.state).toBe(first.state);
    expect(first.found).toHaveLength(1);
  });

  it("forgets the oldest windows, and does not count what comes later for them", () => {
    const windows = Array.from({ length: 11 }, (_, i): [number, number] => [i + 1, 1]);
    const { state, found } = run([...windows, [12, 1], [0, 500]]);
    expect(found).toEqual([]);
    expect(Object.keys(state.counts).map(Number)).toEqual(Array.from({ length: 11 }, (_, i) => i + 2));
  });

  it("stays small", () => {
    const { state } = run(Array.from({ length: 1000 }, (_, i) => [i, 1]));
    expect(Object.keys(state.counts).length).toBeLessThanOrEqual(11);
    expect(state.counted.length).toBeLessThanOrEqual(64);
  });
});
