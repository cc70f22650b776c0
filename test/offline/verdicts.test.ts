// Proves: what counts as a violation and what as undecided, by level and by words. Does not prove: that packs of others
// use these words (@pulumi/policy does).
import { describe, expect, it } from "vitest";
import type { EnforcementLevel } from "../../offline/policies/configuration";
import type { Diagnostic } from "../../offline/policies/pack";
import { sortDiagnostics } from "../../offline/policies/verdicts";

const diagnostic = (enforcementLevel: EnforcementLevel, message: string): Diagnostic => ({
  policy: "tagged",
  configured: "mandatory",
  enforcementLevel,
  urn: "urn:orders",
  message,
  description: "Checks tags.",
});
const cannotRun = "can't run policy 'tagged' from policy pack 'tiny@v1' during preview: ";
const undecided = (message: string) => ({
  violations: [],
  undecided: [
    { policy: "tagged", enforcementLevel: "mandatory", urn: "urn:orders", message, description: "Checks tags." },
  ],
});
const violated = (enforcementLevel: EnforcementLevel, message: string) => ({
  violations: [{ policy: "tagged", enforcementLevel, urn: "urn:orders", message, description: "Checks tags." }],
  undecided: [],
});

describe("a diagnostic", () => {
  it.each<[string, EnforcementLevel, string, unknown]>([
    ["of this pack", "advisory", "[undecided] Its tags are open.", undecided("Its tags are open.")],
    [
      "of this pack, below the description",
      "advisory",
      "Checks tags.\n[undecided] Its tags are open.",
      undecided("Its tags are open."),
    ],
    ["of the SDK", "advisory", `${cannotRun}a value is open.`, undecided("a value is open.")],
    ["of the SDK on a remediation", "advisory", cannotRun.replace("policy 't", "remediation 't"), undecided("")],
  ])("is undecided at the level that is configured: %s", (_, level, message, sorted) =>
    expect(sortDiagnostics([diagnostic(level, message)])).toEqual(sorted),
  );

  it.each<[string, EnforcementLevel, string, string]>([
    ["mandatory, whatever it says", "mandatory", "[undecided] is its name", "[undecided] is its name"],
    ["mandatory, in the SDK's words", "mandatory", `${cannotRun}x`, `${cannotRun}x`],
    ["advisory", "advisory", "Checks tags.\nIt has none.", "It has none."],
    ["advisory, with the word further on", "advisory", "It is [undecided].", "It is [undecided]."],
    ["advisory, with the SDK's words further on", "advisory", `It ${cannotRun}x`, `It ${cannotRun}x`],
    ["of another policy's description", "advisory", "Checks keys.\nNone.", "Checks keys.\nNone."],
  ])("is a violation: %s", (_, level, message, own) =>
    expect(sortDiagnostics([diagnostic(level, message)])).toEqual(violated(level, own)),
  );

  it("stands in the order of the pack's answers", () => {
    const all = ["a", "[undecided] b", "c", "[undecided] d"].map((message) => diagnostic("advisory", message));
    const { violations, undecided: open } = sortDiagnostics(all);
    expect(violations.map(({ message }) => message)).toEqual(["a", "c"]);
    expect(open.map(({ message }) => message)).toEqual(["b", "d"]);
  });
});
