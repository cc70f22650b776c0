// Proves: which tier dynamodb-encryption finds in inputs, and what it says of it, through the policy SDK's own handlers.
// Does not prove: that AWS encrypts a replica without a key of its own as its table (documented for the type only).
import { describe, expect, it } from "vitest";
import type { EncryptionTier } from "../../../policypack/table/encryption";
import { verdicts } from "../support/sdk";
import { keyArn, replica, secret, type TestResource, table, tableReplica, unknown } from "../support/table";

const check = (resource: TestResource, minimumTier?: EncryptionTier) =>
  verdicts("dynamodb-encryption", resource, minimumTier ? { minimumTier } : {});
const sse = (serverSideEncryption: unknown, replicas?: unknown[]) => table({ serverSideEncryption, replicas });

/** P: passes, V: violation, U: undecided; for the minimum tiers aws-owned, aws-managed, customer-managed. */
const outcomes: [string, TestResource, string][] = [
  ["absent", sse(undefined), "PVV"],
  ["null", sse(null), "PVV"],
  ["an empty block", sse({}), "PVV"],
  ["disabled", sse({ enabled: false }), "PVV"],
  ["disabled, with a key that AWS then ignores", sse({ enabled: false, kmsKeyArn: keyArn }), "PVV"],
  ["a key alone", sse({ kmsKeyArn: keyArn }), "PVV"],
  ["enabled", sse({ enabled: true }), "PPV"],
  ["enabled, with an empty key", sse({ enabled: true, kmsKeyArn: "" }), "PPV"],
  ["enabled, with the AWS managed key's alias", sse({ enabled: true, kmsKeyArn: "alias/aws/dynamodb" }), "PPV"],
  [
    "enabled, with the AWS managed key's alias ARN",
    sse({ enabled: true, kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:alias/aws/dynamodb" }),
    "PPV",
  ],
  ["a customer managed key", sse({ enabled: true, kmsKeyArn: keyArn }), "PPP"],
  ["a customer managed key's alias", sse({ enabled: true, kmsKeyArn: "alias/orders" }), "PPP"],
  ["an alias that only ends alike", sse({ enabled: true, kmsKeyArn: "alias/my-alias/aws/dynamodb" }), "PPP"],
  [
    "enabled, with the alias of another AWS managed key",
    sse({ enabled: true, kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:alias/aws/s3" }),
    "PPV",
  ],
  ["a key of the same program, or the AWS managed key looked up", sse({ enabled: true, kmsKeyArn: unknown }), "PPU"],
  ["an unknown flag with an unknown key", sse({ enabled: unknown, kmsKeyArn: unknown }), "PUU"],
  ["a secret key ARN", sse({ enabled: true, kmsKeyArn: secret(keyArn) }), "PPP"],
  ["an unknown flag", sse({ enabled: unknown }), "PUV"],
  ["an unknown flag with a key", sse({ enabled: unknown, kmsKeyArn: keyArn }), "PUU"],
  ["an unknown block", sse(unknown), "PUU"],
  ["a text", sse("KMS"), "VVV"],
  ["an empty list", sse([]), "VVV"],
  ["a flag that is a text", sse({ enabled: "true" }), "VVV"],
  ["a key that is a map", sse({ enabled: true, kmsKeyArn: { arn: keyArn } }), "VVV"],
  ["a replica with its key", sse({ enabled: true, kmsKeyArn: keyArn }, [replica()]), "PPP"],
  [
    "a replica with an unknown key",
    sse({ enabled: true, kmsKeyArn: keyArn }, [replica({ kmsKeyArn: unknown })]),
    "PPU",
  ],
  ["a replica without a key", sse({ enabled: true, kmsKeyArn: keyArn }, [replica({ kmsKeyArn: undefined })]), "PPV"],
  ["a replica with an empty key", sse({ enabled: true, kmsKeyArn: keyArn }, [replica({ kmsKeyArn: "" })]), "PPV"],
  ["an unknown replica", sse({ enabled: true, kmsKeyArn: keyArn }, [unknown]), "PUU"],
  ["a replica whose key is a number", sse({ enabled: true, kmsKeyArn: keyArn }, [replica({ kmsKeyArn: 7 })]), "VVV"],
  ["a TableReplica with its key", tableReplica(), "PPP"],
  ["a TableReplica with an unknown key", tableReplica({ kmsKeyArn: unknown }), "PPU"],
  ["a TableReplica without a key, whose table is not seen", tableReplica({ kmsKeyArn: undefined }), "PUV"],
];

describe("dynamodb-encryption", () => {
  it.each(outcomes)("%s", async (_, resource, expected) => {
    const found: string[] = [];
    for (const tier of ["aws-owned", "aws-managed", "customer-managed"] as const) {
      const { violations, undecided } = await check(resource, tier);
      expect(violations.length + undecided.length).toBeLessThanOrEqual(1);
      found.push(violations.length > 0 ? "V" : undecided.length > 0 ? "U" : "P");
    }
    expect(found.join("")).toBe(expected);
  });

  it("wants aws-managed unless told otherwise", async () => {
    expect(await check(sse({ enabled: true }))).toEqual({ violations: [], undecided: [] });
    expect((await check(sse(undefined))).violations).toHaveLength(1);
  });

  it.each<[string, TestResource, EncryptionTier, string]>([
    [
      "tier found and tier wanted",
      sse(undefined),
      "aws-managed",
      'Table "orders" has encryption tier aws-owned where aws-managed is wanted: set serverSideEncryption: { enabled: true }.',
    ],
    [
      "where the key goes",
      sse({ enabled: true }),
      "customer-managed",
      'Table "orders" has encryption tier aws-managed where customer-managed is wanted: set serverSideEncryption: { enabled: true, kmsKeyArn: <ARN of your key> }.',
    ],
    [
      "the replica",
      sse({ enabled: true, kmsKeyArn: keyArn }, [replica({ kmsKeyArn: undefined })]),
      "customer-managed",
      'Replica eu-west-1 of table "orders" has encryption tier aws-managed where customer-managed is wanted: set replicas[0].kmsKeyArn: <ARN of your key in that Region>.',
    ],
    [
      "the best that an unknown flag can give",
      sse({ enabled: unknown }),
      "customer-managed",
      'Table "orders" has encryption tier aws-managed at best where customer-managed is wanted: set serverSideEncryption: { enabled: true, kmsKeyArn: <ARN of your key> }.',
    ],
    [
      "the type that was found, and not the value",
      sse("hunter2"),
      "aws-managed",
      'Table "orders": serverSideEncryption is a string where a map is expected, set serverSideEncryption: { enabled: true }.',
    ],
  ])("names %s", async (_, resource, tier, message) => {
    expect(await check(resource, tier)).toEqual({ violations: [message], undecided: [] });
  });

  it("says why it cannot decide", async () => {
    expect((await check(sse(unknown))).undecided).toEqual([
      'Table "orders" must have encryption tier aws-managed or better: serverSideEncryption is not known before deployment, use serverSideEncryption: { enabled: true }.',
    ]);
    expect((await check(sse({ enabled: true, kmsKeyArn: unknown }), "customer-managed")).undecided).toEqual([
      'Table "orders" must have encryption tier customer-managed or better: serverSideEncryption.kmsKeyArn is not known before deployment and may name the AWS managed key, use serverSideEncryption: { enabled: true, kmsKeyArn: <ARN of your key> }.',
    ]);
    const openReplica = sse({ enabled: true, kmsKeyArn: keyArn }, [replica({ kmsKeyArn: unknown })]);
    expect((await check(openReplica, "customer-managed")).undecided).toEqual([
      'Replica eu-west-1 of table "orders" must have encryption tier customer-managed or better: replicas[0].kmsKeyArn is not known before deployment and may name the AWS managed key, use replicas[0].kmsKeyArn: <ARN of your key in that Region>.',
    ]);
    expect((await check(tableReplica({ kmsKeyArn: unknown }), "customer-managed")).undecided).toEqual([
      'Table replica "orders-eu" must have encryption tier customer-managed or better: kmsKeyArn is not known before deployment and may name the AWS managed key, use kmsKeyArn: <ARN of your key in that Region>.',
    ]);
    expect((await check(tableReplica({ kmsKeyArn: undefined }))).undecided).toEqual([
      'Table replica "orders-eu" must have encryption tier aws-managed or better: without a kmsKeyArn a replica is encrypted as its table is, which this resource does not say, use kmsKeyArn: <ARN of your key in that Region>.',
    ]);
  });

  it("takes no replica of a table whose encryption is malformed for decided", async () => {
    const { violations, undecided } = await check(sse("KMS", [replica({ kmsKeyArn: undefined })]));
    expect(violations).toHaveLength(1);
    expect(undecided).toEqual([
      'Replica eu-west-1 of table "orders" must have encryption tier aws-managed or better: without a key of its own a replica is encrypted as its table is, which is not known before deployment, use serverSideEncryption: { enabled: true }.',
    ]);
  });

  it("judges a replica of an unencrypted table too", async () => {
    const { violations } = await check(sse(undefined, [replica({ kmsKeyArn: undefined })]));
    expect(violations).toEqual([
      'Table "orders" has encryption tier aws-owned where aws-managed is wanted: set serverSideEncryption: { enabled: true }.',
      'Replica eu-west-1 of table "orders" has encryption tier aws-owned where aws-managed is wanted: set serverSideEncryption: { enabled: true }.',
    ]);
  });
});
