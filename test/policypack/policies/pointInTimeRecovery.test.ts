// Proves: what dynamodb-point-in-time-recovery says of inputs, through the policy SDK's own handlers.
// Does not prove: that AWS keeps 35 days on replicas, whose window cannot be written.
import { describe, expect, it } from "vitest";
import { verdicts } from "../support/sdk";
import { replica, secret, type TestResource, table, tableReplica, unknown } from "../support/table";

const check = (resource: TestResource, configuration?: object) =>
  verdicts("dynamodb-point-in-time-recovery", resource, configuration);

describe("dynamodb-point-in-time-recovery", () => {
  it.each<[string, TestResource]>([
    ["an enabled table", table()],
    ["a short window, when none is wanted", table({ pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 1 } })],
    [
      "an unknown window, when none is wanted",
      table({ pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: unknown } }),
    ],
    ["a secret block", table({ pointInTimeRecovery: secret({ enabled: true }) })],
    ["an enabled replica", table({ replicas: [replica()] })],
    ["an enabled TableReplica", tableReplica()],
  ])("passes: %s", async (_, resource) => {
    expect(await check(resource)).toEqual({ violations: [], undecided: [] });
  });

  const off = 'Table "orders" cannot be restored to a point in time: set pointInTimeRecovery: { enabled: true }.';
  it.each<[string, TestResource, string]>([
    ["absent", table({ pointInTimeRecovery: undefined }), off],
    ["an empty block", table({ pointInTimeRecovery: {} }), off],
    ["disabled", table({ pointInTimeRecovery: { enabled: false } }), off],
    ["restored, and nothing written", table({ restoreSourceName: "old", pointInTimeRecovery: undefined }), off],
    [
      "the replica's spelling on a table",
      table({ pointInTimeRecovery: true }),
      'Table "orders": pointInTimeRecovery is a boolean where a map is expected, set pointInTimeRecovery: { enabled: true }.',
    ],
    [
      "an empty list",
      table({ pointInTimeRecovery: [] }),
      'Table "orders": pointInTimeRecovery is a list where a map is expected, set pointInTimeRecovery: { enabled: true }.',
    ],
    [
      "a replica, although the table has it",
      table({ replicas: [replica({ pointInTimeRecovery: undefined })] }),
      'Replica eu-west-1 of table "orders" cannot be restored to a point in time: set replicas[0].pointInTimeRecovery: true.',
    ],
    [
      "a TableReplica",
      tableReplica({ pointInTimeRecovery: undefined }),
      'Table replica "orders-eu" cannot be restored to a point in time: set pointInTimeRecovery: true.',
    ],
  ])("refuses: %s", async (_, resource, message) => {
    expect(await check(resource)).toEqual({ violations: [message], undecided: [] });
  });

  it.each<[string, TestResource]>([
    ["the block", table({ pointInTimeRecovery: unknown })],
    ["the flag", table({ pointInTimeRecovery: { enabled: unknown } })],
  ])("cannot decide: %s", async (_, resource) => {
    expect(await check(resource)).toEqual({
      violations: [],
      undecided: [
        'Table "orders": pointInTimeRecovery.enabled is not known before deployment, it must become pointInTimeRecovery: { enabled: true }.',
      ],
    });
  });

  describe("with minimumRecoveryDays", () => {
    const days = { minimumRecoveryDays: 14 };

    it.each<[string, TestResource]>([
      ["AWS's default of 35 days", table()],
      ["exactly the minimum", table({ pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 14 } })],
      ["a replica, whose window cannot be written", table({ replicas: [replica()] })],
    ])("passes: %s", async (_, resource) => {
      expect(await check(resource, days)).toEqual({ violations: [], undecided: [] });
    });

    it("takes AWS's default for the longest there is", async () => {
      expect(await check(table(), { minimumRecoveryDays: 35 })).toEqual({ violations: [], undecided: [] });
    });

    it("refuses a shorter window", async () => {
      const resource = table({ pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 13 } });
      expect(await check(resource, days)).toEqual({
        violations: [
          'Table "orders" can be restored to less than the 14 days back that are wanted: set pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 14 }.',
        ],
        undecided: [],
      });
    });

    it("gives one reason where recovery is off", async () => {
      const resource = table({ pointInTimeRecovery: { enabled: false, recoveryPeriodInDays: 1 } });
      expect(await check(resource, days)).toEqual({ violations: [off], undecided: [] });
    });

    it("cannot decide an unknown window", async () => {
      const resource = table({ pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: unknown } });
      expect(await check(resource, days)).toEqual({
        violations: [],
        undecided: [
          'Table "orders": pointInTimeRecovery.recoveryPeriodInDays is not known before deployment, it must become pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 14 }.',
        ],
      });
    });
  });
});
