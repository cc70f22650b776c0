// Proves: every mapping of the catalog is one that the named version of ATT&CK has, technique and tactic together.
// Does not prove: that a mapping is the best one, or that the vendored lists are MITRE's (their derivation is stated there).
import { describe, expect, it } from "vitest";
import { catalog } from "../../../detections";
import { attackProblem, attackVersion } from "../../../detections/mappings/attack";

describe("ATT&CK mappings", () => {
  it.each(catalog.map((detection) => [detection.id, detection] as const))(
    "of %s are of their version",
    (_, { attack }) => {
      expect(attack.map(attackProblem).filter(Boolean)).toEqual([]);
    },
  );

  it.each([
    [{ version: "18.1", tactic: "TA0040", technique: "T1685" }, "ATT&CK 18.1 has no technique T1685"],
    [{ version: "19.1", tactic: "TA0112", technique: "T1562.001" }, "ATT&CK 19.1 has no technique T1562.001"],
    [{ version: "18.1", tactic: "TA0112", technique: "T1485" }, "ATT&CK 18.1 has no tactic TA0112"],
    [{ version: "18.1", tactic: "TA0001", technique: "T1485" }, "ATT&CK 18.1 has T1485 under TA0040, not under TA0001"],
    [{ version: "18.1", tactic: "TA0040", technique: "T1485.009" }, "ATT&CK 18.1 has no technique T1485.009"],
    [{ version: "18.1", tactic: "TA0040", technique: "constructor" }, "ATT&CK 18.1 has no technique constructor"],
    [{ version: "17.0", tactic: "TA0040" }, "ATT&CK 17.0 is none of 18.1, 19.1"],
  ])("are refused: %o", (mapping, problem) => expect(attackProblem(mapping)).toBe(problem));

  it("know a version whole, or say that they do not", () => {
    const whole = attackVersion("18.1")!;
    const ids = Object.keys(whole.techniques);
    // MITRE's counts of v18: 216 techniques and 475 sub-techniques.
    expect([ids.filter((id) => !id.includes(".")).length, ids.filter((id) => id.includes(".")).length]).toEqual([
      216, 475,
    ]);
    expect(whole.complete).toBe(true);
    expect(attackVersion("19.1")!.complete).toBe(false);
    for (const [id, { name, tactics }] of Object.entries(whole.techniques)) {
      expect(
        tactics.every((tactic) => tactic in whole.tactics),
        id,
      ).toBe(true);
      expect(name, id).toMatch(/^\S/);
    }
  });
});
