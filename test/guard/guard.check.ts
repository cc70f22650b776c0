// Proves: that a real Guard (3.x, which reads the language of 2.x) takes each text and judges configuration items by it as
// intended. Does not prove: that AWS Config runs the same Guard, nor what it makes of a rule that does not apply.
// Run by `npm run test:guard`, which gets Guard first.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { complianceRules } from "../../detections/compliance";
import { configurationItem, type RecordedTable } from "./configurationItem";

const guard = process.env["GUARD"]!;
const folder = mkdtempSync(join(tmpdir(), "guard-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Verdict = "PASS" | "FAIL" | "SKIP";

function judged(text: string, item: object): Verdict {
  const [rule, data] = [join(folder, "rule.guard"), join(folder, "item.json")];
  writeFileSync(rule, text);
  writeFileSync(data, JSON.stringify(item));
  const args = ["validate", "--rules", rule, "--data", data, "--structured", "--output-format", "json"];
  const { stdout, stderr, status } = spawnSync(guard, [...args, "--show-summary", "none"], { encoding: "utf8" });
  if (status !== 0 && status !== 19) throw new Error(`Guard ended with ${status}: ${stderr}${stdout}`);
  const reports = JSON.parse(stdout) as { status: Verdict }[];
  expect(reports).toHaveLength(1);
  return reports[0]!.status;
}

interface Cases {
  parameters?: { [name: string]: string };
  cases: [what: string, table: RecordedTable, verdict: Verdict][];
}

const beingMade: [string, RecordedTable, Verdict][] = [
  ["a table that is being made", { status: "CREATING", replicas: ["eu-west-1"] }, "SKIP"],
  ["another resource", { type: "AWS::S3::Bucket" }, "SKIP"],
];

const rules: { [name: string]: Cases } = {
  "dynamodb-replica-tagged": {
    cases: [
      ["a replica with a tag", { replicas: ["eu-west-1"], tags: { Owner: "orders" } }, "PASS"],
      ["a replica without tags", { replicas: ["eu-west-1"] }, "FAIL"],
      ["a table without replicas", {}, "SKIP"],
      ["a table whose replicas were removed", { replicas: [] }, "SKIP"],
      ...beingMade,
    ],
  },
  "dynamodb-replica-regions": {
    parameters: { regions: "eu-west-1, eu-central-1" },
    cases: [
      ["replicas in listed Regions", { replicas: ["eu-west-1", "eu-central-1"] }, "PASS"],
      ["one of two elsewhere", { replicas: ["eu-west-1", "us-east-1"] }, "FAIL"],
      ["a Region that only begins alike", { replicas: ["eu-west-11"] }, "FAIL"],
      ["a table without replicas", {}, "SKIP"],
      ...beingMade,
    ],
  },
  "dynamodb-stream-enabled": {
    cases: [
      ["a stream", { streamEnabled: true }, "PASS"],
      ["a stream that is off", { streamEnabled: false }, "FAIL"],
      ["no stream ever", {}, "FAIL"],
      ...beingMade,
    ],
  },
};

const texts = complianceRules.flatMap((rule) =>
  "guard" in rule.source ? [[rule.name, rule.source.guard] as const] : [],
);

it("every Guard text is judged here, by an item that complies and one that does not", () => {
  expect(Object.keys(rules).sort()).toEqual(texts.map(([name]) => name).sort());
  for (const { cases } of Object.values(rules)) {
    expect(new Set(cases.map(([, , verdict]) => verdict))).toEqual(new Set(["PASS", "FAIL", "SKIP"]));
  }
});

describe.each(texts)("%s", (name, text) => {
  const { parameters = {}, cases } = rules[name] ?? { cases: [] };

  it.each(cases)("%s", (_, table, verdict) => {
    expect(judged(text(parameters), configurationItem(table))).toBe(verdict);
  });
});

it("a text that is none is an error, and no verdict", () => {
  expect(() => judged("rule broken {", configurationItem({}))).toThrow(/Guard ended with 5/);
});
