// Proves: the table's exact inputs, and that it stays with its key. Does not prove: that AWS takes them (test/e2e).
import { describe, expect, it } from "vitest";
import { StateTable } from "../../components";
import { account, deploy, region } from "./support/mocks";

const tableType = "aws:dynamodb/table:Table";
const keyArn = `arn:aws:kms:${region}:${account}:key/given`;

describe("StateTable", () => {
  it("consists of a key and a table, which stay when the stack goes", async () => {
    const deployment = await deploy(() => new StateTable("state"));
    expect(deployment.children("state")).toEqual([
      "aws:kms/key:Key state-key",
      "aws:kms/alias:Alias state-alias",
      `${tableType} state-table`,
    ]);
    expect(deployment.resource(tableType, "state-table").options.retainOnDelete).toBe(true);
    expect(deployment.resource("aws:kms/key:Key", "state-key").options.retainOnDelete).toBe(true);
    expect(deployment.resource("aws:kms/alias:Alias", "state-alias").options.retainOnDelete).toBeUndefined();
  });

  it("is encrypted, recoverable, protected and tagged", async () => {
    const tags = { Confidentiality: "internal", Team: "security" };
    const deployment = await deploy(() => new StateTable("state", { kmsKeyArn: keyArn, tags }));
    expect(deployment.children("state")).toEqual([`${tableType} state-table`]);
    expect(deployment.resource(tableType, "state-table").inputs).toEqual({
      name: expect.stringMatching(/^detective-test-state-7dftqd-[0-9a-f]{8}$/),
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      rangeKey: "sk",
      attributes: [
        { name: "pk", type: "S" },
        { name: "sk", type: "S" },
      ],
      ttl: { attributeName: "expiresAt", enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
      pointInTimeRecovery: { enabled: true },
      deletionProtectionEnabled: true,
      tags: { Security: "high", Confidentiality: "internal", Environment: "test", Team: "security" },
    });
  });

  it("has another name with another key, as a kept table and a later one have", async () => {
    const nameWith = async (kmsKeyArn: string) =>
      (await deploy(() => new StateTable("state", { kmsKeyArn }))).resource(tableType, "state-table").inputs["name"];
    expect(await nameWith(keyArn)).toBe(await nameWith(keyArn));
    expect(await nameWith(keyArn)).not.toBe(await nameWith(`${keyArn}2`));
  });
});
