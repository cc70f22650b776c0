// Proves: the entry file, compiled and installed in another repository, serves the policies to a caller that speaks the
// engine's protocol, and refuses to run when it is older than its sources. Does not prove: the Pulumi CLI itself.
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { AnalyzeRequest, AnalyzeResponse, AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb";
import { ConfigureAnalyzerRequest, EnforcementLevel, PolicyConfig } from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { policies } from "../../policypack/policies";
import { asCheckout, installPack, type RunningPack, startPack } from "./support/pack";
import { analyzeRequest, diagnosticsOf } from "./support/sdk";
import { table, unknown } from "./support/table";

describe("the pack as a process", () => {
  const installed = installPack("pack");
  let pack: RunningPack;
  beforeAll(async () => {
    pack = await startPack(installed.root);
  });
  afterAll(() => {
    pack?.stop();
    installed.remove();
  });

  const info = () =>
    new Promise<AnalyzerInfo>((resolve, reject) => {
      pack.client.getAnalyzerInfo(new Empty(), (error, response) => (error ? reject(error) : resolve(response)));
    });
  const analyze = (request: AnalyzeRequest) =>
    new Promise<AnalyzeResponse>((resolve, reject) => {
      pack.client.analyze(request, (error, response) => (error ? reject(error) : resolve(response)));
    });
  const configure = (policy: string, properties: object) => {
    const request = new ConfigureAnalyzerRequest();
    const config = new PolicyConfig();
    config.setEnforcementlevel(EnforcementLevel.MANDATORY);
    config.setProperties(Struct.fromJavaScript(properties as never));
    request.getPolicyconfigMap().set(policy, config);
    return new Promise<void>((resolve, reject) => {
      pack.client.configure(request, (error) => (error ? reject(error) : resolve()));
    });
  };

  it("prints its port, and nothing else", () => {
    expect(pack.stdout).toHaveLength(1);
    expect(pack.stdout[0]).toMatch(/^\d+$/);
  });

  it("says which policies it has, how strict they are, and how they are configured", async () => {
    const answer = await info();
    expect(answer.getName()).toBe("dynamodb-detective");
    expect(answer.getVersion()).toBe(require("../../policypack/package.json").version);
    expect(
      answer.getPoliciesList().map((policy) => ({
        name: policy.getName(),
        level: policy.getEnforcementlevel(),
        configuration: policy.getConfigschema()?.getProperties()?.toJavaScript(),
      })),
    ).toEqual(
      policies.map(({ name, level, configuration }) => ({
        name,
        level: level === "advisory" ? EnforcementLevel.ADVISORY : EnforcementLevel.MANDATORY,
        configuration,
      })),
    );
  });

  it("reports violations as mandatory and what is not known as advisory", async () => {
    await configure("dynamodb-encryption", { minimumTier: "customer-managed" });
    const response = await analyze(analyzeRequest(table({ deletionProtectionEnabled: unknown })));
    expect(diagnosticsOf(response)).toEqual([
      {
        policy: "dynamodb-deletion-protection",
        level: "ADVISORY",
        message:
          '[undecided] Table "orders": deletionProtectionEnabled is not known before deployment, it must become deletionProtectionEnabled: true.',
      },
      {
        policy: "dynamodb-encryption",
        level: "MANDATORY",
        message:
          "Checks whether DynamoDB tables, and each of their replicas, are encrypted with a key of the wanted tier.\n" +
          'Table "orders" has encryption tier aws-managed where customer-managed is wanted: set serverSideEncryption: { enabled: true, kmsKeyArn: <ARN of your key> }.',
      },
    ]);
  });

  it("answers wrong configuration with an error, not with a pass", async () => {
    await configure("dynamodb-encryption", { minimumTier: "best" });
    await expect(analyze(analyzeRequest(table()))).rejects.toThrow(
      'configuration of policy dynamodb-encryption: minimumTier is "best". Allowed: aws-owned, aws-managed, customer-managed.',
    );
  });
});

describe("a compiled pack in a source checkout", () => {
  it("runs when it is current, and names what changed when it is not", async () => {
    const { root, remove } = installPack("stale");
    asCheckout(root);
    const current = await startPack(root);
    current.stop();
    appendFileSync(join(root, "policypack/policies/encryption.ts"), "\n");
    await expect(startPack(root)).rejects.toThrow(
      "The compiled policy pack is older than its sources (policypack/policies/encryption.ts). Run: npm run build",
    );
    remove();
  });
});
