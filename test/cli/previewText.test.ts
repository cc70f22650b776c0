// Proves: the report for people holds up against what a program prints and how it names things.
// Does not prove: what a particular terminal makes of other characters.
import { describe, expect, it } from "vitest";
import { visible, visibleLines } from "../../cli/preview/controlCharacters";
import { textReport } from "../../cli/preview/text";
import type { Preview } from "../../offline/preview";

const urn = (name: string) => `urn:pulumi:dev::shop::aws:sns/topic:Topic::${name}`;
function report(changes: Partial<Preview>): string {
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
    placeholders: [],
    outputs: {},
    log: [],
    notes: [],
    ...changes,
  };
  return textReport(preview, { coverage: [], quotas: [], advice: [] } as never, { verbose: true, strict: false });
}

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
