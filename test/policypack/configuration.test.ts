// Proves: defaults, and what is said of wrong configuration, for a caller that sends no defaults.
// Does not prove: the engine's own validation of the same schema.
import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../policypack/configuration";
import { policies } from "../../policypack/policies";
import { analyze } from "./support/sdk";
import { table } from "./support/table";

const policy = (name: string) => policies.find((each) => each.name === name)!;

describe("configuration of a policy", () => {
  it.each<[string, object, string]>([
    [
      "dynamodb-encryption",
      { minimumTeir: "aws-owned" },
      'unknown key "minimumTeir". Did you mean "minimumTier"? Known: minimumTier, tableTypes, exemptions.',
    ],
    [
      "dynamodb-encryption",
      { minimumTier: "aws-manged" },
      'minimumTier is "aws-manged". Did you mean "aws-managed"? Allowed: aws-owned, aws-managed, customer-managed.',
    ],
    ["dynamodb-encryption", { minimumTier: 2 }, "minimumTier must be a string, not 2."],
    ["dynamodb-encryption", { minimumTier: ["aws-owned"] }, 'minimumTier must be a string, not ["aws-owned"].'],
    [
      "dynamodb-deletion-protection",
      { minimumTier: "aws-owned" },
      'unknown key "minimumTier". Known: tableTypes, exemptions.',
    ],
    ["dynamodb-point-in-time-recovery", { minimumRecoveryDays: 36 }, "minimumRecoveryDays is 36. Allowed: 1 to 35."],
    ["dynamodb-point-in-time-recovery", { minimumRecoveryDays: 0 }, "minimumRecoveryDays is 0. Allowed: 1 to 35."],
    [
      "dynamodb-point-in-time-recovery",
      { minimumRecoveryDays: 1.5 },
      "minimumRecoveryDays must be a whole number, not 1.5.",
    ],
    ["dynamodb-required-tags", { requiredTags: ["Stage"] }, 'requiredTags must be a map, not ["Stage"].'],
    ["dynamodb-required-tags", { requiredTags: { Stage: "live" } }, 'requiredTags.Stage must be a list, not "live".'],
    ["dynamodb-required-tags", { requiredTags: { Stage: [1] } }, "requiredTags.Stage[0] must be a string, not 1."],
  ])("%s refuses %j", (name, given, problem) => {
    const refused = () => policy(name).checkConfiguration(given);
    expect(refused).toThrow(ConfigurationError);
    expect(refused).toThrow(`configuration of policy ${name}: ${problem}`);
  });

  it.each<[string, object]>([
    ["dynamodb-encryption", { minimumTier: "customer-managed" }],
    ["dynamodb-encryption", { minimumTier: null }],
    ["dynamodb-point-in-time-recovery", { minimumRecoveryDays: 1 }],
    ["dynamodb-point-in-time-recovery", { minimumRecoveryDays: 35 }],
    ["dynamodb-required-tags", { requiredTags: { Stage: [], Team: ["a", "b"] } }],
    ["dynamodb-deletion-protection", {}],
  ])("%s takes %j", (name, given) => {
    expect(() => policy(name).checkConfiguration(given)).not.toThrow();
  });

  it("has defaults that are themselves valid", () => {
    for (const { name, configuration, checkConfiguration } of policies) {
      const defaults = Object.entries(configuration).map(([key, schema]) => [key, schema.default]);
      expect(() => checkConfiguration(Object.fromEntries(defaults)), name).not.toThrow();
    }
  });

  it("fails the check of any resource, not only of tables", async () => {
    const bucket = { type: "aws:s3/bucket:Bucket", name: "logs", props: {} };
    for (const resource of [bucket, table()]) {
      await expect(analyze(resource, { "dynamodb-encryption": { minimumTier: "none" } })).rejects.toThrow(
        'configuration of policy dynamodb-encryption: minimumTier is "none". Allowed: aws-owned, aws-managed, customer-managed.',
      );
    }
  });
});
