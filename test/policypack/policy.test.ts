// Proves: how verdicts reach the policy SDK, and that each policy's metadata is complete.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ResourceValidation } from "@pulumi/policy";
import * as sdk from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import { policies } from "../../policypack/policies";
import { sdkPolicy } from "../../policypack/sdk";
import { tablesOf } from "../../policypack/table";
import { isUndecided } from "../../policypack/undecided";
import { analyze, resourcePolicies, respond } from "./support/sdk";
import { replica, table, unknown } from "./support/table";

const { unknownCheckingProxy } = sdk as unknown as { unknownCheckingProxy<T extends object>(props: T): T };

describe("a policy's verdicts", () => {
  it("are silent for what is compliant", async () => {
    expect(await analyze(table({ replicas: [replica()] }))).toEqual([]);
  });

  it("name all four policies for an unprotected table, one reason each", async () => {
    const bare = { ...table(), props: { hashKey: "id", attributes: [{ name: "id", type: "S" }] } };
    expect((await analyze(bare)).map(({ policy, level }) => [policy, level])).toEqual([
      ["dynamodb-required-tags", "MANDATORY"],
      ["dynamodb-deletion-protection", "MANDATORY"],
      ["dynamodb-point-in-time-recovery", "MANDATORY"],
      ["dynamodb-encryption", "MANDATORY"],
    ]);
  });

  it("carry the policy's description on the line before the reason", async () => {
    expect(await analyze(table({ deletionProtectionEnabled: false }))).toEqual([
      {
        policy: "dynamodb-deletion-protection",
        level: "MANDATORY",
        message:
          "Checks whether DynamoDB tables, and each of their replicas, have deletion protection.\n" +
          'Table "orders" can be deleted with one call: set deletionProtectionEnabled: true.',
      },
    ]);
  });

  it("are advisory and marked where a value is not known, and do not hide a violation", async () => {
    const found = await analyze(
      table({ deletionProtectionEnabled: unknown, replicas: [replica({ deletionProtectionEnabled: false })] }),
    );
    expect(found.map(({ level, message }) => [level, isUndecided(message)])).toEqual([
      ["ADVISORY", true],
      ["MANDATORY", false],
    ]);
  });

  it("never come from the SDK's own fallback for unknown values", async () => {
    const everything = Object.keys(table().props).map((key) => [key, unknown]);
    const found = await analyze(table({ ...Object.fromEntries(everything), replicas: unknown }));
    expect(found).toHaveLength(8);
    expect(found.every(({ level, message }) => level === "ADVISORY" && isUndecided(message))).toBe(true);
  });

  it("say that other types of the same services are not applicable", async () => {
    const type = "aws:dynamodb/tableItem:TableItem";
    const response = await respond({ type, name: "logs", props: {} });
    expect(response.getDiagnosticsList()).toEqual([]);
    expect(response.getNotApplicableList().map((each) => [each.getPolicyName(), each.getReason()])).toEqual(
      policies.filter(({ check }) => check).map(({ name }) => [name, `${type} has nothing that this policy judges`]),
    );
  });

  it("are none on any other type", async () => {
    const response = await respond({ type: "aws:s3/bucket:Bucket", name: "logs", props: {} });
    expect([response.getDiagnosticsList(), response.getNotApplicableList()]).toEqual([[], []]);
  });

  it("read nothing through the SDK's proxy", () => {
    const { type, name, props } = table({
      tags: unknown,
      tagsAll: unknown,
      replicas: [unknown, replica({ kmsKeyArn: unknown })],
    });
    const reported: unknown[] = [];
    for (const policy of resourcePolicies()) {
      const validate = policy.validateResource as ResourceValidation;
      const args = {
        type,
        name,
        props: unknownCheckingProxy(props),
        opts: { ignoreChanges: [] },
        provider: { props: unknownCheckingProxy({ defaultTags: unknown, ignoreTags: { keys: [unknown] } }) },
        getConfig: () => ({}),
        notApplicable: () => undefined,
      };
      validate(args as never, (violation) => reported.push(violation));
    }
    // Tags of the table, which may also be ignored, and each of the four policies on the unknown replica.
    expect(reported).toHaveLength(6);
  });
});

describe("a policy's metadata", () => {
  it.each(policies.map((policy) => [policy.name, policy] as const))("%s is complete", (name, policy) => {
    expect(name).toMatch(/^(dynamodb|dax|cloudtrail|lambda)-[a-z-]+$/);
    expect(policy.description).toMatch(/^Checks whether .+\.$/);
    expect(policy.why).toMatch(/\.$/);
    expect(policy.remediationSteps).toMatch(/\.$/);
    for (const url of [policy.url, ...policy.frameworks.map((framework) => framework.url)]) {
      // Options of resources are Pulumi's.
      const isOption = ["dynamodb-ignore-changes", "dynamodb-protect"].includes(name);
      expect(new URL(url).host).toBe(isOption ? "www.pulumi.com" : "docs.aws.amazon.com");
    }
    const shown = sdkPolicy(policy);
    expect(shown.enforcementLevel).toBe(policy.level ?? "mandatory");
    const [{ url: _, version, ...first } = { url: "" }] = policy.frameworks;
    expect(shown.framework).toEqual(version && { version, ...first });
    for (const { name, reference, specification } of policy.frameworks) {
      for (const text of [name, reference, specification]) expect(text).not.toBe("");
    }
    for (const schema of Object.values(policy.configuration)) expect(schema.description).toMatch(/\.$/);
  });

  it("has no name twice", () => {
    expect(new Set(policies.map(({ name }) => name)).size).toBe(policies.length);
  });

  it.each([
    ["dynamodb-required-tags", "low", "DynamoDB.5"],
    ["dynamodb-deletion-protection", "medium", "DynamoDB.6"],
    ["dynamodb-point-in-time-recovery", "medium", "DynamoDB.2"],
    ["dynamodb-encryption", "medium", "CT.DYNAMODB.PR.2"],
  ])("%s has severity %s and stands for %s", (name, severity, reference) => {
    const policy = policies.find((each) => each.name === name)!;
    expect([policy.severity, policy.frameworks[0]?.reference]).toEqual([severity, reference]);
  });
});

describe("the pack's folder", () => {
  const read = (path: string) => readFileSync(join(__dirname, "../..", path), "utf8");

  it("has the package's version, and points to the compiled entry", () => {
    const manifest = JSON.parse(read("policypack/package.json"));
    expect(manifest.version).toBe(JSON.parse(read("package.json")).version);
    expect(manifest.main).toBe("../dist/policypack/index.js");
    expect(JSON.parse(read("package.json")).files).toEqual(expect.arrayContaining(["dist", "policypack"]));
  });

  it("names table types that the pack understands, and no others", () => {
    const tables = (type: string) =>
      tablesOf({ type, name: "orders", urn: "u", props: {}, opts: { ignoreChanges: [] } });
    expect(tables("aws:dynamodb/table:Table")?.views[0]?.copies).toHaveLength(1);
    expect(tables("aws:dynamodb/tableReplica:TableReplica")?.views[0]?.copies).toHaveLength(1);
    expect(tables("aws:dynamodb/globalTable:GlobalTable")?.unreadable).toHaveLength(1);
    expect(tables("aws:dynamodb/tableItem:TableItem")).toBeUndefined();
  });
});
