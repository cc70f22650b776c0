// Proves: one finding for a group and window, whatever the order of arrival, and the same again for a batch delivered again.
import { describe, expect, it } from "vitest";
import { advanceEach, type EachState } from "../../../../functions/detector/rules/each";

const rule = { withinSeconds: 600 };
const at = (minutes: number, id = `event-${minutes}`) => ({ id, time: minutes * 60_000, name: "Decrypt" });

/** Ids that were found, event by event. */
function found(...events: ReturnType<typeof at>[]): string[][] {
  let state: EachState | undefined;
  return events.map((event) => {
    const step = advanceEach(rule, state, event);
    state = step.state;
    return step.found.map(({ events: [last] }) => last!.id);
  });
}

describe("a rule for each event", () => {
  it.each<[string, ReturnType<typeof at>[], string[][]]>([
    ["the first", [at(0)], [["event-0"]]],
    ["quiet within the window", [at(0), at(5), at(9.9)], [["event-0"], [], []]],
    ["again at its end", [at(0), at(10)], [["event-0"], ["event-10"]]],
    ["late ones too", [at(20), at(12), at(5)], [["event-20"], [], ["event-5"]]],
    ["again for an event that is delivered again", [at(0), at(5), at(0), at(5)], [["event-0"], [], ["event-0"], []]],
  ])("finds %s", (_, events, expected) => expect(found(...events)).toEqual(expected));

  it("writes nothing where nothing is new", () => {
    const { state } = advanceEach(rule, undefined, at(0));
    expect(advanceEach(rule, state, at(5)).state).toBe(state);
    expect(advanceEach(rule, state, at(0)).state).toBe(state);
  });

  it("stays small", () => {
    let state: EachState | undefined;
    for (let i = 0; i < 100; i++) state = advanceEach(rule, state, at(i * 11)).state;
    expect(state!.found).toHaveLength(16);
  });
});
