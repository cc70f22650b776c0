// Proves: what stands where in the object that `preview --json` prints. Does not prove: what a preview finds.
import { describe, expect, it } from "vitest";
import { jsonReport } from "../../cli/preview/json";
import type { Preview } from "../../offline/preview";

const verdict = (enforcementLevel: "mandatory" | "advisory", message: string) => ({
  policy: "p",
  enforcementLevel,
  urn: "u",
  message,
  description: "d",
});
const stack = { urn: "s", type: "pulumi:pulumi:Stack", name: "shop-dev", inputs: {}, protect: false };
const preview: Preview = {
  project: "shop",
  stack: "dev",
  sdkVersion: "3.248.0",
  policyPack: "pack@v1.0.0",
  policyLevels: [],
  resources: [stack, { ...stack, urn: "u", name: "orders", parent: "s" }],
  violations: [verdict("mandatory", "one"), verdict("advisory", "two"), verdict("mandatory", "three")],
  undecided: [verdict("mandatory", "open"), verdict("mandatory", "open, too"), verdict("advisory", "last")],
  remediations: [],
  notInspected: [{ urn: "u", type: "t", reason: "r" }],
  lookups: [{ token: "a:b:c", args: {}, add: "x" }],
  unusedLookups: ["Not asked."],
  placeholders: ["shop:token"],
  outputs: { o: 1 },
  log: [{ severity: "info", message: "printed" }],
  notes: ["n"],
};
const assessment = { coverage: [], quotas: [], advice: ["Do this."] };

describe("the JSON report", () => {
  const report = jsonReport(preview, assessment, 1);

  it("keeps violations and undecided verdicts apart", () => {
    expect(report["policies"]).toEqual(preview.violations);
    expect(report["undecided"]).toEqual(preview.undecided);
    expect(report).not.toHaveProperty("violations");
  });

  it("counts each of them once", () => {
    expect(report["summary"]).toEqual({
      exitCode: 1,
      resources: 2,
      mandatory: 2,
      advisory: 1,
      undecided: 3,
      notInspected: 1,
      lookups: 1,
    });
  });

  it("holds everything else as it was found", () => {
    const { violations: _, undecided: __, unusedLookups: ___, ...rest } = preview;
    const { advice: ____, ...assessed } = assessment;
    expect(report).toMatchObject({ ...rest, ...assessed });
  });

  it("gives advice on the preview first", () => {
    expect(report["advice"]).toEqual(["Not asked.", "Do this."]);
  });

  it("says of each resource which its parent is, null for the stack", () => {
    expect((report["resources"] as { parent: unknown }[]).map(({ parent }) => parent)).toEqual([null, "s"]);
  });
});
