// Proves: levels, defaults and errors of a policy configuration as the engine reads it. Does not prove: every JSON Schema keyword.
import { describe, expect, it } from "vitest";
import { configurePolicies, type Policy } from "../../offline/policies/configuration";
import { sortDiagnostics } from "../../offline/policies/verdicts";
import { file } from "./support/programs";

const policies: Policy[] = [
  {
    name: "required-tags",
    level: "mandatory",
    properties: { tags: { type: "array", items: { type: "string" }, minItems: 1, default: ["Security"] } },
    required: [],
  },
  { name: "encryption", level: "advisory", properties: {}, required: [] },
];
const configured = (text: string) => configurePolicies(policies, file("policies.json", text));

describe("a policy configuration", () => {
  it("has the pack's levels and the schema's defaults", async () => {
    expect(Object.fromEntries(await configurePolicies(policies, undefined))).toEqual({
      "required-tags": {
        level: "mandatory",
        properties: { tags: ["Security"] },
        packLevel: "mandatory",
        changed: {},
      },
      encryption: { level: "advisory", properties: {}, packLevel: "advisory", changed: {} },
    });
  });

  it("sets levels by policy and for all, and properties", async () => {
    const result = await configured(
      '{ "all": "mandatory", "required-tags": { "enforcementLevel": "advisory", "tags": ["Owner"] }, "environments": [] }',
    );
    expect(Object.fromEntries(result)).toEqual({
      "required-tags": {
        level: "advisory",
        properties: { tags: ["Owner"] },
        packLevel: "mandatory",
        changed: { tags: ["Owner"] },
      },
      encryption: { level: "mandatory", properties: {}, packLevel: "advisory", changed: {} },
    });
  });

  it("changes nothing where it says what the pack says", async () => {
    const result = await configurePolicies(
      policies,
      file("policies.json", '{ "required-tags": { "tags": ["Owner"] } }'),
      { all: { level: "advisory" }, "required-tags": { properties: { tags: ["Owner"] } } },
    );
    expect(result.get("required-tags")).toMatchObject({ level: "advisory", packLevel: "advisory", changed: {} });
  });

  it.each([
    [
      '{ "required-tag": "mandatory" }',
      /unknown policy "required-tag"\. Did you mean "required-tags"\?\nThe pack's policies: required-tags, encryption\./,
    ],
    [
      '{ "encryption": "strict" }',
      /encryption: enforcementLevel "strict"\. Allowed: advisory, mandatory, disabled, remediate\./,
    ],
    [
      '{ "required-tags": { "tag": [] } }',
      /required-tags: unknown property "tag"\. Did you mean "tags"\? Known: tags\./,
    ],
    ['{ "required-tags": { "tags": "Owner" } }', /required-tags: tags: .*expected array/],
    ['{ "required-tags": { "tags": [] } }', /required-tags: tags: /],
    ['{ "encryption": 3 }', /encryption: expected an enforcement level/],
    ["{", /policies\.json:\d+:\d+: /],
  ])("that is wrong is an error: %s", async (text, message) => {
    await expect(configured(text)).rejects.toThrow(message);
  });

  it("asks for a property that has neither value nor default", async () => {
    const policy: Policy = { name: "p", level: "mandatory", properties: { x: { type: "string" } }, required: ["x"] };
    await expect(configurePolicies([policy], undefined)).rejects.toThrow('policy p: the property "x" has no value');
  });
});

describe("a diagnostic", () => {
  const diagnostic = { policy: "p", configured: "mandatory", urn: "u", description: "Checks it." } as const;
  it.each([
    ["mandatory", "Checks it.\nSet x.", "violations", { enforcementLevel: "mandatory", message: "Set x." }],
    ["advisory", "Checks it.\nSet x.", "violations", { enforcementLevel: "advisory", message: "Set x." }],
    ["advisory", "[undecided] tags are open", "undecided", { enforcementLevel: "mandatory", message: "tags are open" }],
    [
      "advisory",
      "can't run policy 'p' from policy pack 'x@v1' during preview: string value at .a can't be known during preview",
      "undecided",
      { enforcementLevel: "mandatory", message: "string value at .a can't be known during preview" },
    ],
    ["mandatory", "[undecided] is a word of the message", "violations", { enforcementLevel: "mandatory" }],
  ] as const)("%s, %j belongs to the %s", (enforcementLevel, message, kind, expected) => {
    const verdicts = sortDiagnostics([{ ...diagnostic, enforcementLevel, message }]);
    expect(verdicts[kind]).toMatchObject([expected]);
    expect(verdicts.violations.length + verdicts.undecided.length).toBe(1);
  });
});
