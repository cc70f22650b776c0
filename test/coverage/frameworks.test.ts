// Proves: what the lists say follows from what is in force; the survey names every detection and every omission. Does not prove:
// that the survey is complete, or that Security Hub reads a filter as it says.
import { describe, expect, it } from "vitest";
import { type FrameworkCoverage, frameworkCoverage, type InForce, inForce, wholeCatalog } from "../../coverage";
import { catalog, filterControls } from "../../detections";
import { survey } from "../../detections/mappings/survey";
import { programWith } from "../corpus/programs";

const nothing: InForce = { detections: new Set(), literalFilters: new Set(), configRules: new Set(), practices: [] };
const on = (...ids: string[]): InForce => ({ ...nothing, detections: new Set(ids) });
const row = (coverage: FrameworkCoverage, list: Exclude<keyof FrameworkCoverage, "evidence">, id: string) =>
  coverage[list].find((each) => each.id === id)!;

describe("the lists", () => {
  it("say OK, PARTIAL or N/A by what is in force", () => {
    const some = frameworkCoverage(on("table-key-policy-changed", "root-used"));
    expect(row(some, "survey", "27")).toMatchObject({
      status: "PARTIAL",
      by: ["table-key-policy-changed"],
      note: "Not in force: table-key-grants-changed, table-key-material-changed.",
    });
    expect(row(some, "survey", "37")).toEqual({
      id: "37",
      title: "Root user at work on tables",
      status: "OK",
      by: ["root-used"],
    });
    expect(row(some, "publishedAlerts", "backup-deleted")).toMatchObject({ status: "N/A", by: [] });
    expect(row(some, "attack", "18.1 T1098")).toMatchObject({ status: "PARTIAL" });
    expect(some.evidence.documented + some.evidence.observed + some.evidence.inferred).toBe(2);
  });

  it("hold controls to their literal filters", () => {
    const tuned = frameworkCoverage(on("root-used"));
    expect(row(tuned, "securityHub", "CloudWatch.1")).toMatchObject({ status: "PARTIAL", by: ["root-used"] });
    expect(row(tuned, "securityHub", "CloudWatch.7")).toMatchObject({ status: "N/A", by: [] });
    const literal = frameworkCoverage({ ...on("root-used"), literalFilters: new Set(["CloudWatch.1"]) });
    expect(row(literal, "securityHub", "CloudWatch.1")).toMatchObject({
      status: "OK",
      by: ["cisFilters", "root-used"],
    });
    expect(row(literal, "cis", "v1.4.0 1.7").status).toBe("OK");
    expect(row(literal, "cis", "v1.2.0 3.7").status).toBe("N/A");
  });

  it("give every row that is not covered a reason", () => {
    for (const coverage of [frameworkCoverage(wholeCatalog()), frameworkCoverage(nothing)]) {
      const { evidence, ...lists } = coverage;
      for (const each of Object.values(lists).flat())
        if (each.status !== "OK") expect(each.note, each.id).toMatch(/\.$/);
    }
  });

  it("cover the ten alerts and every mapped technique with the whole catalog", () => {
    const whole = frameworkCoverage(wholeCatalog());
    expect(whole.publishedAlerts.map(({ status }) => status)).toEqual(Array(10).fill("OK"));
    expect(new Set(whole.attack.map(({ status }) => status))).toEqual(new Set(["OK"]));
    expect(new Set(whole.cis.map(({ status }) => status))).toEqual(new Set(["OK"]));
    expect(whole.practices).toHaveLength(7);
  });
});

describe("the survey", () => {
  it("numbers each behaviour once, in order", () => {
    const numbers = survey.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers).toEqual(
      [...numbers].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1)),
    );
  });

  it("names every detection", () => {
    const named = new Set(survey.flatMap(({ detections }) => detections));
    expect(catalog.filter(({ id }) => !named.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it("has a detection or a reason for each, and no detection that is not there", () => {
    const ids = new Set(catalog.map(({ id }) => id));
    for (const { number, behaviour, detections, omitted } of survey) {
      expect(detections.length > 0 || omitted !== undefined, number).toBe(true);
      expect(
        detections.filter((id) => !ids.has(id)),
        number,
      ).toEqual([]);
      expect(behaviour).toMatch(/^[A-Z]/);
      if (omitted !== undefined) expect(omitted).toMatch(/\.$/);
    }
  });
});

describe("of the program at the root", () => {
  it("the literal filters are registered to the letter, where they are asked for", async () => {
    const [without, withThem] = await Promise.all([programWith(), programWith({ cisFilters: true })]);
    expect([...inForce(without).literalFilters]).toEqual([]);
    expect([...inForce(withThem).literalFilters]).toEqual(filterControls.map(({ id }) => id));
    const silent = withThem.map((each) =>
      each.name.includes("cis-cloudwatch-7-alarm") ? { ...each, inputs: { ...each.inputs, alarmActions: [] } } : each,
    );
    expect([...inForce(silent).literalFilters]).not.toContain("CloudWatch.7");
    const tuned = withThem.map((each) =>
      each.name.includes("cis-cloudwatch-7-filter")
        ? { ...each, inputs: { ...each.inputs, pattern: "{ $.a = 1 }" } }
        : each,
    );
    expect([...inForce(tuned).literalFilters]).not.toContain("CloudWatch.7");
  }, 120_000);
});
