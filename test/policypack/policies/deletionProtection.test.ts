// Proves: what dynamodb-deletion-protection says of inputs, through the policy SDK's own handlers.
// Does not prove: that AWS applies the property, nor how the CLI prints the message.
import { describe, expect, it } from "vitest";
import { verdicts } from "../support/sdk";
import { replica, secret, type TestResource, table, tableReplica, unknown } from "../support/table";

const check = (resource: TestResource) => verdicts("dynamodb-deletion-protection", resource);

describe("dynamodb-deletion-protection", () => {
  it.each<[string, TestResource]>([
    ["a protected table", table()],
    ["a secret true", table({ deletionProtectionEnabled: secret(true) })],
    ["a protected replica", table({ replicas: [replica()] })],
    ["no replicas", table({ replicas: [] })],
    ["replicas that are null", table({ replicas: null })],
    ["a protected TableReplica", tableReplica()],
  ])("passes: %s", async (_, resource) => {
    expect(await check(resource)).toEqual({ violations: [], undecided: [] });
  });

  const unprotected = 'Table "orders" can be deleted with one call: set deletionProtectionEnabled: true.';
  it.each<[string, TestResource, string]>([
    ["false", table({ deletionProtectionEnabled: false }), unprotected],
    ["absent", table({ deletionProtectionEnabled: undefined }), unprotected],
    ["null", table({ deletionProtectionEnabled: null }), unprotected],
    ["a secret false", table({ deletionProtectionEnabled: secret(false) }), unprotected],
    [
      "restored, and nothing written",
      table({ restoreSourceName: "old", deletionProtectionEnabled: undefined }),
      unprotected,
    ],
    [
      "the text true",
      table({ deletionProtectionEnabled: "true" }),
      'Table "orders": deletionProtectionEnabled is a string where a boolean is expected, set deletionProtectionEnabled: true.',
    ],
    [
      "the second replica",
      table({ replicas: [replica(), replica({ regionName: "us-east-1", deletionProtectionEnabled: undefined })] }),
      'Replica us-east-1 of table "orders" can be deleted with one call: set replicas[1].deletionProtectionEnabled: true.',
    ],
    [
      "an entry that is null",
      table({ replicas: [null] }),
      'Replica 0 of table "orders" can be deleted with one call: set replicas[0].deletionProtectionEnabled: true.',
    ],
    [
      "an entry that is a text",
      table({ replicas: ["eu-west-1"] }),
      'Replica 0 of table "orders": replicas[0] is a string where a map is expected, set replicas[0].deletionProtectionEnabled: true.',
    ],
    [
      "replicas that are no list",
      table({ replicas: { regionName: "eu-west-1" } }),
      'Each replica of table "orders": replicas is a map where a list is expected, set replicas[*].deletionProtectionEnabled: true.',
    ],
    [
      "a TableReplica",
      tableReplica({ deletionProtectionEnabled: false }),
      'Table replica "orders-eu" can be deleted with one call: set deletionProtectionEnabled: true.',
    ],
  ])("refuses: %s", async (_, resource, message) => {
    expect(await check(resource)).toEqual({ violations: [message], undecided: [] });
  });

  it.each<[string, TestResource, string]>([
    [
      "the table's property",
      table({ deletionProtectionEnabled: unknown }),
      'Table "orders": deletionProtectionEnabled is not known before deployment, it must become deletionProtectionEnabled: true.',
    ],
    [
      "the list of replicas",
      table({ replicas: unknown }),
      'Each replica of table "orders": replicas[*].deletionProtectionEnabled is not known before deployment, it must become replicas[*].deletionProtectionEnabled: true.',
    ],
    [
      "one replica",
      table({ replicas: [replica(), unknown] }),
      'Replica 1 of table "orders": replicas[1].deletionProtectionEnabled is not known before deployment, it must become replicas[1].deletionProtectionEnabled: true.',
    ],
  ])("cannot decide: %s", async (_, resource, message) => {
    expect(await check(resource)).toEqual({ violations: [], undecided: [message] });
  });

  it("reports what is wrong beside what cannot be decided", async () => {
    const found = await check(
      table({ deletionProtectionEnabled: unknown, replicas: [replica({ deletionProtectionEnabled: false })] }),
    );
    expect(found.violations).toHaveLength(1);
    expect(found.undecided).toHaveLength(1);
  });

  it("names a replica by its index where its Region is not known", async () => {
    const { violations } = await check(
      table({ replicas: [replica({ regionName: unknown, deletionProtectionEnabled: false })] }),
    );
    expect(violations).toEqual([
      'Replica 0 of table "orders" can be deleted with one call: set replicas[0].deletionProtectionEnabled: true.',
    ]);
  });
});
