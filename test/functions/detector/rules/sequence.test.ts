// Proves: a sequence is found whenever its steps lie in order within the window, in any order of arrival and with any
// repetition. The property compares with a search over all events at once.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Observation } from "../../../../functions/detector/rules/rule";
import { advanceSequence, type SequenceState } from "../../../../functions/detector/rules/sequence";

const rule = { withinSeconds: 3600, steps: ["off", "deleted"] };
const three = { withinSeconds: 3600, steps: ["a", "b", "c"] };

const step = (index: number, minutes: number, id = `${index}@${minutes}`): Observation => ({
  id,
  time: minutes * 60_000,
  name: `step${index}`,
  steps: [index],
});

function run(observations: Observation[], of = rule) {
  let state: SequenceState | undefined;
  const found = new Set<string>();
  for (const observation of observations) {
    const next = advanceSequence(of, state, observation);
    state = next.state;
    for (const { events } of next.found) found.add(events[events.length - 1]!.id);
  }
  return { found: [...found].sort(), state: state! };
}

describe("a sequence", () => {
  it.each<[string, Observation[], string[]]>([
    ["in order", [step(0, 0), step(1, 5)], ["1@5"]],
    ["at the end of the window", [step(0, 0), step(1, 60)], ["1@60"]],
    ["in the same second", [step(0, 5), step(1, 5)], ["1@5"]],
    ["the later step arrives first", [step(1, 5), step(0, 0)], ["1@5"]],
    ["the first step twice", [step(0, 0), step(0, 1), step(1, 5)], ["1@5"]],
    ["the last step twice", [step(0, 0), step(1, 5), step(1, 6)], ["1@5", "1@6"]],
    ["not in order", [step(1, 0), step(0, 5)], []],
    ["beyond the window", [step(0, 0), step(1, 60.1)], []],
    ["one step alone", [step(0, 0), step(0, 5)], []],
    ["one event is not two steps", [{ ...step(0, 0), steps: [0, 1] }], []],
  ])("%s", (_, observations, expected) => expect(run(observations).found).toEqual(expected));

  it("of three steps", () => {
    expect(run([step(2, 30), step(0, 0), step(1, 10)], three).found).toEqual(["2@30"]);
    expect(run([step(2, 30), step(1, 0), step(0, 10)], three).found).toEqual([]);
    expect(run([step(0, 0), step(1, 59), step(2, 61)], three).found).toEqual([]);
  });

  it("is found again when the event that completed it is delivered again, and only then", () => {
    const late = step(0, 0);
    const { state } = run([step(1, 5), late]);
    expect(advanceSequence(rule, state, late).found).toHaveLength(1);
    expect(advanceSequence(rule, state, late).state).toBe(state);
    expect(advanceSequence(rule, state, step(1, 5)).found).toEqual([]);
  });

  it("names its events in order of time", () => {
    const { state } = run([step(1, 5)]);
    expect(advanceSequence(rule, state, step(0, 0)).found[0]!.events.map(({ name }) => name)).toEqual([
      "step0",
      "step1",
    ]);
  });

  it("cannot be hidden in a flood of first steps", () => {
    const flood = Array.from({ length: 500 }, (_, i) => step(0, i / 20));
    expect(run([...flood, step(1, 26)]).found).toEqual(["1@26"]);
    expect(run(flood).state.events.length).toBeLessThanOrEqual(32);
  });

  const observations = fc.uniqueArray(
    fc.record({ index: fc.integer({ min: 0, max: 2 }), minutes: fc.integer({ min: 0, max: 90 }) }),
    { maxLength: 14, selector: ({ index, minutes }) => `${index}@${minutes}` },
  );

  it("does not depend on the order of arrival or on repetitions", () => {
    fc.assert(
      fc.property(observations, fc.infiniteStream(fc.nat()), (events, random) => {
        const all = events.map(({ index, minutes }) => step(index, minutes));
        const shuffled = [...all, ...all.slice(0, 3)]
          .map((event) => ({ event, by: random.next().value }))
          .sort((a, b) => a.by - b.by)
          .map(({ event }) => event);
        expect(run(shuffled, three).found).toEqual(bySearch(all));
      }),
    );
  });
});

describe("a sequence of linked steps", () => {
  const linked = { ...three, linked: true };
  const on = (index: number, minutes: number, ...tables: string[]): Observation => ({
    ...step(index, minutes, `${index}@${minutes}:${tables}`),
    tables,
  });

  it.each<[string, Observation[], string[]]>([
    ["from table to table", [on(0, 0, "a"), on(1, 5, "a", "b"), on(2, 9, "b")], ["2@9:b"]],
    ["on one table", [on(0, 0, "a"), on(1, 5, "a"), on(2, 9, "a")], ["2@9:a"]],
    ["the middle arrives last", [on(0, 0, "a"), on(2, 9, "b"), on(1, 5, "a", "b")], ["2@9:b"]],
    [
      "a later middle that leads nowhere",
      [on(0, 0, "a"), on(1, 5, "a", "b"), on(1, 6, "c", "b"), on(2, 9, "b")],
      ["2@9:b"],
    ],
    ["the first step of another table", [on(0, 0, "c"), on(1, 5, "a", "b"), on(2, 9, "b")], []],
    ["the last step of another table", [on(0, 0, "a"), on(1, 5, "a", "b"), on(2, 9, "c")], []],
    ["no tables known", [step(0, 0), step(1, 5), step(2, 9)], []],
    ["beyond the window", [on(0, 0, "a"), on(1, 5, "a", "b"), on(2, 61, "b")], []],
  ])("%s", (_, observations, expected) => expect(run(observations, linked).found).toEqual(expected));

  it("is found whenever some steps are linked, in any order of arrival", () => {
    const tables = fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 2 });
    const events = fc.uniqueArray(
      fc
        .record({ index: fc.integer({ min: 0, max: 2 }), minutes: fc.integer({ min: 0, max: 90 }), tables })
        .map(({ index, minutes, tables }) => on(index, minutes, ...tables)),
      { maxLength: 12, selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(events, (all) => {
        const shares = (one: Observation, other: Observation) =>
          one.tables!.some((table) => other.tables!.includes(table));
        expect(run(all, linked).found).toEqual(bySearch(all, shares));
        expect(run([...all].reverse(), linked).found).toEqual(bySearch(all, shares));
      }),
    );
  });
});

/** Last steps for which some pair of earlier ones fits. */
function bySearch(
  events: Observation[],
  joined: (one: Observation, other: Observation) => boolean = () => true,
): string[] {
  const of = (index: number) => events.filter(({ steps }) => steps![0] === index);
  const fits = (c: Observation) =>
    of(0).some(
      (a) =>
        c.time - a.time <= 3_600_000 &&
        of(1).some((b) => a.time <= b.time && b.time <= c.time && joined(a, b) && joined(b, c)),
    );
  return of(2)
    .filter(fits)
    .map(({ id }) => id)
    .sort();
}
