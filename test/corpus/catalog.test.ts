// Proves: every detection has labelled events; its compiled filters and its alarm raise an alert on
// those that must, stay quiet on those that must not, and what gets past them is stated among the detection's limits.
// Does not prove: that a program registers these filters (program.test.ts), or that AWS writes events so
// (test/support/events.ts grades each shape).
import { beforeAll, describe, expect, it } from "vitest";
import { catalog } from "../../detections";
import { type Simulation, simulate } from "../../simulation";
import { stackOf } from "../simulation/support/stack";
import { corpora } from ".";
import { casesOf, countryOf, mistake, unstated } from "./simulated";

describe("the corpus", () => {
  it("has every detection, once", () => {
    const ids = catalog.map(({ id }) => id);
    expect(corpora.map(({ detection }) => detection).sort()).toEqual(ids.sort());
  });

  it.each(corpora)("$detection: at least three events that fire and five that do not", ({ fires, quiet }) => {
    expect(Object.keys(fires).length).toBeGreaterThanOrEqual(3);
    expect(Object.keys(quiet).length).toBeGreaterThanOrEqual(5);
  });

  it.each(corpora)("$detection: what it misses is among its limits", (corpus) => {
    expect(unstated(corpus)).toEqual([]);
  });
});

describe.each(corpora)("$detection", (corpus) => {
  let simulation: Simulation;
  beforeAll(() => {
    simulation = simulate(stackOf(corpus.detection), { countryOf });
  });

  it.each(casesOf(corpus))("$kind: $name", (each) => expect(mistake(simulation, each)).toBeUndefined());
});
