// Proves: that the catalog is consistent, within AWS's limits, and reads only published properties. Does not prove: AWS's names,
// parameters and Regions, which test/e2e holds against an emulator's copy of AWS's list; nor what Guard says of the texts, which
// `npm run test:guard` asks a real Guard.
import { describe, expect, it } from "vitest";
import {
  complianceRules,
  descriptionLength,
  guardLength,
  inventoryQueries,
  isAvailable,
  knownRegions,
  notCovered,
  regionsWithout,
} from "../../../detections/compliance";
import { isPublished } from "./configurationItem";

const managed = complianceRules.filter((rule) => "identifier" in rule.source);
const exampleParameters = { regions: "eu-west-1, eu-central-1" };

describe("the catalog of AWS Config rules", () => {
  it("has every managed rule for DynamoDB and DAX", () => {
    const ours = managed.flatMap(({ source }) => ("identifier" in source ? [source.identifier] : []));
    expect(ours.filter((identifier) => /^(DYNAMODB|DAX)_/.test(identifier)).sort()).toEqual([
      "DAX_ENCRYPTION_ENABLED",
      "DAX_TLS_ENDPOINT_ENCRYPTION",
      "DYNAMODB_AUTOSCALING_ENABLED",
      "DYNAMODB_IN_BACKUP_PLAN",
      "DYNAMODB_LAST_BACKUP_RECOVERY_POINT_CREATED",
      "DYNAMODB_MEETS_RESTORE_TIME_TARGET",
      "DYNAMODB_PITR_ENABLED",
      "DYNAMODB_RESOURCES_PROTECTED_BY_BACKUP_PLAN",
      "DYNAMODB_TABLE_CROSS_REGION_REPLICATION_ENABLED",
      "DYNAMODB_TABLE_DELETION_PROTECTION_ENABLED",
      "DYNAMODB_TABLE_ENCRYPTED_KMS",
      "DYNAMODB_TABLE_ENCRYPTION_ENABLED",
      "DYNAMODB_THROUGHPUT_LIMIT_CHECK",
    ]);
    expect(new Set(ours).size).toBe(ours.length);
  });

  it.each(complianceRules.map((rule) => [rule.name, rule] as const))("%s is sound", (name, rule) => {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(complianceRules.filter((other) => other.name === name)).toHaveLength(1);
    expect(rule.description.length).toBeLessThanOrEqual(descriptionLength);
    expect(rule.description).toMatch(/\. If (not|one does): .+\.$/);
    for (const region of [...(rule.notIn ?? []), ...(rule.onlyIn ?? [])]) expect(knownRegions).toContain(region);
    for (const parameter of Object.values(rule.parameters)) expect(parameter.description).toMatch(/\.$/);
    // A rule that is deployed unasked must not need an answer that nobody gave.
    if (rule.byDefault && name !== "required-tags") {
      for (const { required, default: fallback, fromStack } of Object.values(rule.parameters)) {
        if (required) expect(fallback ?? fromStack).toBeDefined();
      }
    }
  });

  it.each(complianceRules.flatMap((rule) => ("guard" in rule.source ? [[rule.name, rule, rule.source] as const] : [])))(
    "%s reads published properties only, in a text that AWS takes",
    (_, rule, { guard }) => {
      const text = guard(exampleParameters);
      expect(text.length).toBeLessThanOrEqual(guardLength);
      const paths = [
        ...text.matchAll(/^ *((?:configuration|supplementaryConfiguration|tags|resource\w+)\b[\w.[\]*]*)/gm),
      ];
      expect(paths.length).toBeGreaterThan(1);
      for (const [, path] of paths) {
        const plain = path!.replaceAll("[*]", "");
        expect({ plain, published: isPublished(rule.resourceTypes[0]!, plain) }).toEqual({ plain, published: true });
      }
      expect(rule.trigger).toBe("change"); // all that AWS lets a custom policy rule have
    },
  );

  it("knows which Regions have a rule", () => {
    const named = (name: string) => complianceRules.find((rule) => rule.name === name)!;
    expect(isAvailable(named("dynamodb-pitr-enabled"), "ap-east-2")).toBe(true);
    expect(isAvailable(named("dax-tls-endpoint-encryption"), "eu-north-1")).toBe(false);
    expect(isAvailable(named("dax-encryption-enabled"), "eu-north-1")).toBe(true);
    expect(isAvailable(named("dynamodb-pitr-enabled"), "xx-north-9")).toBeUndefined();
    expect(regionsWithout(named("dynamodb-table-deletion-protection-enabled"))).toEqual(["ap-east-2"]);
  });

  it("says of each gap why, and what covers it instead", () => {
    for (const { what, why, instead } of notCovered) {
      for (const text of [what, why, instead]) expect(text.length).toBeGreaterThan(10);
    }
  });
});

describe("advanced queries", () => {
  /** AWS Config Developer Guide, "Query components": no FROM, no LIKE, no NULL. */
  const grammar = /^SELECT [\w.*(), ]+ WHERE [\w.]+ = '[^']+'( AND [\w.]+ = ('[^']+'|true|false))*( GROUP BY [\w.]+)?$/;

  it.each(inventoryQueries.map((query) => [query.id, query] as const))(
    "%s asks for published properties",
    (id, query) => {
      expect(inventoryQueries.filter((other) => other.id === id)).toHaveLength(1);
      expect(query.expression).toMatch(grammar);
      const type = /resourceType = '([^']+)'/.exec(query.expression)![1]!;
      const words = query.expression
        .replace(/'[^']*'/g, "")
        .match(/[A-Za-z_][\w.]*/g)!
        .filter((word) => !["SELECT", "WHERE", "AND", "GROUP", "BY", "COUNT", "true", "false"].includes(word));
      for (const path of words) {
        expect({ path, published: isPublished(type, path) }).toEqual({ path, published: true });
      }
    },
  );
});
