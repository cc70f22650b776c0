// Proves: every entry of the catalog is complete and well-formed, and its patterns keep the house rules.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  CompileError,
  catalog,
  compileDetection,
  detectionById,
  type Expression,
  entries,
  eventSources,
  fieldsOf,
  isStateful,
  itemDetectionById,
  itemDetections,
  maxPatternLength,
  parseFilterPattern,
  printSelector,
  publishedAlerts,
  regexesPerLogGroup,
  severities,
} from "../../../detections";

const each = catalog.map((detection) => [detection.id, detection] as const);
const all = entries.map((entry) => [entry.id, entry] as const);
const filtered = each.filter(([, detection]) => !isStateful(detection));
const patternsOf = (id: string): Expression[] =>
  [true, false].flatMap((grouped) =>
    compileDetection(detectionById(id)!, {}, { grouped }).filters.map(
      ({ pattern }) => parseFilterPattern(pattern).expression,
    ),
  );

describe("the published alerts", () => {
  it("are the vendor's ten, in its order, with what it printed", () => {
    expect(publishedAlerts.map(({ id, origin }) => [id, origin!.title, origin!.tactic, origin!.technique])).toEqual([
      ["backup-deleted", "Backup was deleted", "TA0040", "T1490"],
      ["table-item-deleted", "A table item was deleted", "TA0003", "T1505.001"],
      ["multiple-tables-deleted", "Multiple tables deleted", "TA0040", "T1490"],
      ["multiple-tables-created", "Multiple tables created", "TA0040", "T1565"],
      ["deletion-protection-disabled", "Deletion Protection Disabled", "TA0005", "T1562.001"],
      ["table-scanned", "A table was scanned", "TA0043", "T1596.005"],
      ["new-country-seen", "A new country was seen", "TA0001", "T1078"],
      ["table-item-updated", "A table item was updated", "TA0003", "T1505.001"],
      ["backup-listed", "Backup was listed", "TA0040", "T1490"],
      ["multiple-update-operations", "Multiple Update Operation Performed", "TA0003", "T1505.001"],
    ]);
  });

  it.each([
    ["backup-deleted", ["18.1 TA0040 T1490"]],
    ["table-item-deleted", ["18.1 TA0040 T1485"]],
    ["multiple-tables-deleted", ["18.1 TA0040 T1485"]],
    ["multiple-tables-created", ["18.1 TA0040 T1496", "18.1 TA0009 T1074"]],
    ["deletion-protection-disabled", ["18.1 TA0040 T1485", "18.1 TA0005 T1562.001", "19.1 TA0112 T1685"]],
    ["table-scanned", ["18.1 TA0009 T1213.006", "18.1 TA0009 T1530"]],
    ["new-country-seen", ["18.1 TA0001 T1078.004"]],
    ["table-item-updated", ["18.1 TA0040 T1565.001"]],
    ["backup-listed", ["18.1 TA0007 T1580"]],
    ["multiple-update-operations", ["18.1 TA0040 none"]],
  ])("map %s to ATT&CK", (id, expected) => {
    const mapped = detectionById(id)!.attack.map(
      ({ version, tactic, technique }) => `${version} ${tactic} ${technique ?? "none"}`,
    );
    expect(mapped).toEqual(expected);
  });

  it.each([
    ["multiple-tables-deleted", { moreThan: 5, withinSeconds: 600 }],
    ["multiple-tables-created", { moreThan: 5, withinSeconds: 600 }],
    ["multiple-update-operations", { moreThan: 5, withinSeconds: 600, per: ["principal", "table"] }],
  ])("count %s as published", (id, alarm) => expect(detectionById(id)!.alarm).toEqual(alarm));

  it("leave only the new country to the stateful detections", () => {
    expect(publishedAlerts.filter(isStateful).map(({ id }) => id)).toEqual(["new-country-seen"]);
    const compile = () => compileDetection(detectionById("new-country-seen")!);
    expect(compile).toThrow(CompileError);
    expect(compile).toThrow(
      "detection new-country-seen: no metric filter can say it, since a filter has no memory: a country not seen in 72 hours per principal",
    );
  });
});

