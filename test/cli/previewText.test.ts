// Proves: the report for people holds up against what a program prints and how it names things.
// Does not prove: what a particular terminal makes of other characters.
import { describe, expect, it } from "vitest";
import { visible, visibleLines } from "../../cli/preview/controlCharacters";
import { type TextOptions, textReport } from "../../cli/preview/text";
import type { Verdict } from "../../offline/policies/verdicts";
import type { Preview } from "../../offline/preview";

const urn = (name: string) => `urn:pulumi:dev::shop::aws:sns/topic:Topic::${name}`;
function report(changes: Partial<Preview>, options: Partial<TextOptions> = {}): string {
  const preview: Preview = {
    project: "shop",
    stack: "dev",
    sdkVersion: "3.248.0",
    policyPack: "pack@v1.0.0",
    policyLevels: [],
    resources: [],
    violations: [],
    undecided: [],
    remediations: [],
    notInspected: [],
    lookups: [],
    unusedLookups: [],
    placeholders: [],
    outputs: {},
    log: [],
    notes: [],
    ...changes,
  };
  return textReport(preview, { coverage: [], quotas: [], advice: [] } as never, {
    verbose: true,
    strict: false,
    ...options,
  });
}

/** A stack with these topics, of which the first is called "topic". */
const resources = (...names: string[]) => [
  { urn: "s", type: "pulumi:pulumi:Stack", name: "shop-dev", inputs: {}, protect: false },
  ...names.map((name) => ({
    urn: urn(name),
    type: "aws:sns/topic:Topic",
    name,
    inputs: {},
    protect: false,
    parent: "s",
  })),
];
const verdict = (enforcementLevel: Verdict["enforcementLevel"], name = "topic", policy = "p"): Verdict => ({
  policy,
  enforcementLevel,
  urn: urn(name),
  message: `${policy} says\nso`,
  description: "d",
});

describe("the report", () => {
  it("takes hundreds of thousands of printed lines", () => {
    const log = Array.from({ length: 300_000 }, (_, i) => ({ severity: "info" as const, message: `line ${i}` }));
    expect(report({ log })).toContain("\nline 299999\n");
  });

  it("shows the control characters of names, so that none can hide a line or add one", () => {
    const name = "a\u001b[2K\rb\n\nPassed: 1 resource\u009b1A\u202e";
    const shown = "a\\u001b[2K\\u000db\\u000a\\u000aPassed: 1 resource\\u009b1A\\u202e";
    const resource = { urn: urn(name), type: "aws:sns/topic:Topic", name, inputs: {}, protect: false };
    const verdict = { policy: "p", enforcementLevel: "mandatory", urn: resource.urn, description: "d" } as const;
    const out = report({
      resources: [
        { ...resource, parent: "s" },
        { ...resource, urn: "s", name: "shop-dev" },
      ],
      violations: [{ ...verdict, message: `first ${name}` }],
    });
    expect(out).toContain(`└─ ${shown}  aws.sns.Topic  blocked\n`);
    expect(out).toContain(`\n${shown}  aws.sns.Topic\n  mandatory  p\n`);
    expect(out).not.toMatch(/^Passed/m);
    for (const raw of ["\u001b", "\u009b", "\u202e", "\r"]) expect(out).not.toContain(raw);
  });

  it("indents the further lines of what the program logs, and drops its colours", () => {
    const message = "\u001b[31mred\u001b[39m\nPassed: 0 resources\u0007";
    expect(report({ log: [{ severity: "warning", message }] })).toContain(
      "\nwarning: red\n  Passed: 0 resources\\u0007\n",
    );
  });
});

describe("a resource", () => {
  const lookedAt = { urn: urn("topic"), type: "aws:sns/topic:Topic", reason: "unseen" };
  it.each<[string, Partial<Preview>, string]>([
    [
      "blocked",
      { violations: [verdict("advisory"), verdict("mandatory")], undecided: [verdict("mandatory")] },
      "blocked",
    ],
    ["only advised", { violations: [verdict("advisory")], undecided: [verdict("mandatory")] }, "advisory"],
    ["undecided", { undecided: [verdict("mandatory")], notInspected: [lookedAt] }, "undecided"],
    ["not inspected", { notInspected: [lookedAt] }, "not inspected"],
    ["another's", { violations: [verdict("mandatory", "other")] }, ""],
  ])("is marked with the worst that was found: %s", (_, changes, mark) => {
    const line = `─ topic  aws.sns.Topic${mark && `  ${mark}`}\n`;
    expect(report({ resources: resources("topic", "other"), ...changes })).toContain(line);
  });

  it("has its verdicts below it, with level, policy, and the whole message", () => {
    const out = report({
      resources: resources("topic"),
      violations: [verdict("advisory", "topic", "first"), verdict("mandatory", "topic", "second")],
      undecided: [verdict("mandatory", "topic", "third")],
    });
    expect(out).toContain(
      "\ntopic  aws.sns.Topic\n  advisory  first\n    first says\n    so\n  mandatory  second\n    second says\n    so\n",
    );
    expect(out).toContain(
      "\nUndecided: this cannot be told before deployment\ntopic  aws.sns.Topic\n  undecided  third\n    third says\n    so\n",
    );
  });
});

describe("the last line", () => {
  const lookups = [{ token: "a:b:c", args: {}, add: "" }];
  it.each<[Partial<Preview>, boolean, string]>([
    [{}, false, "Passed: 2 resources, 0 mandatory violations, 0 advisory, 0 undecided, 0 not inspected"],
    [
      { violations: [verdict("mandatory"), verdict("advisory"), verdict("advisory")] },
      false,
      "Blocked: 2 resources, 1 mandatory violation, 2 advisory, 0 undecided, 0 not inspected",
    ],
    [
      { undecided: [verdict("mandatory")] },
      false,
      "Passed: 2 resources, 0 mandatory violations, 0 advisory, 1 undecided, 0 not inspected",
    ],
    [
      { undecided: [verdict("mandatory")] },
      true,
      "Blocked: 2 resources, 0 mandatory violations, 0 advisory, 1 undecided, 0 not inspected",
    ],
    [
      { lookups },
      false,
      "Passed: 2 resources, 0 mandatory violations, 0 advisory, 0 undecided, 0 not inspected, 1 look-up without an answer",
    ],
    [
      { lookups: [...lookups, ...lookups] },
      true,
      "Blocked: 2 resources, 0 mandatory violations, 0 advisory, 0 undecided, 0 not inspected, 2 look-ups without an answer",
    ],
  ])("says what was found: %#", (changes, strict, line) => {
    const out = report({ resources: resources("topic", "other"), ...changes }, { strict });
    expect(out.trimEnd().split("\n").at(-1)).toBe(line);
  });
});

describe("text", () => {
  it("keeps line breaks and tabs in messages only", () => {
    expect(visibleLines("a\r\n\tb\u0000")).toBe("a\n\tb\\u0000");
    expect(visible({ message: "a\nb", name: "a\nb", list: ["ü\t"] })).toEqual({
      message: "a\nb",
      name: "a\\u000ab",
      list: ["ü\\u0009"],
    });
  });
});
