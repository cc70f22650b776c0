// Proves: that the template is YAML that says what the catalog says, refers to nothing that it lacks, and stays within AWS's
// limits, for any rules that a pack can hold. Does not prove: that AWS Config deploys it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { complianceRules } from "../../detections/compliance";
import { conformancePack, templateLength } from "../../tools/docs/conformancePack";
import { packageRoot } from "../../tools/freshness";

interface Template {
  Parameters: { [id: string]: { Type: string; Default: string; Description: string } };
  Conditions: { [id: string]: unknown };
  Resources: { [id: string]: { Type: string; Properties: Record<string, unknown> } };
}
const read = (text: string) => parse(text) as Template;

/** Every value of this key, however deep. */
function all(key: string, within: unknown): unknown[] {
  if (typeof within !== "object" || within === null) return [];
  return Object.entries(within).flatMap(([name, value]) => [...(name === key ? [value] : []), ...all(key, value)]);
}

describe("the published pack", () => {
  const template = read(readFileSync(join(packageRoot, "docs/conformance-pack.yaml"), "utf8"));

  it("holds the rules for tables that are deployed by default", () => {
    expect(Object.values(template.Resources).map(({ Properties }) => Properties["ConfigRuleName"])).toEqual([
      "dynamodb-pitr-enabled",
      "dynamodb-table-deletion-protection-enabled",
      "dynamodb-table-encrypted-kms",
      "required-tags",
      "dax-encryption-enabled",
      "dax-tls-endpoint-encryption",
    ]);
  });

  it("requires the default tags, which a parameter changes", () => {
    const key = (n: number) => template.Parameters[`RequiredTagsParamTag${n}Key`]?.Default;
    expect([1, 2, 3, 4, 5, 6, 7].map(key)).toEqual([
      "Security",
      "Confidentiality",
      "Environment",
      "",
      "",
      "",
      undefined,
    ]);
    expect(template.Resources["DynamodbTableEncryptedKms"]).toEqual({
      Type: "AWS::Config::ConfigRule",
      Properties: {
        ConfigRuleName: "dynamodb-table-encrypted-kms",
        Description: expect.any(String),
        Scope: { ComplianceResourceTypes: ["AWS::DynamoDB::Table"] },
        Source: { Owner: "AWS", SourceIdentifier: "DYNAMODB_TABLE_ENCRYPTED_KMS" },
        InputParameters: {
          kmsKeyArns: {
            "Fn::If": [
              "HasDynamodbTableEncryptedKmsKmsKeyArns",
              { Ref: "DynamodbTableEncryptedKmsParamKmsKeyArns" },
              { Ref: "AWS::NoValue" },
            ],
          },
        },
      },
    });
  });
});

it("any rules make a template that is whole, and short enough to be handed over as text", () => {
  const possible = complianceRules.filter(
    ({ watches, source, parameters }) => !watches && ("identifier" in source || Object.keys(parameters).length === 0),
  );
  fc.assert(
    fc.property(fc.subarray(possible), (rules) => {
      const text = conformancePack(rules);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(templateLength);
      const template = read(text);
      const names = Object.values(template.Resources).map(({ Properties }) => Properties["ConfigRuleName"]);
      expect(names).toEqual(rules.map(({ name }) => name));
      for (const id of [template.Parameters, template.Conditions, template.Resources].flatMap(Object.keys)) {
        expect(id).toMatch(/^[A-Za-z0-9]{1,255}$/);
      }
      for (const reference of all("Ref", template)) {
        expect(["AWS::NoValue", ...Object.keys(template.Parameters)]).toContain(reference);
      }
      for (const [condition] of all("Fn::If", template) as [string][]) {
        expect(Object.keys(template.Conditions)).toContain(condition);
      }
    }),
  );
});