describe.each(all)("%s", (id, detection) => {
  it("is found by its id, which is kebab-case and unique", () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(detectionById(id) ?? itemDetectionById(id)).toBe(detection);
    expect(entries.filter((other) => other.id === id)).toHaveLength(1);
  });

  it("is the one export of the file named like its id", () => {
    const name = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    const root = join(__dirname, "../../../detections/catalog");
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
      (file) => basename(file) === `${name}.ts`,
    );
    expect(files).toHaveLength(1);
    const exported = [...readFileSync(join(root, files[0]!), "utf8").matchAll(/^export (?:const|function) (\w+)/gm)];
    expect(exported.map(([, symbol]) => symbol)).toEqual([name]);
  });

  it("is complete", () => {
    expect(severities).toContain(detection.severity);
    expect(eventSources).toContain(detection.source);
    expect(["documented", "observed", "inferred"]).toContain(detection.evidence);
    for (const text of [detection.title, detection.evidenceNote, detection.impact])
      expect(text).toMatch(/^\S+( \S+)+$/);
    for (const list of [detection.response, detection.falsePositives, detection.limits!]) {
      expect(list.length).toBeGreaterThan(0);
      for (const sentence of list) expect(sentence).toMatch(/\.$/);
    }
    expect(detection.alarm.withinSeconds % 60).toBe(0);
  });

  it("has well-formed ATT&CK ids", () => {
    expect(detection.attack.length).toBeGreaterThan(0);
    for (const { version, tactic, technique, note } of [
      ...detection.attack,
      ...(detection.origin ? [{ version: "18.1", note: "", ...detection.origin }] : []),
    ]) {
      expect(version).toMatch(/^\d+\.\d+$/);
      expect(tactic).toMatch(/^TA\d{4}$/);
      if (technique === undefined) expect(note).toMatch(/\.$/);
      else expect(technique).toMatch(/^T\d{4}(\.\d{3})?$/);
    }
  });
});

describe.each(each)("conditions of %s", (_, detection) => {
  // That of the state table asks for every way in which a call can name it, so it relies on none of them.
  it.skipIf(detection.ownState)("does not rely on the name of a table, which may be an ARN or missing", () => {
    expect(fieldsOf(detection.when).map(({ field }) => field)).not.toContain("requestParameters.tableName");
  });
});

describe.each(filtered)("patterns of %s", (id) => {
  it("name the event source on every way to a match", () => {
    for (const expression of patternsOf(id)) expect(namesEventSource(expression)).toBe(true);
  });

  // Who tries to touch the state of the detectors is told of, refused or not.
  it.skipIf(detectionById(id)!.ownState)("count successful calls only", () => {
    for (const expression of patternsOf(id)) {
      const required = expression.kind === "and" ? expression.of : [expression];
      expect(required.some((part) => part.kind === "notExists" && printSelector(part.selector) === "$.errorCode")).toBe(
        true,
      );
    }
  });

  it("hold no != without its guard", () => {
    for (const expression of patternsOf(id)) expect(unguarded(expression, [])).toEqual([]);
  });

  it("fit, with room for a guard", () => {
    const { filters } = compileDetection(detectionById(id)!);
    for (const { pattern } of filters) expect(pattern.length).toBeLessThan(maxPatternLength - 150);
  });
});

it("the catalog stays within AWS's quota of regular expressions in one log group, by either reading", () => {
  const counts = filtered.flatMap(([, detection]) => compileDetection(detection).filters.map(({ regexes }) => regexes));
  expect(counts.filter((count) => count > 0)).toEqual([2, 1, 2]);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(regexesPerLogGroup);
});

describe("detections of item changes", () => {
  it("come from the stream, say that it names no caller, and count per table", () => {
    for (const { source, limits, alarm, response } of itemDetections) {
      expect(source).toBe("item-stream");
      expect(limits?.some((limit) => limit.startsWith("A stream carries no caller"))).toBe(true);
      expect(alarm.per).toEqual(["table"]);
      expect(response.some((step) => step.startsWith("Run the query of the finding"))).toBe(true);
    }
  });

  it("keep removals by time to live apart from those by people", () => {
    const counted = itemDetections.flatMap(({ items }) => (items.kind === "counted" ? [items.changes] : []));
    expect(counted.filter((changes) => changes.includes("EXPIRE"))).toEqual([["EXPIRE"]]);
  });
});

function namesEventSource(expression: Expression): boolean {
  if (expression.kind === "and") return expression.of.some(namesEventSource);
  if (expression.kind === "or") return expression.of.every(namesEventSource);
  return (
    expression.kind === "comparison" &&
    expression.operator === "=" &&
    printSelector(expression.selector) === "$.eventSource" &&
    expression.value.kind === "string" &&
    /^[a-z]+\.amazonaws\.com$/.test(expression.value.text)
  );
}

/** Selectors compared with != where no enclosing || asks for NOT EXISTS of the same selector. */
function unguarded(expression: Expression, guarded: readonly string[]): string[] {
  if (expression.kind === "or") {
    const absent = expression.of.flatMap((part) => (part.kind === "notExists" ? [printSelector(part.selector)] : []));
    return expression.of.flatMap((part) => unguarded(part, [...guarded, ...absent]));
  }
  if (expression.kind === "and") return expression.of.flatMap((part) => unguarded(part, guarded));
  if (expression.kind !== "comparison" || expression.operator !== "!=") return [];
  const selector = printSelector(expression.selector);
  return guarded.includes(selector) ? [] : [selector];
}
