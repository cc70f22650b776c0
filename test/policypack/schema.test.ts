// Proves: the JSON Schema of the configuration says what the pack itself takes and refuses. Does not prove: what editors do.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { policies } from "../../policypack/policies";

const page = (name: string) => readFileSync(join(__dirname, "../../docs", name), "utf8");
const schema = z.fromJSONSchema(JSON.parse(page("policies.schema.json")));
const takes = (configuration: unknown) => schema.safeParse(configuration).success;

describe("the schema of the configuration", () => {
  it("takes the example on the page, and every default", () => {
    const [, example] = /```json\n([\s\S]*?)```/.exec(page("policies.md"))!;
    expect(takes(JSON.parse(example!))).toBe(true);
    for (const [name, settings] of Object.entries(JSON.parse(example!) as Record<string, Record<string, unknown>>)) {
      const { enforcementLevel: _, ...keys } = settings;
      expect(() => policies.find((policy) => policy.name === name)!.checkConfiguration(keys)).not.toThrow();
    }
    for (const { name, configuration } of policies) {
      const defaults = Object.entries(configuration).flatMap(([key, { default: value }]) =>
        value === undefined ? [] : [[key, value]],
      );
      expect(takes({ [name]: { enforcementLevel: "mandatory", ...Object.fromEntries(defaults) } }), name).toBe(true);
      expect(takes({ [name]: "disabled" })).toBe(true);
    }
  });

  it.each<[object]>([
    [{ "dynamodb-encrption": "mandatory" }],
    [{ "dynamodb-encryption": "strict" }],
    [{ "dynamodb-encryption": { minimumTeir: "aws-owned" } }],
    [{ "dynamodb-encryption": { minimumTier: "best" } }],
    [{ "dynamodb-encryption": { exemptions: [{ resource: "a", expires: "soon" }] } }],
    [{ "dynamodb-point-in-time-recovery": { minimumRecoveryDays: 36 } }],
    [{ "dynamodb-required-tags": { requiredTags: { A: "b" } } }],
    [{ "dynamodb-stream": { viewTypeByTag: { Security: { high: "ALL" } } } }],
  ])("refuses %j", (configuration) => expect(takes(configuration)).toBe(false));

  it("names each policy of the pack on the page", () => {
    for (const { name, peers = {} } of policies) {
      expect(page("policies.md")).toContain(`\n## ${name}\n`);
      for (const rule of Object.values(peers)) expect(page("policies.md")).toContain(rule);
    }
  });
});
