// Proves: what a first-seen rule learns, finds and forgets, whatever comes twice, late or after expiry.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advanceFirstSeen, type FirstSeenState } from "../../../../functions/detector/rules/firstSeen";
import type { Observation } from "../../../../functions/detector/rules/rule";

const hour = 3_600_000;
const rule = { rememberSeconds: 72 * 3600 };

/** `"DE 0"`: Germany, at hour 0. */
function run(sights: string[], learningUntil = 0) {
  let state: FirstSeenState | undefined;
  const found: string[] = [];
  for (const [i, sight] of sights.entries()) {
    const [value, at] = sight.split(" ") as [string, string];
    const time = Number(at) * hour;
    const step = advanceFirstSeen(rule, state, {
      id: `${i}`,
      time,
      name: "GetItem",
      value,
      learning: time < learningUntil * hour,
    });
    state = step.state;
    if (step.found.length > 0) found.push(sight);
  }
  return { state: state!, found };
}

describe("a first-seen rule", () => {
  it.each<[string, string[], string[]]>([
    ["learns the first value", ["DE 0"], []],
    ["finds another one", ["DE 0", "FR 1"], ["FR 1"]],
    ["finds it once", ["DE 0", "FR 1", "FR 1.01", "FR 2", "FR 70"], ["FR 1"]],
    ["finds it again after 72 hours of absence", ["DE 0", "FR 1", "DE 50", "FR 73.02"], ["FR 1", "FR 73.02"]],
    ["not before", ["DE 0", "FR 1", "DE 50", "FR 72.9"], ["FR 1"]],
    ["also when the principal was away too", ["DE 0", "FR 1", "FR 74"], ["FR 1", "FR 74"]],
    ["absence counts from the last sight", ["DE 0", "FR 1", "FR 60", "FR 120"], ["FR 1"]],
    ["a value that was seen since is not new", ["DE 0", "FR 10", "FR 9"], ["FR 10"]],
    ["a late event does not shorten the memory", ["DE 0", "FR 60", "FR 1", "FR 131"], ["FR 60"]],
    [
      "names of built-in properties are values",
      ["DE 0", "constructor 1", "__proto__ 2"],
      ["constructor 1", "__proto__ 2"],
    ],
  ])("%s", (_, sights, expected) => expect(run(sights).found).toEqual(expected));

  it("learns until the end of the learning period, for every value", () => {
    expect(run(["DE 0", "FR 1", "US 71", "BR 72", "FR 73"], 72).found).toEqual(["BR 72"]);
  });

  it("writes nothing for a value that was seen within the minute", () => {
    const { state } = run(["DE 0"]);
    const seen: Observation = { id: "x", time: 59_000, name: "n", value: "DE" };
    expect(advanceFirstSeen(rule, state, seen).state).toBe(state);
    expect(advanceFirstSeen(rule, state, { ...seen, time: 60_000 }).state).not.toBe(state);
  });

  it("finds an event again that is delivered again", () => {
    const { state } = run(["DE 0"]);
    const event = { id: "new", time: hour, name: "n", value: "FR" };
    const first = advanceFirstSeen(rule, state, event);
    const second = advanceFirstSeen(rule, first.state, event);
    expect(second.found).toEqual(first.found);
    expect(second.state).toBe(first.state);
  });

  it("forgets what was not seen within the memory of the newest event, and not before", () => {
    const seen = (...sights: string[]) => Object.keys(run(["DE 0", "FR 1", ...sights]).state.seen).sort();
    expect(seen("US 72")).toEqual(["DE", "FR", "US"]);
    expect(seen("US 72.5")).toEqual(["FR", "US"]);
    expect(seen("US 73.5")).toEqual(["US"]);
  });

  it("stays small", () => {
    const { state } = run(Array.from({ length: 500 }, (_, i) => `V${i} ${i / 100}`));
    expect(Object.keys(state.seen)).toHaveLength(100);
    expect(state.seen).toHaveProperty("V499");
    expect(state.found.length).toBeLessThanOrEqual(16);
  });

  it("whatever arrives, however often: a value is found at most once within 72 hours, and the first never", () => {
    const sights = fc.array(
      fc.record({ value: fc.constantFrom("DE", "FR", "US"), hours: fc.integer({ min: 0, max: 60 }) }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(sights, (all) => {
        const { found } = run(all.map(({ value, hours }) => `${value} ${hours}`));
        const values = found.map((sight) => sight.split(" ")[0]);
        expect(new Set(values).size).toBe(values.length);
        if (all[0]) expect(values).not.toContain(all[0].value);
        // Every value but the first is found: nothing is lost, in whatever order it comes.
        expect(new Set(values)).toEqual(
          new Set(all.map(({ value }) => value).filter((value) => value !== all[0]?.value)),
        );
      }),
    );
  });
});
